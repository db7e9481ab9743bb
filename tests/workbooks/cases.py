"""Workbooks that are odd, broken or hostile: one file a case, and what `xingji check` must say of it, a line each:
file, code of the message (or "clean" for none of those of workbooks), seconds of processor time that it may take."""
import os
import sys

import book

year, listing = sys.argv[1], open(sys.argv[2], "w")
source = os.path.join(year, "enterprises.csv")
rows = book.rows_of(source)
width = len(rows[0])
dates = rows[0].index("服务承诺书日期")


def told(name, code, seconds=2):
    listing.write("%s\t%s\t%d\n" % (name, code, seconds))


def case(name, code, sheets, seconds=2, **more):
    book.save(os.path.join(year, name), book.parts(sheets, **more))
    told(name, code, seconds)


def one(name, code, cells, rest="", attributes="", **more):
    case(name, code, [("企业", cells, attributes, rest)], **more)


def raw(name, code, data, seconds=2):
    open(os.path.join(year, name), "wb").write(data)
    told(name, code, seconds)


def changed(name, code, part, content, seconds=2):
    names = book.parts([("企业", rows, "", "")])
    if content is None:
        del names[part]
    else:
        names[part] = content
    book.save(os.path.join(year, name), names)
    told(name, code, seconds)


def with_cell(column, cell):
    copy = [list(row) for row in rows]
    copy[1][column] = cell
    return copy


os.remove(source)
# Sound ones.
one("titled.xlsx", "csv-title", [["示例省企业一览"] + [""] * (width - 1), []] + rows)
one("broken.xlsx", "clean", [[h[:2] + "\n" + h[2:] for h in rows[0]]] + rows[1:])
two = [("说明", [["填写说明"]], "", ""), ("企业", rows, "", "")]
case("second.xlsx", "workbook-sheet-left", two)
case("hidden.xlsx", "workbook-sheet-hidden", [("旧", rows, ' state="veryHidden"', ""), ("企业", rows, "", "")])
case("two.xlsx", "workbook-sheets-two", [("甲", rows, "", ""), ("乙", rows, "", "")])
one("none.xlsx", "workbook-no-sheet", rows, attributes=' state="hidden"')
one("rows.xlsx", "workbook-rows-hidden", rows[:2] + [{"attributes": ' hidden="1"', "cells": rows[2]}] + rows[3:])
city = rows[0].index("设区市")
ref = "%s2:%s3" % (book.letters(city), book.letters(city))
blanked = [list(row) for row in rows]
blanked[2][city] = ""
one("merged.xlsx", "workbook-merged", blanked, '<mergeCells count="1"><mergeCell ref="%s"/></mergeCells>' % ref)
one("formula.xlsx", "workbook-formula", with_cell(city, ("", "<f>A1</f>")))
one("cached.xlsx", "clean", with_cell(city, (' t="str"', "<f>A1</f><v>%s</v>" % rows[1][city])))
one("error.xlsx", "field-formula", with_cell(city, (' t="e"', "<v>#N/A</v>")))
one("number.xlsx", "credit-scientific", with_cell(0, ("", "<v>9.1320100123456801E+17</v>")))
one("digits.xlsx", "credit-scientific", with_cell(0, ("", "<v>913201001234568010</v>")))
one("long.xlsx", "workbook-cell-long", with_cell(1, "长" * 32767))
styles = '<numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs>'
one("dates.xlsx", "clean", with_cell(dates, (' s="2"', "<v>44440</v>")), styles=styles)
one("dates1904.xlsx", "clean", with_cell(dates, (' s="1"', "<v>42978</v>")), styles=styles, workbook='<workbookPr date1904="1"/>')
rich = "<is><r><t>%s</t></r><r><rPr><b/></rPr><t>%s</t></r><rPh sb='0' eb='1'><t>pinyin</t></rPh></is>" % (rows[1][1][:2], rows[1][1][2:])
one("rich.xlsx", "clean", with_cell(1, (' t="inlineStr"', rich)))
# Damaged and hostile ones.
whole = open(os.path.join(year, "titled.xlsx"), "rb").read()
for part in (1, 30, len(whole) // 2, len(whole) - 10):
    raw("cut%d.xlsx" % part, "workbook-none" if part == 1 else "workbook-damaged", whole[:part])
at = whole.find(b"PK\1\2")
while b"sheet1" not in whole[at:at + 80]:
    at = whole.find(b"PK\1\2", at + 4)
raw("crc.xlsx", "workbook-damaged", whole[:at + 16] + b"\0\1\2\3" + whole[at + 20:])
changed("strings.xlsx", "workbook-damaged", "xl/sharedStrings.xml", '<sst xmlns="%s"/>' % book.MAIN)
changed("nostrings.xlsx", "workbook-damaged", "xl/sharedStrings.xml", None)
changed("nobook.xlsx", "workbook-damaged", "xl/workbook.xml", None)
changed("doctype.xlsx", "workbook-damaged", "xl/worksheets/sheet1.xml", '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>')
sheet = '<worksheet xmlns="%s"><sheetData>%%s</sheetData></worksheet>' % book.MAIN
changed("malformed.xlsx", "workbook-damaged", "xl/worksheets/sheet1.xml", sheet % "<row><c></row>")
changed("order.xlsx", "workbook-damaged", "xl/worksheets/sheet1.xml", sheet % '<row r="2"/><row r="1"/>')
changed("beyond.xlsx", "workbook-damaged", "xl/worksheets/sheet1.xml", sheet % '<row r="1"><c r="XFE1"><v>1</v></c></row>')
changed("last.xlsx", "csv-header-not-found", "xl/worksheets/sheet1.xml", sheet % '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
changed("blank.xlsx", "workbook-no-sheet", "xl/worksheets/sheet1.xml", sheet % ("<row/>" * 1000000))
changed("climb.xlsx", "workbook-no-sheet", "xl/_rels/workbook.xml.rels", '<Relationships xmlns="%s"><Relationship Id="rId1" Type="%s/worksheet" Target="../../../../etc/passwd"/></Relationships>' % (book.PACKAGE, book.OFFICE))
changed("bomb.xlsx", "workbook-too-large", "xl/worksheets/sheet1.xml", (sheet % "").replace("<sheetData>", "<sheetData>" + " " * (200 << 20)))
merges = "".join('<mergeCell ref="A1:XFD1048576"/>' for _ in range(20000))
one("merges.xlsx", "workbook-merged", rows, "<mergeCells>%s</mergeCells>" % merges)
raw("csv.xlsx", "workbook-none", ",".join(rows[0]).encode())
raw("page.xlsx", "workbook-none", b"<html><table><tr><td>1</td></tr></table></html>")
ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
raw("old.xlsx", "file-old-workbook", ole)
raw("locked.xlsx", "workbook-locked", ole + "EncryptedPackage".encode("utf-16-le") + bytes(100))
raw("empty.xlsx", "file-empty", b"")
listing.close()
