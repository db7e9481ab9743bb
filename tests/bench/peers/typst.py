#!/usr/bin/env python3
"""A diagnosis told to Typst: the structure of the tagged PDF (pdfinfo -struct-text), with all its words, headings, lists and tables,
as Typst markup.  Charts and stars, which are drawings, are left out: Typst has less to do than we have.
usage: typst.py PDF… FOLDER        writes FOLDER/1.typ, 2.typ …"""
import re, subprocess, sys

PREAMBLE = """#set page(paper: "a4", margin: (x: 2.54cm, y: 2.6cm), numbering: "1", header: [HEAD #h(1fr) 诊断书])
#set text(font: ("Noto Serif CJK SC",), size: 10.5pt, lang: "zh", region: "cn")
#set par(justify: true, leading: 0.75em, first-line-indent: 2em)
#set table(stroke: (x: none, y: 0.4pt), inset: (x: 3pt, y: 2.5pt))
#show heading: set text(font: "Noto Sans CJK SC")
#show figure.where(kind: table): set figure.caption(position: top)
#show figure: set block(breakable: true)
#show table: set text(size: 8.5pt)
#show table: set par(first-line-indent: 0em, justify: false)
#set document(title: "HEAD")
"""

def escape(text):
    return re.sub(r"([\\#$*_`<>@\[\]~/=+\-'\"])", r"\\\1", text)

def parse(lines):
    """The tree of pdfinfo: (type, attributes, children or texts)."""
    root = ("Root", {}, [])
    stack = [(-1, root)]
    for line in lines:
        depth, said = len(line) - len(line.lstrip()), line.strip()
        if not said:
            continue
        while stack[-1][0] >= depth:
            stack.pop()
        node = stack[-1][1]
        if said.startswith('"'):
            node[2].append(said[1:-1])
        elif said.startswith("/"):
            name, _, value = said[1:].partition(" ")
            node[1][name] = value
        elif not said.startswith("Object"):
            new = (re.split(r"[ :(<]", said)[0], {}, [])
            node[2].append(new)
            stack.append((depth, new))
    return root

def words(node):
    return "".join(part if isinstance(part, str) else words(part) for part in node[2])

def inner(node, kind):
    for part in node[2]:
        if not isinstance(part, str):
            if part[0] == kind:
                yield part
            elif part[0] in ("THead", "TBody", "TFoot"):
                yield from inner(part, kind)

def cell(part):
    span = ", ".join("%s: %s" % (ours, part[1][theirs]) for theirs, ours in (("RowSpan", "rowspan"), ("ColSpan", "colspan")) if theirs in part[1])
    body = "[%s]" % escape(words(part))
    return "table.cell(%s)%s" % (span, body) if span else body

def table(node):
    rows = [[part for part in row[2] if not isinstance(part, str)] for row in inner(node, "TR")]
    caption = next((words(part) for part in inner(node, "Caption")), None)
    columns = max(sum(int(part[1].get("ColSpan", 1)) for part in row) for row in rows)
    longest = [1] * columns
    for row in rows:
        if len(row) == columns:
            longest = [max(a, min(len(words(part)), 24)) for a, part in zip(longest, row)]
    head, body = rows[0], rows[1:]
    text = "table(columns: (%s,),\ntable.header(%s),\n%s)" % (", ".join("%dfr" % (n + 2) for n in longest), ", ".join(map(cell, head)),
        ",\n".join(", ".join(map(cell, row)) for row in body))
    return "#figure(kind: table, supplement: none, numbering: none, caption: [%s], %s)\n" % (escape(caption), text) if caption else "#" + text + "\n"

def tell(node, out):
    kind = node[0]
    if kind == "Table":
        out.append(table(node))
    elif re.fullmatch(r"H[1-6]", kind):
        out.append("=" * int(kind[1]) + " " + escape(words(node)) + "\n")
    elif kind == "L":
        for item in inner(node, "LI"):
            out.append("- " + "　".join(escape(words(part)) for part in item[2] if not isinstance(part, str)))
        out.append("")
    elif kind in ("P", "BlockQuote", "Caption", "Note"):
        out.append(escape(words(node)) + "\n")
    elif kind not in ("Figure", "Formula"):
        for part in node[2]:
            if isinstance(part, str):
                out.append(escape(part) + "\n")
            else:
                tell(part, out)

*documents, folder = sys.argv[1:]
for number, document in enumerate(documents, 1):
    said = subprocess.run(["pdfinfo", "-struct-text", document], check=True, capture_output=True, text=True).stdout
    title = re.search(r"^Title: +(.*)$", subprocess.run(["pdfinfo", document], check=True, capture_output=True, text=True).stdout, re.M)
    out = [PREAMBLE.replace("HEAD", title.group(1))]
    tell(parse(said.splitlines()), out)
    with open("%s/%d.typ" % (folder, number), "w") as file:
        file.write("\n".join(out))
