"""Workbooks made with nothing but Python's own library, so that what reads them is not tested against its own writer."""
import csv
import glob
import io
import os
import sys
import zipfile
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def rows_of(path):
    data = open(path, "rb").read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    return list(csv.reader(io.StringIO(text)))


def letters(column):
    text, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def string(value):
    return '<t xml:space="preserve">%s</t>' % escape(value)


def sheet_xml(rows, shared, rest=""):
    """Cells: text, or ready XML behind the reference as a tuple (attributes, content)."""
    out = ['<worksheet xmlns="%s"><sheetData>' % MAIN]
    for r, row in enumerate(rows):
        attributes = ""
        if isinstance(row, dict):
            attributes, row = row["attributes"], row["cells"]
        out.append('<row r="%d"%s>' % (r + 1, attributes))
        for c, value in enumerate(row):
            ref = 'r="%s%d"' % (letters(c), r + 1)
            if isinstance(value, tuple):
                out.append("<c %s%s>%s</c>" % (ref, value[0], value[1]))
            elif value and shared is not None:
                out.append('<c %s t="s"><v>%d</v></c>' % (ref, shared.setdefault(value, len(shared))))
            elif value:
                out.append('<c %s t="inlineStr"><is>%s</is></c>' % (ref, string(value)))
        out.append("</row>")
    out.append("</sheetData>%s</worksheet>" % rest)
    return "".join(out)


def parts(sheets, kind="shared", styles="", workbook=""):
    """sheets: (name, rows, attributes of <sheet>, XML behind the rows)."""
    shared = {} if kind == "shared" else None
    relations = '<Relationship Id="%s" Type="' + OFFICE + '/%s" Target="%s"/>'
    names = {"[Content_Types].xml": "<Types/>"}
    names["_rels/.rels"] = '<Relationships xmlns="%s">%s</Relationships>' % (PACKAGE, relations % ("rId1", "officeDocument", "xl/workbook.xml"))
    listed, related = [], []
    for i, (name, rows, attributes, rest) in enumerate(sheets):
        listed.append('<sheet name="%s" sheetId="%d" r:id="rId%d"%s/>' % (escape(name), i + 1, i + 1, attributes))
        related.append(relations % ("rId%d" % (i + 1), "worksheet", "worksheets/sheet%d.xml" % (i + 1)))
        names["xl/worksheets/sheet%d.xml" % (i + 1)] = sheet_xml(rows, shared, rest)
    related += [relations % ("rId98", "styles", "styles.xml"), relations % ("rId99", "sharedStrings", "/xl/sharedStrings.xml")]
    names["xl/workbook.xml"] = '<workbook xmlns="%s" xmlns:r="%s">%s<sheets>%s</sheets></workbook>' % (MAIN, OFFICE, workbook, "".join(listed))
    names["xl/_rels/workbook.xml.rels"] = '<Relationships xmlns="%s">%s</Relationships>' % (PACKAGE, "".join(related))
    names["xl/styles.xml"] = '<styleSheet xmlns="%s">%s</styleSheet>' % (MAIN, styles)
    if shared is not None:
        names["xl/sharedStrings.xml"] = '<sst xmlns="%s">%s</sst>' % (MAIN, "".join("<si>%s</si>" % string(s) for s in shared))
    return names


def save(path, names, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in names.items():
            archive.writestr(name, content)


def table(path, rows, kind="shared", method=zipfile.ZIP_DEFLATED):
    save(path, parts([("表", rows, "", "")], kind), method)


def rewrite(source, target, encoding, separator, line_end):
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator, lineterminator=line_end).writerows(rows_of(source))
    text = buffer.getvalue()
    text, encoding = ("\ufeff" + text, encoding[:-4]) if encoding == "utf-16-be-sig" else (text, encoding)
    open(target, "wb").write(text.encode(encoding))


def declare(path, encoding):
    """An XML file in an encoding that it declares; what GB2312 does not have becomes a reference to a character."""
    text = open(path, encoding="utf-8-sig").read()
    text = '<?xml version="1.0" encoding="%s"?>' % encoding.replace("-sig", "").upper() + text[text.index("?>") + 2:]
    open(path, "wb").write(text.encode(encoding, "xmlcharrefreplace"))


if __name__ == "__main__":
    # Every CSV file of a folder in another form: shared, inline, stored (workbooks) or ENCODING/SEPARATOR/LINE-END.
    # Or its XML files: xml/ENCODING.
    form, folder = sys.argv[1:3]
    if form.startswith("xml/"):
        for source in glob.glob(folder + "/**/*.xml", recursive=True):
            declare(source, form[4:])
        sys.exit()
    for source in glob.glob(folder + "/**/*.csv", recursive=True):
        if form in ("shared", "inline", "stored"):
            method = zipfile.ZIP_STORED if form == "stored" else zipfile.ZIP_DEFLATED
            table(source[:-4] + ".xlsx", rows_of(source), "shared" if form == "stored" else form, method)
            os.remove(source)
        else:
            encoding, separator, line_end = form.split("/")
            rewrite(source, source, encoding, {"comma": ",", "semicolon": ";", "tab": "\t"}[separator],
                    {"LF": "\n", "CRLF": "\r\n", "CR": "\r"}[line_end])
