#!/usr/bin/env python3
"""How pages are made up: white at their feet, where captions stand, equal rows, loose lines, what stands alone.

usage: measure.py report FILE…       each report by itself
       measure.py diagnosis FILE…    all of them together: shares are of all their pages

Says what breaks a limit and exits 1; else says what was measured.  Reads the finished PDF as anybody can: ink by
pdftoppm, words and their boxes by pdftotext -bbox.  Lengths are points.
"""
import collections
import html
import re
import statistics
import subprocess
import sys

DPI = 36
AREAS = {"report": (104.9, 742.7), "diagnosis": (78.0, 758.0)}  # of the type area, from the top
HEADING = re.compile(r"^(（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、)[^。；]{1,26}$")
CAPTION = re.compile(r"^(表|图)(\d+-\d+)(?![、和，。至])(.{2,40})$")
MENTION = re.compile(r"(表|图)(\d+-\d+)")
LIMITS = {
    "report": {"mean": 4.0, "page": 15.5, "far": 0, "pitch": 0.5, "loose": 1.06},
    "diagnosis": {"far": 0, "above": 2.0, "pitch": 0.5, "loose": 1.06},
}


class Line:
    """Words on one baseline: (left, right, foot, height, text) each."""

    def __init__(self, words):
        self.words = sorted(words)
        self.foot = self.words[0][2]
        self.height = self.words[0][3]
        self.text = "".join(w[4] for w in self.words)


def lines_of(path):
    """Per page its lines from the top down."""
    out = subprocess.run(["pdftotext", "-bbox", path, "-"], check=True, capture_output=True, text=True).stdout
    pages = []
    number = r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*)</word>'
    for row in out.splitlines():
        found = re.search(number, row)
        if "<page " in row:
            pages.append([])
        elif found:
            a, b, c, d = (float(v) for v in found.groups()[:4])
            pages[-1].append((a, c, d, d - b, html.unescape(found.group(5))))
    return [rows_of(page) for page in pages]


def rows_of(words):
    rows = []
    for word in sorted(words, key=lambda w: w[2]):
        if rows and word[2] - rows[-1][-1][2] < 2:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [Line(row) for row in rows]


def ink_ends(path):
    """Per page the height down to which there is ink, by the rows of a coarse picture."""
    data, at, ends = subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", path], check=True, capture_output=True).stdout, 0, []
    while at < len(data):
        head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data[at:at + 40])
        width, height = int(head[1]), int(head[2])
        at += head.end()
        ends.append([y * 72 / DPI for y in range(height) if min(data[at + y * width:at + (y + 1) * width]) < 225])
        at += width * height
    return ends


def inside(page, area):
    return [x for x in page if area[0] < x.foot < area[1] + 6]


def contents_of(pages):
    """Numbers of the pages of contents: their title, and what follows it with a number at the end of nearly every line."""
    found = set()
    for n, page in enumerate(pages):
        entries = sum(bool(re.search(r"\d+$", x.text)) for x in page)
        if any(x.text in ("目录", "表目录", "图目录") for x in page) or (n - 1 in found and entries > 0.6 * len(page) > 3):
            found.add(n)
    return found


def empties(path, pages, kind):
    """[(page, share in percent)] of inner pages that do not end a chapter or stand before an annex."""
    area, out, skipped = AREAS[kind], [], contents_of(pages)
    for n, rows in enumerate(ink_ends(path)):
        if n == 0 or n + 1 >= len(pages) or n in skipped:
            continue
        following = [x.text for x in inside(pages[n + 1], area)][:1]
        if kind == "report" and following and re.match(r"附件\d*|[一二三四五六七八九十]+、", following[0]):
            continue
        ink = [y for y in rows if area[0] <= y < area[1]]
        out.append((n + 1, 100 * (1 - ((ink[-1] if ink else area[0]) - area[0] + 72 / DPI) / (area[1] - area[0]))))
    return out


def captions(pages, kind):
    """Names of captions behind another heading than their mention, and of those two pages or more behind it."""
    heading, mentions, placed, behind, far, skipped = None, {}, set(), [], [], contents_of(pages)
    for n, page in enumerate(pages):
        if n == 0 or n in skipped:
            continue
        for line in inside(page, AREAS[kind]):
            if HEADING.match(line.text) and line.text[-1] not in "0123456789":
                heading = line.text
            found = CAPTION.match(line.text)
            if found and len(line.words) <= 4 and not re.search("[。，；]|汇总|列出", line.text):
                name = found[1] + found[2]
                at = mentions.get(name)
                if name not in placed and at:
                    if at[0] and at[0] != heading:
                        behind.append(f"{name} on page {n + 1}: {at[0]} / {heading}")
                    if n - at[1] > 1:
                        far.append(f"{name}: page {at[1] + 1} to {n + 1}")
                placed.add(name)
            elif not line.text.startswith("续"):
                for name in ("".join(m) for m in MENTION.findall(line.text)):
                    mentions.setdefault(name, (heading, n))
    return behind, far, len(placed)


