"""Files as people send them, sound and not: made here, byte by byte, for the tests of uploads."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

OOXML = "application/vnd.openxmlformats-officedocument."
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def zipped(parts: dict[str, bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return out.getvalue()


def types(main: str) -> bytes:
    """A list of content types that names a main part."""
    return (
        f'<?xml version="1.0"?><Types><Override PartName="/x" ContentType="{OOXML}{main}.main+xml"/></Types>'
    ).encode()


def docx(**more: bytes) -> bytes:
    """A Word document; `more` are further parts, with two underscores for a slash."""
    parts = {
        "[Content_Types].xml": types("wordprocessingml.document"),
        "word/document.xml": b'<?xml version="1.0"?><w>We agree.</w>',
    }
    return zipped(parts | {name.replace("__", "/"): part for name, part in more.items()})


def xlsx(parts: dict[str, bytes] | None = None) -> bytes:
    """A workbook."""
    own = {
        "[Content_Types].xml": types("spreadsheetml.sheet"),
        "xl/workbook.xml": b'<?xml version="1.0"?><w/>',
    }
    return zipped(own | (parts or {}))


def ods(parts: dict[str, bytes] | None = None, media: str = "spreadsheet") -> bytes:
    """An OpenDocument spreadsheet."""
    own = {
        "mimetype": f"application/vnd.oasis.opendocument.{media}".encode(),
        "content.xml": b'<?xml version="1.0"?><office:document-content/>',
        "META-INF/manifest.xml": b'<?xml version="1.0"?><manifest/>',
    }
    return zipped(own | (parts or {}), stored=("mimetype",))


def pdf(inside: bytes = b"", *, packed: bytes = b"", after: bytes = b"") -> bytes:
    """A PDF with something among its objects, and something packed in an object stream."""
    stream = zlib.compress(packed or b"nothing")
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog " + inside + b">>\nendobj\n"
        b"2 0 obj\n<</Type/ObjStm/Filter/FlateDecode/Length "
        + str(len(stream)).encode()
        + b">>\nstream\n"
        + stream
        + b"\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
        + after
    )


def png(width: int = 2, height: int = 2, *, text: bytes = b"", after: bytes = b"") -> bytes:
    """A picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + (chunk(b"tEXt", text) if text else b"")
    return (
        b"\x89PNG\r\n\x1a\n" + body + chunk(b"IDAT", zlib.compress(b"\0" * 6)) + chunk(b"IEND", b"") + after
    )


def jpeg(width: int = 2, height: int = 2) -> bytes:
    """A photograph, as far as anybody looks."""
    size = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03" + b"\0" * 9
    return b"\xff\xd8\xff\xe0\x00\x04ab" + size + b"\xff\xd9"


def bomb() -> bytes:
    """A document of a few kilobytes that says truly that it unpacks to 300 megabytes."""
    return docx(**{f"word__{n}.xml": b"\0" * (50 * 1024 * 1024) for n in range(6)})


SOUND: dict[str, bytes] = {
    "letter.pdf": pdf(),
    "Minutes of 1 December.docx": docx(),
    "finance.xlsx": xlsx(),
    "slides.pptx": zipped({"[Content_Types].xml": types("presentationml.presentation")}),
    "finance.ods": ods(),
    "letter.odt": ods(media="text"),
    "slides.odp": ods(media="presentation"),
    "votes.csv": "practice,votes,change\nA81001,3,-1.5\nCafé,4,+7%\n".encode(),
    "old.csv": "practice,votes\nCafé,4\n".encode("cp1252"),
    "note.txt": b"We agree.\r\n",
    "hall.png": png(),
    "hall.jpg": jpeg(),
    "HALL.JPEG": jpeg(),
}
_ENTITY = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w>&b;</w>'
_EXTERNAL = (
    b'<?xml version="1.0"?><Relationships><Relationship Id="a" TargetMode="External" '
    b'Type="http://schemas/attachedTemplate" Target="https://elsewhere.example/t.dotm"/></Relationships>'
)

