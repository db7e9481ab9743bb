"""Mends one cell of a pack as a clerk would.
usage: mend.py FROM.xlsx TO.xlsx SHEET FIRST-CELL HEADING VALUE   the cell of the row whose first cell says so; HEADING "-": the cell's own column
       mend.py FROM.xlsx TO.xlsx drop HEADING                     empties a column of every sheet, as who tidies up does"""
import re
import sys
import xml.dom.minidom
import zipfile
from xml.sax.saxutils import escape

source, target = sys.argv[1:3]
archive = zipfile.ZipFile(source)
titles = [s.getAttribute("name") for s in xml.dom.minidom.parseString(archive.read("xl/workbook.xml")).getElementsByTagName("sheet")]
changed = 0


def plain(cell):
    return re.sub("<[^>]*>", "", cell)


def put(text, ref, value):
    cell = f'<c r="{ref}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return re.subn(rf'<c r="{ref}"(?:[^>]*/>|.*?</c>)', lambda _: cell, text, count=1, flags=re.S)


with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
    for name in archive.namelist():
        content = archive.read(name)
        match = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
        if match:
            text = content.decode("utf-8")
            cells = re.findall(r'<c r="([A-Z]+)(\d+)"[^>]*?(?:/>|>.*?</c>)', text, re.S)
            heads = {plain(m.group(0)): m.group(1) for m in re.finditer(r'<c r="([A-Z]+)1"[^>]*>.*?</c>', text, re.S)}
            if sys.argv[3] == "drop":
                for column, row in cells:
                    if column == heads.get(sys.argv[4]):
                        text, count = put(text, column + row, "")
                        changed += count
            elif titles[int(match.group(1)) - 1] == sys.argv[3]:
                rows = [m.group(1) for m in re.finditer(r'<c r="A(\d+)"[^>]*>.*?</c>', text, re.S) if plain(m.group(0)) == sys.argv[4]]
                for row in rows[:1]:
                    column = heads[sys.argv[5]]
                    if not re.search(rf'<c r="{column}{row}"', text):
                        text = re.sub(rf'(<row r="{row}">)', rf'\1<c r="{column}{row}"/>', text)
                    text, count = put(text, column + row, sys.argv[6])
                    changed += count
            content = text.encode("utf-8")
        out.writestr(name, content)
if not changed:
    raise SystemExit("mend: nothing was changed")
