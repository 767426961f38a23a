"""Files that people open in a spreadsheet: what it would reckon is given an apostrophe in front,
which is taken off again where we read the file back."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

Cell = str | int | datetime
"A time is shown as its own zone's clocks showed it: a sheet knows no zones."

_FORMULA = r"(?='*[=+\-@\t\r])"
"Before what a spreadsheet takes for a formula."
_REACHED, _GUARDED = re.compile(rf"(^|[;\n\r]){_FORMULA}"), re.compile(rf"(^|[;\n\r])'{_FORMULA}")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"What XML has no words for."
_LONGEST, _DAY_0 = 32_767, datetime(1899, 12, 30, tzinfo=UTC)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OF = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_OF}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_OF}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_OF}.styles+xml"/></Types>'
)
_RELATED = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_KINDS}/{{kind}}" Target="{{target}}"/>{{more}}</Relationships>'
)
_WORKBOOK = (
    f'<workbook xmlns="{_MAIN}" xmlns:r="{_KINDS}">'
    '<sheets><sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>'
)
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts><font/></fonts><fills><fill><patternFill/></fill></fills>'
    "<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
    '<cellXfs><xf/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_SHEET = (
    f'<worksheet xmlns="{_MAIN}"><cols><col min="1" max="1" width="17" customWidth="1"/>'
    '<col min="2" max="99" width="22" customWidth="1"/></cols>'
    "<sheetData>{rows}</sheetData></worksheet>"
)


def guarded(cell: str) -> str:
    """Also behind a semicolon or the end of a line, where a spreadsheet that separates cells by
    semicolons sees the next one begin."""
    return _REACHED.sub(r"\1'", cell)


def unguarded(cell: str) -> str:
    """As it was before `guarded`."""
    return _GUARDED.sub(r"\1", cell) if "'" in cell else cell


def csv_line(cells: Iterable[str]) -> str:
    """RFC 4180, each cell guarded."""
    line = io.StringIO()
    csv.writer(line).writerow([guarded(cell) for cell in cells])
    return line.getvalue()


def xlsx(sheet: str, rows: Iterable[Sequence[Cell]]) -> bytes:
    """A workbook of one sheet (ECMA-376); the first row is its head. Nothing of it is reckoned:
    texts are texts."""
    lines = [
        f'<row r="{number}">{"".join(map(_cell, row))}</row>' for number, row in enumerate(rows, 1)
    ]
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATED.format(kind="officeDocument", target="xl/workbook.xml", more=""),
        "xl/workbook.xml": _WORKBOOK.format(name=escape(sheet[:31], {'"': "&quot;"})),
        "xl/_rels/workbook.xml.rels": _RELATED.format(
            kind="worksheet",
            target="worksheets/sheet1.xml",
            more=f'<Relationship Id="r2" Type="{_KINDS}/styles" Target="styles.xml"/>',
        ),
        "xl/styles.xml": _STYLES,
        "xl/worksheets/sheet1.xml": _SHEET.format(rows="".join(lines)),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            # Of no moment: the same rows are the same file.
            archive.writestr(zipfile.ZipInfo(name), _XML + content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _cell(value: Cell) -> str:
    if isinstance(value, datetime):
        return f'<c s="1"><v>{(value.replace(tzinfo=UTC) - _DAY_0) / timedelta(days=1)!r}</v></c>'
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    text = escape(_UNPRINTABLE.sub("", value)[:_LONGEST])
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
