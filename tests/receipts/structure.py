"""Edits of what files are like, not of what a cell says: columns, encodings, names, order; for tests/receipts/edits.py.

Each returns what it did and the way back.  Where a build cannot take the result, it must say so in the same words each time.
"""
import csv, io, os, re, zipfile
from xml.sax.saxutils import escape


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def files(folder, *ends):
    found = [os.path.join(at, name) for at, _, names in os.walk(folder) for name in names if name.endswith(ends)]
    return sorted(found)


def restore_later(*paths):
    """What the paths are now, as a way back."""
    was = [(path, read(path) if os.path.exists(path) else None) for path in paths]

    def back():
        for path, data in was:
            if data is not None:
                write(path, data)
            elif os.path.exists(path):
                os.remove(path)
    return back


def decoded(path):
    data = read(path)
    for encoding in ("utf-8-sig" if data[:3] == b"\xef\xbb\xbf" else "utf-8", "utf-16", "gb18030"):
        try:
            return encoding, data.decode(encoding)
        except UnicodeDecodeError:
            pass
    return None, ""


def rows_of(path):
    encoding, text = decoded(path)
    return encoding, list(csv.reader(io.StringIO(text)))


def write_rows(path, encoding, rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    write(path, out.getvalue().encode(encoding))


def column_name(number):
    return (column_name(number // 26 - 1) if number >= 26 else "") + chr(65 + number % 26)


def write_workbook(path, rows):
    """The least that is a workbook: one sheet, every cell with its text inside."""
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    offices = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    packages = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    sheet = "".join('<row r="%d">%s</row>' % (number + 1, "".join(
        '<c r="%s%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>' % (column_name(at), number + 1, escape(cell))
        for at, cell in enumerate(row) if cell)) for number, row in enumerate(rows))
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="%ssheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="%sworksheet+xml"/></Types>' % (types, types),
        "_rels/.rels": '<Relationships %s><Relationship Id="a" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        % (packages, offices),
        "xl/workbook.xml": '<workbook %s xmlns:r="%s"><sheets><sheet name="评估结果" sheetId="1" r:id="a"/></sheets></workbook>'
        % (main, offices),
        "xl/_rels/workbook.xml.rels": '<Relationships %s><Relationship Id="a" Type="%s/worksheet" Target="worksheets/sheet1.xml"/>'
        '</Relationships>' % (packages, offices),
        "xl/worksheets/sheet1.xml": "<worksheet %s><sheetData>%s</sheetData></worksheet>" % (main, sheet),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name), '<?xml version="1.0" encoding="UTF-8"?>' + text)


HEADINGS = {"条目编号": ["条目", "编号"], "结果": ["评估结果", "结论", "轮次"], "轮次": ["阶段", "结果"], "证据": ["佐证材料", "现状说明"],
            "现状说明": ["现状", "证据", "备注"], "日期": ["核查日期", "填表日期"], "参培类型": ["类型", "赛道"], "设区市": ["城市"]}


class Structure:
    def __init__(self, year, work, rng):
        self.year, self.work, self.rng = year, work, rng

    def results(self, *ends):
        return files(os.path.join(self.year, "results"), *ends)

    def sheets(self):
        names = ("enterprises.csv", "participations.csv", "rectifications.csv", "agencies.csv")
        return self.results(".csv") * 3 + [path for path in files(self.year, ".csv") if os.path.basename(path) in names]

    def alter_columns(self, rows):
        """One column more, one in another place, another heading, one less."""
        rng, at, way = self.rng, self.rng.randrange(len(rows[0])), self.rng.randrange(4)
        if way == 0:
            words = rng.choice([[""], ["示例"], ["符合", "不符合", ""], ["自评", "现场核查"], ["2021-10-08"]])
            heading = rng.choice(["备注", "序号", "", "结果", "评估轮次"])
            return "one more, %r," % heading, [row[:at] + [heading if i == 0 else words[i % len(words)]] + row[at:]
                                               for i, row in enumerate(rows)]
        if way == 1:
            to = rng.randrange(len(rows[0]))
            return "another place of a", [row[:at] + row[at + 1:] if len(row) <= at else
                                          (lambda rest: rest[:to] + [row[at]] + rest[to:])(row[:at] + row[at + 1:]) for row in rows]
        if way == 2:
            heading = rng.choice(HEADINGS.get(rows[0][at], ["备注"]))
            return "%r for the heading %r of a" % (heading, rows[0][at]), [rows[0][:at] + [heading] + rows[0][at + 1:]] + rows[1:]
        return "without a", [row[:at] + row[at + 1:] for row in rows]

    def edit_column(self):
        path = self.rng.choice(self.sheets())
        back = restore_later(path)
        encoding, rows = rows_of(path)
        what, rows = self.alter_columns(rows)
        write_rows(path, encoding, rows)
        return "%s column of %s" % (what, path), back

    def edit_workbook(self):
        """A workbook in the place of a table, or a column of that."""
        path = self.rng.choice(self.results(".csv"))
        workbook = path[:-4] + ".xlsx"
        back = restore_later(path, workbook)
        _, rows = rows_of(path)
        what = "as it is"
        if self.rng.random() < 0.5:
            what, rows = self.alter_columns(rows)
            what += " column"
        write_workbook(workbook, rows)
        os.remove(path)
        return "a workbook for %s, %s" % (path, what), back

    def edit_encoding(self):
        path = self.rng.choice(self.sheets())
        back = restore_later(path)
        was, text = decoded(path)
        to = self.rng.choice([name for name in ("utf-8", "utf-8-sig", "gb18030", "utf-16") if name != was])
        write(path, text.encode(to, "replace"))
        return "%s instead of %s in %s" % (to, was, path), back

    def edit_name(self):
        """Another name: it is read before or after the others."""
        path = self.rng.choice(self.results(".csv", ".xml"))
        other = os.path.join(os.path.dirname(path), self.rng.choice("az") + "-" + os.path.basename(path))
        back = restore_later(path, other)
        os.rename(path, other)
        return "%s is called %s" % (path, other), back

    def edit_swap(self):
        end = self.rng.choice([".csv", ".xml"])
        found = self.results(end)
        if len(found) < 2:
            return self.edit_name()
        one, other = self.rng.sample(found, 2)
        back = restore_later(one, other)
        first, second = read(one), read(other)
        write(one, second)
        write(other, first)
        return "%s and %s swapped" % (one, other), back

    def edit_item(self):
        """Two items of a catalogue take each other's number; or one has a number that nobody knows."""
        path = self.rng.choice(files(os.path.join(self.work, "data", "models"), ".xml"))
        back = restore_later(path)
        text = read(path).decode()
        spots = list(re.finditer(r'<item id="([^"]*)"', text))
        if len(spots) < 2:
            return self.edit_name()
        one, other = sorted(self.rng.sample(spots, 2), key=lambda spot: spot.start())
        names = (other.group(1), one.group(1)) if self.rng.random() < 0.8 else (one.group(1), other.group(1) + "9")
        text = (text[:one.start(1)] + names[0] + text[one.end(1):other.start(1)] + names[1] + text[other.end(1):])
        write(path, text.encode())
        return "items %s and %s are %s and %s in %s" % (one.group(1), other.group(1), names[0], names[1], path), back

    def edit_enterprise(self):
        """An enterprise less, mostly with all that names it; all others have another number."""
        table = os.path.join(self.year, "enterprises.csv")
        codes = re.findall(rb"9132\w{14}", read(table))
        if len(codes) < 4:
            return self.edit_order()
        code = self.rng.choice(codes)
        touched = [path for path in files(self.year, ".csv", ".xml") if code in read(path)]
        back = restore_later(*touched)
        is_clean = self.rng.random() < 0.8
        for path in touched if is_clean else [table]:
            data = read(path)
            if path.endswith(".xml"):
                data = re.sub(rb'<assessment enterprise="%s".*?</assessment>\s*' % code, b"", data, flags=re.S)
            else:
                data = b"\n".join(line for line in data.split(b"\n") if code not in line)
            write(path, data)
        return "without %s%s" % (code.decode(), "" if is_clean else ", and only in enterprises.csv"), back

    def edit_order(self):
        """The rows of a table the other way round: what had a number has another."""
        path = os.path.join(self.year, self.rng.choice(["enterprises.csv", "participations.csv", "agencies.csv"]))
        back = restore_later(path)
        lines = read(path).rstrip(b"\n").split(b"\n")
        write(path, b"\n".join(lines[:1] + lines[:0:-1]) + b"\n")
        return "the rows of %s the other way round" % path, back

    def kinds(self):
        return [self.edit_column] * 4 + [self.edit_workbook, self.edit_encoding, self.edit_name, self.edit_swap, self.edit_item,
                                         self.edit_enterprise, self.edit_order]