def pitches(pages, kind):
    """{class: [pitch]}: the commonest distance of neighbouring rows of each table; four rows at least."""
    classes = collections.defaultdict(list)
    for page in pages:
        heads = [x for x in page if re.match(r"续?附?表\d+-\d+", x.text) and len(x.words) <= 4 and not re.search("[。，；]", x.text)]
        for head in heads:
            end = min([x.foot for x in heads if x.foot > head.foot + 1], default=1e9)
            rows, size = [], None
            for line in (x for x in page if head.foot < x.foot < end):
                height = round(line.height, 1)
                size = size or height
                if abs(height - size) > 0.3 or (rows and line.foot - rows[-1] > 60):
                    break
                if not rows or line.foot - rows[-1] > 4:
                    rows.append(line.foot)
            steps = collections.Counter(round(b - a, 1) for a, b in zip(rows, rows[1:]))
            if steps and steps.most_common(1)[0][1] >= 4:
                title = re.sub(r"^续?附?表\d+-\d+", "", head.text)
                classes[size if kind == "report" else (title, size)].append(steps.most_common(1)[0][0])
    return classes


def widest(classes):
    """The largest range of pitches that are meant to be one: more than 1.5 points apart they are not."""
    worst = (0.0, "")
    for name, values in classes.items():
        values, first = sorted(values), 0
        for i in range(1, len(values) + 1):
            if i == len(values) or values[i] - values[i - 1] > 1.5:
                worst = max(worst, (round(values[i - 1] - values[first], 2), str(name)))
                first = i
    return worst


def loosest(pages):
    """The widest distance of Han characters to the commonest of their size."""
    words = [(w[3], (w[1] - w[0]) / len(w[4]), w[4]) for p in pages for x in p for w in x.words
             if len(w[4]) >= 8 and w[3] > 9.9 and re.fullmatch("[\u4e00-\u9fff]+", w[4])]
    solid = {}
    for size in {round(h, 1) for h, _, _ in words}:
        solid[size] = statistics.mode(round(d, 1) for h, d, _ in words if round(h, 1) == size)
    return max(((d / solid[round(h, 1)], t) for h, d, t in words), default=(1.0, ""))


def lonely(pages, kind):
    """Headings at a page's foot, rows alone behind 续表, a last page of two lines."""
    out, skipped = [], contents_of(pages)
    for n, page in enumerate(pages):
        body = inside(page, AREAS[kind])
        if n == 0 or not body or n in skipped:
            continue
        if HEADING.match(body[-1].text) and not body[-1].text[-1].isdigit() and n + 1 < len(pages):
            out.append(f"page {n + 1} ends with the heading {body[-1].text}")
        if re.match(r"续附?表", body[0].text) and len({round(x.foot) for x in body}) < 5:
            out.append(f"page {n + 1} holds next to nothing of {body[0].text}")
        if n + 1 == len(pages) and len({round(x.foot) for x in body}) < 3:
            out.append(f"the last page holds {len(body)} lines")
    return out


def judge(kind, paths):
    limits, faults, shares, classes, count, loose, far_count = LIMITS[kind], [], [], collections.defaultdict(list), 0, (1.0, ""), 0
    for path in paths:
        pages, name = lines_of(path), path.split("/")[-1]
        own = empties(path, pages, kind)
        shares += [(s, f"{name} page {n}") for n, s in own]
        behind, far, found = captions(pages, kind)
        count += found
        far_count += len(far)
        faults += [f"{name}: behind another heading: {x}" for x in behind] + [f"{name}: {x}" for x in lonely(pages, kind)]
        if kind == "diagnosis":
            faults += [f"{name}: far from its mention: {x}" for x in far]
        for key, values in pitches(pages, kind).items():
            classes[key] += values
        loose = max(loose, loosest(pages))
    mean, above = statistics.mean(s for s, _ in shares), [x for x in shares if x[0] > 20]
    if mean > limits.get("mean", 100):
        faults.append(f"{mean:.1f} % of the pages are empty, not {limits['mean']}")
    faults += [f"{where}: {s:.0f} % empty" for s, where in shares if s > limits.get("page", 100)]
    if 100 * len(above) > limits.get("above", 100) * len(shares) and len(above) > 1:
        faults += [f"{where}: {s:.0f} % empty" for s, where in above]
    if far_count > limits.get("far", 99):
        faults.append(f"{far_count} captions stand two pages or more behind their mention")
    pitch = widest(classes)
    if pitch[0] > limits["pitch"]:
        faults.append(f"rows of {pitch[1]} differ by {pitch[0]} points")
    if loose[0] > limits["loose"]:
        faults.append(f"a loose line, {loose[0]:.3f}: {loose[1]}")
    if not shares or not count or not classes:
        faults.append("nothing was measured")
    print(f"{kind}: {len(shares)} inner pages, {mean:.1f} % empty, largest {max(shares)[0]:.0f} %; {count} captions; "
          f"{sum(map(len, classes.values()))} tables, rows differ by {pitch[0]}; loosest {loose[0]:.3f}")
    return faults


if __name__ == "__main__":
    wrong = []
    for group in ([[p] for p in sys.argv[2:]] if sys.argv[1] == "report" else [sys.argv[2:]]):
        wrong += judge(sys.argv[1], group)
    for fault in wrong:
        print("  " + fault)
    sys.exit(1 if wrong else 0)
