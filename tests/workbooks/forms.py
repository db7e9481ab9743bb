"""What the program writes as workbooks, looked at with Python's own XML reader: a list of problems and a form to fill in."""
import sys
import zipfile
from xml.etree import ElementTree

import book

NAMES = {"m": book.MAIN}


def sheet(path):
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))
        return ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))


listed, packed, form = sys.argv[1:4]
cells = [["".join(c.itertext()) for c in row] for row in sheet(packed).iterfind(".//m:row", NAMES)]
assert [[c for c in row if c] for row in book.rows_of(listed)] == [[c for c in row if c] for row in cells], cells
root = sheet(form)
choices = {v.get("sqref"): v.findtext("m:formula1", namespaces=NAMES) for v in root.iterfind(".//m:dataValidation", NAMES)}
assert '"已整改,部分整改,未整改,未复核"' in choices.values(), choices
columns = root.findall(".//m:col", NAMES)
assert columns[0].get("style") == "2" and any(c.get("style") is None for c in columns)
assert root.find(".//m:pane", NAMES).get("state") == "frozen"
