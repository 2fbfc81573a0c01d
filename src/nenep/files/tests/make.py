"""Files for tests: honest ones, and the hostile ones that people send. All are made here, none is stored."""

import io
import struct
import zipfile
import zlib
from random import Random

import docx
import openpyxl
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter

# The two kinds of Word files differ in the names of their elements.
TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def make_upload(content, name="tệp.pdf"):
    return SimpleUploadedFile(name, content)


def make_pdf(*lines, size=11):
    """A page with these lines, its objects packed as writers of today do."""
    text = "\n\n".join(f'#"{line}"' for line in lines or ("ĐẢNG BỘ TỈNH", "Số 05-KH/TU"))
    text = f"#set text(size: {size}pt)\n{text}"
    return typst.compile(text.encode(), format="pdf", ignore_system_fonts=True, timestamp=0)


def make_word(*lines, header=""):
    document, made = docx.Document(), io.BytesIO()
    if header:
        document.sections[0].header.paragraphs[0].text = header
    for line in lines or ("ĐẢNG BỘ TỈNH", "Số 05-KH/TU"):
        document.add_paragraph(line)
    document.save(made)
    return made.getvalue()


def make_sheet(*rows):
    book, made = openpyxl.Workbook(), io.BytesIO()
    for row in rows or (("Họ tên", "Ngày"), ("Trần Văn Dũng", "05/9/2026")):
        book.active.append(row)
    book.save(made)
    return made.getvalue()


def make_book(write):
    """A sheet that `write` fills."""
    book, made = openpyxl.Workbook(), io.BytesIO()
    write(book)
    book.save(made)
    return made.getvalue()


def make_image(kind="PNG", size=(40, 30), mode="RGB", **details):
    made = io.BytesIO()
    Image.new(mode, size).save(made, kind, **details)
    return made.getvalue()


def make_located_photo():
    """A photo that tells where and when it was taken, turned on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x0132] = "2026:09:05 08:00:00"
    exif[0x010F] = "CANARY-CAMERA"
    exif.get_ifd(0x8825).update({1: "N", 2: (10.0, 58.0, 0.0), 3: "E", 4: (106.0, 39.0, 0.0)})
    return make_image("JPEG", exif=exif, comment=b"CANARY-COMMENT")


def make_wide_png(width=30_000, height=30_000):
    """An image of 900 million pixels in a hundred bytes."""
    head = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    chunks = (
        struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))
        for kind, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def repacked(package, *, add=None, change=None, flags=0):
    """The same Office file with parts added or changed."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(name, content) if change else content)
        for name, content in (add or {}).items():
            target.writestr(name, content)
    return _flagged(made.getvalue(), flags) if flags else made.getvalue()


def _flagged(package, flags):
    packed = bytearray(package)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = packed.find(mark)
        while at >= 0:
            packed[at + place] |= flags
            at = packed.find(mark, at + 4)
    return bytes(packed)


def with_link(package, kind, target, mode=' TargetMode="External"', part="word/_rels/document.xml.rels"):
    link = (
        f'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}"{mode}/></Relationships>'
    )

    def change(name, content):
        return content.replace(b"</Relationships>", link.encode()) if name == part else content

    return repacked(package, change=change)


def with_content_type(package, old, new):
    def change(name, content):
        return content.replace(old, new) if name == "[Content_Types].xml" else content

    return repacked(package, change=change)


def with_main_part(package, old, new):
    """The same file, its main part somewhere else; readers find it through the first links."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name in {"[Content_Types].xml", "_rels/.rels"}:
                content = content.replace(old.encode(), new.encode())
            target.writestr(new if name == old else name, content)
    return made.getvalue()


def with_text(package, old, new):
    """The same file with a text in its parts changed."""
    return repacked(package, change=lambda _name, part: part.replace(old.encode(), new.encode()))


def with_field(package, *pieces):
    """A Word file with a field whose code is cut into runs."""
    made, document = io.BytesIO(), docx.Document(io.BytesIO(package))
    for piece in pieces:
        run = document.add_paragraph().add_run()
        code = run._r.makeelement(docx.oxml.ns.qn("w:instrText"), {})
        code.text = piece
        run._r.append(code)
    document.save(made)
    return made.getvalue()


def make_zip(entries, *, method=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as package:
        for name, content in entries:
            package.writestr(name, content)
    return made.getvalue()


def make_bomb(megabytes=400):
    """A Word file that unpacks to hundreds of megabytes of nothing."""
    return repacked(
        make_word(), add={f"word/media/{n}.bin": bytes(50_000_000) for n in range(megabytes // 50)}
    )


def make_crowded_word(elements=3_900_000):
    """As many elements as a part can hold, beside enough noise that the whole does not look swollen."""
    crowd = b"<x>" + b"<a/>" * elements + b"</x>"
    return repacked(make_word(), add={"word/x.xml": crowd, "word/media/x.png": Random(1).randbytes(200_000)})


def make_active_pdf(how):
    writer, made = PdfWriter(clone_from=io.BytesIO(make_pdf())), io.BytesIO()
    how(writer)
    writer.write(made)
    return made.getvalue()


def packed_pdf(inner, *, filters=b"/Filter /FlateDecode", packed=zlib.compress):
    """A PDF with one object stream in which `inner` stands."""
    stream = packed(inner)
    head = b"9 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Length %d %s >>\nstream\n" % (len(stream), filters)
    return make_pdf().replace(b"%%EOF", head + stream + b"\nendstream\nendobj\n%%EOF", 1)
