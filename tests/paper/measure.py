#!/usr/bin/env python3
"""Measures a form by the boxes of its words (pdftotext -bbox).

usage: measure.py box FILE X Y WIDTH HEIGHT FIRST LAST   the words from FIRST to LAST of page 1 lie in the box (millimetres)
       measure.py labels FILE COUNT                      labels of 70 x 37 mm, 3 x 8 on A4 from 0.5 mm below the edge
"""
import re
import subprocess
import sys

MM = 72 / 25.4
NEAR = 0.3  # millimetres: what printers and punched sheets are good for


def words(path):
    out = subprocess.run(["pdftotext", "-bbox", path, "-"], check=True, capture_output=True, text=True).stdout
    pages = []
    for line in out.splitlines():
        if "<page " in line:
            pages.append([])
        found = re.search(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*)</word>', line)
        if found:
            pages[-1].append([float(v) / MM for v in found.groups()[:4]] + [found.group(5)])
    return pages


def fail(text):
    print(text)
    sys.exit(1)


def box(path, x, y, width, height, first, last):
    page = words(path)[0]
    begin = next(i for i, w in enumerate(page) if first in w[4])
    end = next(i for i, w in enumerate(page) if last in w[4] and i > begin)
    for w in page[begin:end + 1]:
        if w[0] < x - NEAR or w[1] < y - NEAR or w[2] > x + width + NEAR or w[3] > y + height + NEAR:
            fail(f"outside: {w}")


def labels(path, count):
    pad, left, top, width, height = 4, 0, 0.5, 70, 37
    cells = {}
    for number, page in enumerate(words(path)):
        for w in page:
            column, row = int((w[0] - left + 0.01) // width), int(((w[1] + w[3]) / 2 - top) // height)
            cells.setdefault((number, row, column), []).append(w)
    if len(cells) != count:
        fail(f"{len(cells)} labels, not {count}")
    middles = []
    for (number, row, column), inside in cells.items():
        x, y = left + column * width, top + row * height
        if not (0 <= column < 3 and 0 <= row < 8):
            fail(f"off the sheet: {inside[0]}")
        first = min(w[0] for w in inside)
        if abs(first - (x + pad)) > NEAR:
            fail(f"label {row},{column} begins at {first:.2f} mm, not {x + pad}")
        for w in inside:
            if w[2] > x + width - pad + NEAR or w[1] < y + pad - NEAR - 0.6 or w[3] > y + height - pad + NEAR + 0.6:
                fail(f"label {row},{column}: over its edge: {w}")
        codes = [w[4] for w in inside if re.fullmatch(r"\d{8}-\d{4}", w[4])]
        if len(codes) != 1:
            fail(f"label {row},{column}: copies {codes}")
        # the labels of a batch that say as many lines stand alike in their cells
        if int(codes[0][-4:]) <= 27:
            middles.append(min(w[1] for w in inside) - y)
    if max(middles) - min(middles) > NEAR:
        fail(f"rows are not 37 mm apart: {min(middles):.2f} to {max(middles):.2f}")


if __name__ == "__main__":
    if sys.argv[1] == "box":
        box(sys.argv[2], *map(float, sys.argv[3:7]), *sys.argv[7:9])
    else:
        labels(sys.argv[2], int(sys.argv[3]))
