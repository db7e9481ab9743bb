"""Writes the rows of a table as somebody might have saved them: CSV of an encoding, separator and line end, or a workbook."""
import datetime
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "workbooks"))
import book  # noqa: E402

ENCODINGS = ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16-le", "utf-16-be"]
STYLES = '<numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellXfs><xf numFmtId="0"/>' \
    '<xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="49"/></cellXfs>'


def encodable(text, encoding):
    """What of a text can be saved in an encoding, the rest left away."""
    return text.encode(encoding, "ignore").decode(encoding) if encoding == "gbk" else text


def csv_bytes(rng, rows, encoding):
    separator, end = rng.choice(",,;\t"), rng.choice(["\n", "\r\n", "\r"])
    special = '"\r\n' + separator if rng.random() < 0.7 else ""
    quoted = lambda cell: '"%s"' % cell.replace('"', '""') if not special or any(c in cell for c in special) else cell
    text = "".join(separator.join(map(quoted, row)) + end for row in rows)
    if rng.random() < 0.2 and text.endswith(end):
        text = text[:-len(end)]
    mark = "\ufeff" if encoding.startswith("utf-16") else ""
    return (mark + text).encode(encoding), separator


def escaped(text):
    """A string of a workbook: what XML does not allow, and what looks like an escape, as _xHHHH_."""
    text = re.sub("_(?=x[0-9A-Fa-f]{4})", "_x005F_", text)
    return re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff]", lambda m: "_x%04X_" % ord(m.group()), text)


def workbook_cell(rng, text, is_1904):
    """A cell: most as texts, dates and numbers also as numbers, some as rich text or as the result of a formula."""
    day = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text)
    start = datetime.date(1904, 1, 1) if is_1904 else datetime.date(1899, 12, 30)
    if day and rng.random() < 0.6:
        days = (datetime.date(*map(int, day.groups())) - start).days
        return ' s="%d"' % rng.choice([1, 2]), "<v>%d%s</v>" % (days, rng.choice(["", "", ".5"]))
    if re.fullmatch(r"[1-9]\d{0,8}", text) and rng.random() < 0.5:
        return "", "<v>%s</v>" % text
    text = escaped(text)
    if text and rng.random() < 0.15:
        return ' t="str"', "<f>A1</f><v>%s</v>" % book.escape(text)
    if len(text) > 1 and "_x" not in text and rng.random() < 0.15:
        cut = rng.randrange(1, len(text))
        return ' t="inlineStr"', "<is><r>%s</r><r><rPr><b/></rPr>%s</r><rPh sb='0' eb='1'><t>pin</t></rPh></is>" % (book.string(text[:cut]), book.string(text[cut:]))
    return text


def workbook_parts(rng, rows):
    is_1904 = rng.random() < 0.3
    cells = [[workbook_cell(rng, cell, is_1904) for cell in row] for row in rows]
    kind = rng.choice(["shared", "inline"])
    return book.parts([("表", cells, "", "")], kind, STYLES, '<workbookPr date1904="1"/>' if is_1904 else "")


def save(rng, stem, rows, encoding):
    """Writes stem.csv or stem.xlsx; returns the path and the separator (None of a workbook)."""
    if encoding == "xlsx":
        book.save(stem + ".xlsx", workbook_parts(rng, rows))
        return stem + ".xlsx", None
    data, separator = csv_bytes(rng, rows, encoding)
    open(stem + ".csv", "wb").write(data)
    return stem + ".csv", separator