UNSOUND: dict[str, tuple[str, bytes, str]] = {
    "empty": ("letter.pdf", b"", "empty_file"),
    "too large": ("note.txt", b"a" * (10 * 1024 * 1024 + 1), "file_too_large"),
    "no ending": ("letter", b"We agree.", "wrong_type"),
    "program": ("setup.exe", b"MZ\x90\0", "wrong_type"),
    "svg": ("hall.svg", b"<svg onload='alert(1)'/>", "wrong_type"),
    "html": ("letter.html", b"<p>We agree.", "wrong_type"),
    "archive": ("all.zip", zipped({"a.txt": b"a"}), "wrong_type"),
    "macro workbook": ("finance.xlsm", xlsx(), "wrong_type"),
    "up a folder": ("../letter.pdf", pdf(), "not_a_file_name"),
    "up a folder, of Windows": ("..\\letter.pdf", pdf(), "not_a_file_name"),
    "absolute": ("/etc/letter.pdf", pdf(), "not_a_file_name"),
    "nul in the name": ("letter.pdf\0.exe", pdf(), "not_a_file_name"),
    "reads backwards": ("letter\u202efdp.txt", b"We agree.", "not_a_file_name"),
    "new line in the name": ("letter\r\nX: y.pdf", pdf(), "not_a_file_name"),
    "hidden": (".letter.pdf", pdf(), "not_a_file_name"),
    "long name": ("a" * 200 + ".pdf", pdf(), "not_a_file_name"),
    "program called pdf": ("letter.pdf", b"MZ\x90\0" + b"\0" * 100, "not_what_it_says"),
    "page called pdf": ("letter.pdf", b"<html><script>alert(1)</script>", "not_what_it_says"),
    "pdf cut short": ("letter.pdf", pdf()[:-8], "not_what_it_says"),
    "pdf not from its first byte": ("letter.pdf", b"GIF89a" + pdf(), "not_what_it_says"),
    "pdf and archive": ("letter.pdf", pdf(after=zipped({"a.txt": b"a"})), "not_what_it_says"),
    "pdf and archive in one": (
        "letter.pdf",
        pdf()[:-6] + zipped({"a.txt": b"a"}) + b"\n%%EOF\n",
        "not_what_it_says",
    ),
    "pdf with a script": (
        "letter.pdf",
        pdf(b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"),
        "active_content",
    ),
    "pdf with a script in hexadecimal": (
        "letter.pdf",
        pdf(b"/OpenAction<</S/J#61vaScript>>"),
        "active_content",
    ),
    "pdf with a packed script": ("letter.pdf", pdf(packed=b"<</S/JavaScript/JS(x)>>"), "active_content"),
    "pdf that starts a program": ("letter.pdf", pdf(b"/A<</S/Launch/F(cmd.exe)>>"), "active_content"),
    "pdf with a file": ("letter.pdf", pdf(b"/Names<</EmbeddedFiles 9 0 R>>"), "active_content"),
    "pdf with a password": ("letter.pdf", pdf(b"/Encrypt 9 0 R"), "password_protected"),
    "pdf that unpacks too far": ("letter.pdf", pdf(packed=b"\0" * (30 * 1024 * 1024)), "unpacks_too_large"),
    "zip bomb": ("minutes.docx", bomb(), "unpacks_too_large"),
    "archive called docx": ("minutes.docx", zipped({"a.txt": b"a"}), "not_what_it_says"),
    "workbook called docx": ("minutes.docx", xlsx(), "not_what_it_says"),
    "docx cut short": ("minutes.docx", docx()[:-30], "not_what_it_says"),
    "something after": ("minutes.docx", docx() + b"more", "not_what_it_says"),
    "something before": ("minutes.docx", b"PK\x03\x04more" + docx(), "not_what_it_says"),
    "damaged": ("minutes.docx", docx().replace(docx()[60:64], b"\0\1\2\3", 1), "not_what_it_says"),
    "nested archive": ("minutes.docx", docx(word__a=zipped({"a.txt": b"a"})), "active_content"),
    "path in the archive": ("finance.xlsx", xlsx({"../../a.xml": b"<a/>"}), "not_what_it_says"),
    "macros": ("minutes.docx", docx(**{"word__vbaProject.bin": b"macro"}), "active_content"),
    "old object": ("minutes.docx", docx(word__ole=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1more"), "active_content"),
    "program inside": ("minutes.docx", docx(word__a=b"MZ\x90\0"), "active_content"),
    "svg inside": ("minutes.docx", docx(**{"word__a.svg": b"<svg/>"}), "active_content"),
    "entity": ("minutes.docx", docx(**{"word__a.xml": _ENTITY}), "active_content"),
    "entity in two-byte letters": (
        "finance.xlsx",
        xlsx({"xl/a.xml": _ENTITY.decode().encode("utf-16")}),
        "active_content",
    ),
    "template from elsewhere": (
        "minutes.docx",
        docx(**{"word___rels__a.rels": _EXTERNAL}),
        "active_content",
    ),
    "dde": (
        "finance.xlsx",
        xlsx({"xl/externalLinks/a.xml": b"<ddeLink ddeService='cmd'/>"}),
        "active_content",
    ),
    "encrypted docx": (
        "minutes.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "password_protected",
    ),
    "encrypted ods": (
        "finance.ods",
        ods({"META-INF/manifest.xml": b"<manifest><encryption-data/></manifest>"}),
        "password_protected",
    ),
    "ods with macros": ("finance.ods", ods({"Basic/Standard/a.xml": b"<a/>"}), "active_content"),
    "odt called ods": ("finance.ods", ods(media="text"), "not_what_it_says"),
    "virus": ("note.txt", b"see: " + EICAR, "virus"),
    "virus in a document": ("minutes.docx", docx(word__a=EICAR), "virus"),
    "virus in a pdf's stream": ("letter.pdf", pdf(packed=EICAR), "virus"),
    "bytes called text": ("note.txt", bytes(range(256)), "not_what_it_says"),
    "page called text": ("note.txt", b"hello <script>alert(1)</script>", "active_content"),
    "svg called csv": ("votes.csv", b"<svg xmlns='x' onload='a()'/>", "active_content"),
    "formula": ("votes.csv", b"practice,votes\nA81001,=cmd|' /C calc'!A0\n", "active_content"),
    "formula after a plus": ("votes.csv", b"practice,votes\nA81001,+cmd|x\n", "active_content"),
    "formula after an at": ("votes.csv", b"practice,votes\nA81001,@SUM(A1)\n", "active_content"),
    "formula after a minus": ("votes.csv", b"practice,votes\nA81001,-2+3+cmd|x\n", "active_content"),
    "formula in quotes after a space": ("votes.csv", b'practice\n" =1+1"\n', "active_content"),
    "a million columns": ("votes.csv", b"a," * 1_000_000, "not_what_it_says"),
    "jpeg called png": ("hall.png", jpeg(), "not_what_it_says"),
    "png and archive": ("hall.png", png(after=zipped({"a.txt": b"a"})), "not_what_it_says"),
    "png with a script": ("hall.png", png(text=b"a\0<script>alert(1)</script>"), "active_content"),
    "picture too large to show": ("hall.png", png(60_000, 60_000), "unpacks_too_large"),
}
