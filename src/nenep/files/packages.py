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
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_ENTRIES = 2000
MAX_DIRECTORY = MAX_ENTRIES * 400
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200
MAX_PART = 16 * 1024 * 1024
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
MAX_OPENING = 4 * 1024 * 1024
_STEP = 1 << 20
_MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
_TYPES = {
    _MAIN.format("wordprocessingml.document"): FileType.DOCX,
    _MAIN.format("spreadsheetml.sheet"): FileType.XLSX,
}
_ACTIVE_PARTS = re.compile(
    r"vba|activex|/embeddings/|oleobject|macrosheets|externallinks|customui|\.exe$|\.js$"
)
_CONTENT_TYPES = "[Content_Types].xml"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_HYPERLINK = "/relationships/hyperlink"
_ACTIVE_LINKS = ("/aFChunk", "/attachedTemplate", "/oleObject", "/vbaProject", "/frame", "/subDocument")
_SAFE_TARGETS = ("http://", "https://", "mailto:", "#", "tel:")
# An XML part may open with any encoding; a document type stands before the first element.
_DOCTYPES = tuple(
    word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")
)
_FIELDS = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|DATABASE|IMPORT)\b", re.IGNORECASE)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def checked(content: bytes) -> tuple[FileType, bytes]:
    """The type and the unchanged content."""
    try:
        _refuse_large_directory(content)
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _refuse_hostile_entries(package.infolist())
            content_type = _type_of(package)
            for entry in package.infolist():
                _refuse_active_part(package, entry)
            _refuse_active_fields(package)
    except BROKEN as found:
        raise Refused(broken()) from found
    return content_type, content


def broken() -> str:
    return _("Tệp này bị hỏng, không mở được. Đồng chí hãy lưu lại tệp rồi tải lên lần nữa.")


