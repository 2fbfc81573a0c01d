"""Word and Excel files: a zip of XML parts in which nothing may run, reach out or swell."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from typing import IO, TYPE_CHECKING

from django.utils.translation import gettext as _
from lxml import etree

from nenep.files.models import FileType
from nenep.files.parts import Elements, told
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_ENTRIES = 2000
MAX_DIRECTORY = MAX_ENTRIES * 400
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200
MAX_TEXT = 32 * 1024 * 1024
# What the zip and XML readers raise for files that are damaged or made to harm.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
    NotImplementedError,
    EOFError,
    struct.error,
    ValueError,
    RuntimeError,
)
_STEP = 1 << 20
_MAIN_LINK = "/officeDocument"
_MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
_TYPES = {
    _MAIN.format("wordprocessingml.document"): FileType.DOCX,
    _MAIN.format("spreadsheetml.sheet"): FileType.XLSX,
}
_ACTIVE_PARTS = re.compile(
    r"vba|activex|/embeddings/|oleobject|macrosheets|externallinks|customui|\.exe$|\.js$"
)
_OUTWARD_PARTS = re.compile(r"/connections\d*\.xml$|/querytables/")
_CONTENT_TYPES, _FIRST_LINKS = "[Content_Types].xml", "_rels/.rels"
_HYPERLINK = "/relationships/hyperlink"
_ACTIVE_LINKS = (
    *("/aFChunk", "/attachedTemplate", "/control", "/frame", "/oleObject", "/package", "/subDocument"),
    *("/connections", "/externalLink", "/queryTable", "/vbaProject"),
)
_SAFE_TARGETS = ("http://", "https://", "mailto:", "#", "tel:")
# An XML part may open with any encoding; a document type stands before the first element.
_DOCTYPES = tuple(
    word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")
)
_FIELDS = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|DATABASE|IMPORT)\b", re.IGNORECASE)
_FORMULAS = (
    "f",
    "formula",
    "formula1",
    "formula2",
    "definedName",
    "calculatedColumnFormula",
    "totalsRowFormula",
)
_QUOTED = re.compile(r'"[^"]*"')
# program|topic!item starts a program (DDE); the functions fetch or call.
_OUTWARD = re.compile(r"\||\b(WEBSERVICE|IMAGE|RTD|DDE|CALL|REGISTER|SQL\.REQUEST)\s*\(", re.IGNORECASE)


def checked(content: bytes, *, most_text: int = MAX_TEXT) -> tuple[FileType, bytes]:
    """The type and the unchanged content; reading `most_text` bytes of unpacked text takes 1 s for 20 MB."""
    try:
        _refuse_large_directory(content)
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _refuse_hostile_entries(package.infolist())
            content_type = _type_of(package)
            texts = xml_parts(package)
            _refuse_long_text(package, texts, most_text)
            for entry in package.infolist():
                _refuse_active_part(package, entry, is_text=entry.filename in texts)
            is_word = content_type == FileType.DOCX
            for name in texts:
                (_refuse_active_fields if is_word else _refuse_active_formulas)(package, name)
    except BROKEN as found:
        raise Refused(broken()) from found
    return content_type, content


def broken() -> str:
    return _("Tệp này bị hỏng, không mở được. Đồng chí lưu lại tệp rồi tải lên lần nữa.")


def xml_parts(package: zipfile.ZipFile) -> list[str]:
    """All parts that are text, by their name or by the type the package declares, wherever they lie."""
    kinds = _kinds(package)
    return [name for name in kinds if name.lower().endswith(".xml") or kinds[name].endswith(("+xml", "/xml"))]


def _refuse_large_directory(content: bytes) -> None:
    """Before the directory is read: its size stands in the last record of the file."""
    at = content.rfind(b"PK\x05\x06")
    if at < 0:
        raise zipfile.BadZipFile
    entries, size = struct.unpack_from("<HL", content, at + 10)
    if entries > MAX_ENTRIES or size > MAX_DIRECTORY:
        raise Refused(_("Tệp có quá nhiều phần bên trong. Đồng chí lưu lại tệp bằng Word hoặc Excel."))


def _refuse_hostile_entries(entries: list[zipfile.ZipInfo]) -> None:
    swollen = _("Tệp bung ra quá lớn so với dung lượng. Đồng chí lưu lại tệp bằng Word hoặc Excel.")
    unpacked, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(packed, 1):
        raise Refused(swollen)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused(_("Tệp có mật khẩu. Đồng chí bỏ mật khẩu rồi tải lại."))
    ends_at, names = 0, set()
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if entry.header_offset < ends_at or _is_odd(entry) or entry.filename.lower() in names:
            raise Refused(_("Tệp được đóng gói bất thường. Đồng chí lưu lại tệp bằng Word hoặc Excel."))
        ends_at = entry.header_offset + entry.compress_size
        names.add(entry.filename.lower())


def _is_odd(entry: zipfile.ZipInfo) -> bool:
    """A path that leads out, a link in place of a file, a way of packing that Office never uses."""
    leads_out = entry.filename.startswith(("/", "\\")) or ".." in re.split(r"[\\/]", entry.filename)
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    return leads_out or is_link or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def _type_of(package: zipfile.ZipFile) -> FileType:
    if _CONTENT_TYPES not in package.namelist():
        raise Refused(
            _("Chỉ nhận tệp PDF, Word (.docx), Excel (.xlsx), ảnh PNG và JPEG. Tệp này là loại khác.")
        )
    kinds = _kinds(package)
    declared = set(kinds.values())
    if any("macroenabled" in kind or "vba" in kind for kind in declared):
        raise Refused(_active())
    found = {_TYPES[kind] for kind in declared if kind in _TYPES}
    if len(found) != 1 or kinds.get(_main_part(package)) not in _TYPES:
        raise Refused(_("Chỉ nhận tệp Word (.docx) hoặc Excel (.xlsx) thông thường. Tệp này là loại khác."))
    return found.pop()


def _kinds(package: zipfile.ZipFile) -> dict[str, str]:
    """The declared content type of each part, in small letters."""
    declared = {}
    for _tag, part, _text in _elements(package, _CONTENT_TYPES, "Default", "Override"):
        key = part.get("PartName", "").lstrip("/") or f".{part.get('Extension', '')}"
        declared[key.lower()] = part.get("ContentType", "").partition(";")[0].strip().lower()
    return {
        name: declared.get(name.lower()) or declared.get(f".{name.lower().rpartition('.')[2]}", "")
        for name in package.namelist()
    }


def _main_part(package: zipfile.ZipFile) -> str:
    """Where a reader begins: what the first links of the package name, whatever it is called."""
    names = {name.lower(): name for name in package.namelist()}
    links = _elements(package, names[_FIRST_LINKS], "Relationship") if _FIRST_LINKS in names else ()
    targets = [
        link.get("Target", "") for _tag, link, _text in links if link.get("Type", "").endswith(_MAIN_LINK)
    ]
    return names.get(targets[0].lstrip("/").lower(), "") if len(targets) == 1 else ""


def _elements(package: zipfile.ZipFile, name: str, *names: str) -> Iterator[tuple[str, dict[str, str], str]]:
    _refuse_long_text(package, [name], MAX_TEXT)
    return told(package, name, Elements(*names))


def _refuse_long_text(package: zipfile.ZipFile, names: list[str], most: int) -> None:
    if sum(package.getinfo(name).file_size for name in names) > most:
        raise Refused(_("Văn bản trong tệp quá dài để kiểm tra. Đồng chí chia nhỏ tệp."))


def _active() -> str:
    return _("Tệp chứa macro hoặc đối tượng nhúng có thể tự chạy. Đồng chí lưu lại thành tệp không có macro.")


def _refuse_active_part(package: zipfile.ZipFile, entry: zipfile.ZipInfo, *, is_text: bool) -> None:
    name = f"/{entry.filename.lower()}"
    if _ACTIVE_PARTS.search(name):
        raise Refused(_active())
    if _OUTWARD_PARTS.search(name):
        raise Refused(_reaching_out())
    if is_text or name.endswith((".rels", ".vml")):
        with package.open(entry) as part:
            _refuse_document_type(part)
    if name.endswith(".rels"):
        for _tag, link, _text in _elements(package, entry.filename, "Relationship"):
            _refuse_link(link)


def _refuse_document_type(part: IO[bytes]) -> None:
    tail = b""
    while piece := part.read(_STEP):
        window = tail + piece
        if any(word in window for word in _DOCTYPES):
            raise Refused(
                _("Tệp chứa khai báo lạ trong phần XML. Đồng chí lưu lại tệp bằng Word hoặc Excel.")
            )
        tail = piece[-32:]


def _refuse_link(link: dict[str, str]) -> None:
    kind, target = link.get("Type", ""), link.get("Target", "")
    if kind.endswith(_ACTIVE_LINKS):
        raise Refused(_reaching_out())
    if link.get("TargetMode", "").lower() != "external":
        return
    if not (kind.endswith(_HYPERLINK) and target.strip().lower().startswith(_SAFE_TARGETS)):
        raise Refused(_reaching_out())


def _reaching_out() -> str:
    return _("Tệp nối tới tệp hoặc hình ảnh ở nơi khác. Đồng chí nhúng hẳn hình vào tệp và bỏ các mối nối.")


def _refuse_active_fields(package: zipfile.ZipFile, name: str) -> None:
    """Fields of Word that fetch or start something; their text may be cut into many runs."""
    found = told(package, name, Elements("instrText", "fldSimple", "fldChar"))
    code = "".join(
        text if tag == "instrText" else f"\n{field.get('instr', '')}\n" for tag, field, text in found
    )
    if any(map(_FIELDS.search, (code, code.replace(" ", ""), re.sub(r"\s", "", code)))):
        raise Refused(_reaching_out())


def _refuse_active_formulas(package: zipfile.ZipFile, name: str) -> None:
    """In cells, names, conditions and rules for input alike."""
    for _tag, _attributes, formula in told(package, name, Elements(*_FORMULAS)):
        if _OUTWARD.search(_QUOTED.sub("", formula)):
            raise Refused(_reaching_out())
