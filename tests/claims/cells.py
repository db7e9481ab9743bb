"""The cells of the report's tables against what counts.py counts: cell by cell, and no table that nobody counts."""
import html.parser
import re

from counts import KINDS, MAY_MISS, OF_TRACKS, UNCOUNTED


# ---- what is printed -------------------------------------------------------------------------

class Tables(html.parser.HTMLParser):
    """(caption without its number, headings, rows) of each table; of a figure's numbers the caption is "图"."""

    def __init__(self):
        super().__init__()
        self.tables, self.caption, self.rows, self.cell, self.in_caption = [], "", [], None, False

    def handle_starttag(self, tag, attributes):
        if tag == "table":
            self.caption, self.rows = "", []
        elif tag == "caption":
            self.in_caption = True
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.cell = ""

    def handle_endtag(self, tag):
        if tag == "caption":
            self.in_caption = False
        elif tag in ("td", "th"):
            self.rows[-1].append(re.sub(r"\s+", " ", self.cell).strip())
            self.cell = None
        elif tag == "table" and self.rows:
            caption = re.sub(r"^\s*附?表\s*[0-9A-Z]+-[0-9]+\s*", "", self.caption).strip()
            self.tables.append((caption or "图", self.rows[0], self.rows[1:]))

    def handle_data(self, data):
        if self.in_caption:
            self.caption += data
        elif self.cell is not None:
            self.cell += data


def read_tables(path):
    tables = Tables()
    with open(path, encoding="utf-8") as file:
        tables.feed(file.read())
    return tables.tables


# ---- held against what is printed --------------------------------------------------------------------

def key_of(keys, headings, row):
    found = tuple(row[headings.index(k)] for k in keys)
    return found if len(found) > 1 else found[0]


def judge_rows(kind, wanted_rows, headings, rows):
    _, keys, _, most = kind
    wanted = {row[keys[-1]]: row for row in wanted_rows}
    printed = [key_of(keys, headings, row) for row in rows]
    lost = [key for key, row in wanted.items() if key not in printed and MAY_MISS not in row]
    if len(set(printed)) < len(printed) or set(printed) - set(wanted) or (lost and not (most and len(printed) >= most)):
        yield "rows", "%s; wanted %s" % (printed, list(wanted))
        return
    for key, row in zip(printed, rows):
        for heading, cell in zip(headings, row):
            if heading in wanted[key] and heading not in keys and str(wanted[key][heading]) != cell:
                yield "%s, %s" % (key, heading), "%s; counted %s" % (cell, wanted[key][heading])


def judge_figure(headings, rows):
    names = [row[0] for row in rows]
    if headings[:1] == ["类别"] and len(set(names)) < len(names):
        yield "names", "two of a figure's categories have one name: " + "、".join(names)


def judge_table(p, caption, headings, rows):
    if caption == "图":
        yield from judge_figure(headings, rows)
        return
    for kind in KINDS:
        if kind[0].search(caption):
            track = [t for t in p.tracks if t.word in caption] or p.tracks[:1]
            yield from judge_rows(kind, kind[2](p, track[0] if kind[2] in OF_TRACKS else None), headings, rows)
            return
    if not UNCOUNTED.search(caption):
        yield "caption", "nobody counts this table once more"


def judge_cells(p, path):
    for caption, headings, rows in read_tables(path):
        for where, why in judge_table(p, caption, headings, rows):
            yield "%s: %s" % (caption, where), why


# ---- against what it must notice -----------------------------------------------------------------------

def faults_of(p):
    """Of each kind of table as that province has it: (what is wrong with it, kind, wanted rows, headings, rows)."""
    for kind in KINDS:
        for track in p.tracks if kind[2] in OF_TRACKS else [None]:
            wanted, keys = kind[2](p, track), kind[1]
            columns = list(keys) + sorted({c for row in wanted for c in row} - set(keys) - {MAY_MISS})
            rows = [(list(row[keys[-1]]) if len(keys) > 1 else [row[keys[0]]]) + [str(row[c]) for c in columns[len(keys):]]
                    for row in wanted if MAY_MISS not in row]
            yield None, kind, wanted, columns, rows
            if 0 < len(rows) < 10:
                yield "a row", kind, wanted, columns, rows[1:]
            for n, column in enumerate(columns):
                if rows:
                    yield column, kind, wanted, columns, rows[:-1] + [[cell + "9" * (k == n) for k, cell in enumerate(rows[-1])]]


def unnoticed(provinces):
    """Wrong cells and missing rows that nobody would notice, and kinds of table that none of the provinces has."""
    seen = set()
    for p in provinces:
        for wrong, kind, wanted, headings, rows in faults_of(p):
            seen |= {kind} if rows else set()
            if bool(list(judge_rows(kind, wanted, headings, rows))) != bool(wrong):
                yield "%s: %s" % (kind[0].pattern, wrong)
    yield from ("no such table: " + kind[0].pattern for kind in KINDS if kind not in seen)
    if not list(judge_figure(["类别", "企业数"], [["0", "1家"], ["0", "0家"]])):
        yield "two categories of one name"
    if not list(judge_table(None, "各设区市新事", ["设区市"], [])):
        yield "a table that nobody counts"
