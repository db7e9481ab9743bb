"""A second reader of the tables, written from data/FORMATS.md and data/README.md with nothing but Python's own library.
It shares no line with gen/: where the two differ one of them is wrong."""
import csv
import datetime
import io
import re
import unicodedata
import zipfile
from collections import namedtuple
from xml.etree import ElementTree

Field = namedtuple("Field", "heading name type required synonyms")
MISSING = {"", "-", "--", "—", "——", "–", "－", "/", "／", "无", "n/a", "null", "na", "none", "\\"}
NAMES = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def schema(path="data/README.md"):
    """{file: [Field]} as the data dictionary has it."""
    found, fields = {}, None
    for line in open(path, encoding="utf-8"):
        heading = re.match(r"## .*（`(.*)`）", line)
        if heading:
            fields = found.setdefault(heading.group(1), [])
        cells = [c.strip() for c in line.strip().strip("|").split(" |")]
        if fields is not None and line.startswith("| ") and cells[0] != "表头":
            synonyms = [s for s in re.split("[、|]", cells[6].replace("\\|", "|")) if s]
            fields.append(Field(cells[0], cells[1].strip("`"), cells[2], cells[3] == "必填", synonyms))
    return found


# ---- bytes to rows -------------------------------------------------------------------------

def decode(data):
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark):].decode(encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def split(text, separator):
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def unescape(text):
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m.group(1), 16)), text)


def sheet_rows(path):
    """The first sheet; dates by their style as ISO text."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        tree = {n: ElementTree.fromstring(archive.read(n)) for n in names if n.endswith(".xml")}
    string = lambda node: unescape("".join(t.text or "" for t in node.findall("m:t", NAMES) + node.findall("m:r/m:t", NAMES)))
    shared = [string(si) for si in tree["xl/sharedStrings.xml"]] if "xl/sharedStrings.xml" in names else []
    own = {n.get("numFmtId"): n.get("formatCode") for n in tree["xl/styles.xml"].iter("{%s}numFmt" % NAMES["m"])}
    formats = [x.get("numFmtId") for x in tree["xl/styles.xml"].findall(".//m:cellXfs/m:xf", NAMES)]
    is_1904 = any(p.get("date1904") in ("1", "true") for p in tree["xl/workbook.xml"].iter("{%s}workbookPr" % NAMES["m"]))
    is_date = lambda f: 14 <= int(f) <= 22 or re.search("[yYmMdD]", re.sub('"[^"]*"', "", own.get(f, "")))
    rows = []
    for row in tree["xl/worksheets/sheet1.xml"].iter("{%s}row" % NAMES["m"]):
        rows.extend([] for _ in range(int(row.get("r", len(rows) + 1)) - 1 - len(rows)))
        cells = []
        for cell in row:
            column = 0
            for letter in re.match("[A-Z]*", cell.get("r", "")).group():
                column = column * 26 + ord(letter) - 64
            cells.extend([""] * (column - 1 - len(cells)))
            kind, value = cell.get("t", "n"), cell.findtext("m:v", "", NAMES)
            if kind == "s":
                value = shared[int(value)]
            elif kind == "inlineStr":
                value = string(cell.find("m:is", NAMES))
            elif kind == "str":
                value = unescape(value)
            elif value and formats and is_date(formats[int(cell.get("s", 0))]):
                start = datetime.date(1904, 1, 1) if is_1904 else datetime.date(1899, 12, 30)
                value = (start + datetime.timedelta(days=int(float(value)))).isoformat()
            cells.append(value)
        rows.append(cells)
    return rows


# ---- rows to records -----------------------------------------------------------------------

def is_invisible(c):
    point = ord(c)
    return (unicodedata.category(c) in ("Cf", "Cc") and c not in "\t\n\r\x85") or 0xFE00 <= point <= 0xFE0F or \
        0xE0000 <= point <= 0xE0FFF or point in (0x34F, 0x115F, 0x1160, 0x3164, 0xFFA0, 0x180B, 0x180C, 0x180D)


def is_dense(c):
    return "\u3000" <= c <= "\u303f" or "\uff01" <= c <= "\uff60" or c == "〇" or \
        unicodedata.name(c, "").startswith("CJK ")


def clean(text):
    """Of a name or a sentence: invisible characters, white space at the ends and text guards go."""
    text = "".join(c for c in text if not is_invisible(c))
    text = unguarded(text.strip()).strip()
    out, at = "", 0
    for blank in re.finditer(r"[^\S\u3000]+", text):
        run, before, after = blank.group(), text[blank.start() - 1], text[blank.end()]
        kept = "" if is_dense(before) and is_dense(after) and " " not in run else " "
        out, at = out + text[at:blank.start()] + kept, blank.end()
    return out + text[at:]


def unguarded(text):
    if len(text) >= 3 and text.startswith('="') and text.endswith('"'):
        return text[2:-1]
    return text[1:] if len(text) > 1 and text[0] == "'" and "'" not in text[1:] else text


def code(text):
    """Of a code, a date, a number or a fixed word: full-width characters are ASCII, too."""
    wide = "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in clean(text.replace("\u3000", " ")))
    return re.sub("[\u2010-\u2013\u2212\ufe63]", "-", clean(wide))


def date(text):
    """ISO, None where it is no date."""
    text = code(text)
    match = re.fullmatch(r"(\d{4})([-/.年])\s*(\d{1,2})([-/.月])\s*(\d{1,2})\s*(日|号)?(?:[ T]+(\d{1,2}):(\d{2})(?::[\d.]+)?\s*(Z|[+-]\d{2}:?\d{2})?)?",
                         re.sub(r"\s*([年月])", r"\1", text))
    try:
        if re.fullmatch(r"\d{8}", text):
            return datetime.date(int(text[:4]), int(text[4:6]), int(text[6:])).isoformat()
        if re.fullmatch(r"\d{5}", text) and 20000 <= int(text) <= 73050:
            return (datetime.date(1899, 12, 30) + datetime.timedelta(days=int(text))).isoformat()
        if not match or (match.group(2) + match.group(4)) not in ("--", "//", "..", "年月"):
            return None
        day = datetime.datetime(int(match.group(1)), int(match.group(3)), int(match.group(5)))
    except ValueError:
        return None
    if match.group(9):
        zone = match.group(9).replace(":", "")
        ahead = 0 if zone == "Z" else int(zone[0] + "1") * (int(zone[1:3]) * 60 + int(zone[3:]))
        day += datetime.timedelta(minutes=int(match.group(7)) * 60 + int(match.group(8)) - ahead + 480)
    return day.date().isoformat()


def number(text, unit=""):
    text = code(text)
    text = text[:-len(unit)] if unit and text.endswith(unit) else text
    text = text.strip()
    return int(text.replace(",", "")) if re.fullmatch(r"\d+|\d{1,3}(,\d{3})+", text) else None


def is_missing(text):
    return clean(text).lower() in MISSING


def match(fields, heading):
    """The field that a heading means, or None."""
    heading = re.sub(r"\s", "", code(heading)).upper()
    for field in fields:
        if heading in [re.sub(r"\s", "", code(w)).upper() for w in [field.heading] + field.synonyms]:
            return field
    return None