def parsed(package: zipfile.ZipFile, name: str, *, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    """The elements with these tags, one at a time; nothing outside the part is ever read."""
    with package.open(name) as part:
        events = etree.iterparse(
            part, tag=tags, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        for _event, element in events:
            yield element
            element.clear(keep_tail=False)


def opening(package: zipfile.ZipFile, name: str, *, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    """The elements with these tags in the first part of a part, however long the whole is."""
    parser = etree.XMLPullParser(["end"], tag=tags, resolve_entities=False, no_network=True, load_dtd=False)
    with package.open(name) as part:
        for _number in range(MAX_OPENING // _STEP):
            piece = part.read(_STEP)
            if not piece:
                return
            parser.feed(piece)
            for _event, element in parser.read_events():
                yield element
                element.clear(keep_tail=False)


def _refuse_large_directory(content: bytes) -> None:
    """Before the directory is read: its size stands in the last record of the file."""
    at = content.rfind(b"PK\x05\x06")
    if at < 0:
        raise zipfile.BadZipFile
    entries, size = struct.unpack_from("<HL", content, at + 10)
    if entries > MAX_ENTRIES or size > MAX_DIRECTORY:
        raise Refused(_("Tệp có quá nhiều phần bên trong. Đồng chí hãy lưu lại tệp bằng Word hoặc Excel."))


def _refuse_hostile_entries(entries: list[zipfile.ZipInfo]) -> None:
    swollen = _("Tệp bung ra quá lớn so với dung lượng. Đồng chí hãy lưu lại tệp bằng Word hoặc Excel.")
    unpacked, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(packed, 1):
        raise Refused(swollen)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused(_("Tệp có mật khẩu. Đồng chí hãy bỏ mật khẩu rồi tải lại."))
    ends_at, names = 0, set()
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if entry.header_offset < ends_at or _is_odd(entry) or entry.filename.lower() in names:
            raise Refused(_("Tệp được đóng gói bất thường. Đồng chí hãy lưu lại tệp bằng Word hoặc Excel."))
        ends_at = entry.header_offset + entry.compress_size
        names.add(entry.filename.lower())


def _is_odd(entry: zipfile.ZipInfo) -> bool:
    """A path that leads out, a link in place of a file, a way of packing that Office never uses."""
    leads_out = entry.filename.startswith(("/", "\\")) or ".." in re.split(r"[\\/]", entry.filename)
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    return leads_out or is_link or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def _type_of(package: zipfile.ZipFile) -> FileType:
    names = set(package.namelist())
    if _CONTENT_TYPES not in names:
        raise Refused(
            _("Chỉ nhận tệp PDF, Word (.docx), Excel (.xlsx), ảnh PNG và JPEG. Tệp này là loại khác.")
        )
    declared = {kind for part in _parts(package, _CONTENT_TYPES, "*") if (kind := part.get("ContentType"))}
    if any("macroEnabled" in kind or "vba" in kind.lower() for kind in declared):
        raise Refused(_active())
    found = {_TYPES[kind] for kind in declared if kind in _TYPES}
    if len(found) != 1:
        raise Refused(_("Chỉ nhận tệp Word (.docx) hoặc Excel (.xlsx) thông thường. Tệp này là loại khác."))
    return found.pop()


def _parts(package: zipfile.ZipFile, name: str, tag: str) -> Iterator[etree._Element]:
    _refuse_large_part(package.getinfo(name))
    return parsed(package, name, tags=(f"{{*}}{tag}",))


def _refuse_large_part(entry: zipfile.ZipInfo) -> None:
    if entry.file_size > MAX_PART:
        raise Refused(_("Văn bản trong tệp quá dài để kiểm tra. Đồng chí hãy chia nhỏ tệp."))


def _active() -> str:
    return _(
        "Tệp chứa macro hoặc đối tượng nhúng có thể tự chạy. Đồng chí hãy lưu lại thành tệp không có macro."
    )


def _refuse_active_part(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    name = entry.filename.lower()
    if _ACTIVE_PARTS.search(f"/{name}"):
        raise Refused(_active())
    if name.endswith((".xml", ".rels", ".vml")):
        with package.open(entry) as part:
            _refuse_document_type(part)
    if name.endswith(".rels"):
        for link in _parts(package, entry.filename, "Relationship"):
            _refuse_link(link)


def _refuse_document_type(part: IO[bytes]) -> None:
    tail = b""
    while piece := part.read(_STEP):
        window = tail + piece
        if any(word in window for word in _DOCTYPES):
            raise Refused(
                _("Tệp chứa khai báo lạ trong phần XML. Đồng chí hãy lưu lại tệp bằng Word hoặc Excel.")
            )
        tail = piece[-32:]


def _refuse_link(link: etree._Element) -> None:
    kind, target = link.get("Type", ""), link.get("Target", "")
    if kind.endswith(_ACTIVE_LINKS):
        raise Refused(_reaching_out())
    if link.get("TargetMode", "").lower() != "external":
        return
    if not (kind.endswith(_HYPERLINK) and target.strip().lower().startswith(_SAFE_TARGETS)):
        raise Refused(_reaching_out())


def _reaching_out() -> str:
    return _(
        "Tệp nối tới tệp hoặc hình ảnh ở nơi khác. Đồng chí hãy nhúng hẳn hình vào tệp và bỏ các mối nối."
    )


def _refuse_active_fields(package: zipfile.ZipFile) -> None:
    """Fields of Word that fetch or start something; their text may be cut into many runs."""
    for name in package.namelist():
        if not (name.startswith("word/") and name.endswith(".xml")):
            continue
        _refuse_large_part(package.getinfo(name))
        code = ""
        for element in parsed(package, name, tags=(f"{WORD}instrText", f"{WORD}fldSimple")):
            code += (element.text or "") + f" {element.get(f'{WORD}instr', '')}"
        if _FIELDS.search(code) or _FIELDS.search(code.replace(" ", "")):
            raise Refused(_reaching_out())
