#!/usr/bin/env python3
"""Shares in content/: each table and chart that shows one says what it is a share of, and a measure has everywhere as many
digits behind the point: two for the coverage (自评估覆盖率), which is small, none for what the rules set, one for the others.
What is put together with || and computed stands in brackets: SQLite puts together first, and 'a' || 2 * w is 0.

usage: shares.py FOLDER       one line a fault; exit code 1 where there is any
       shares.py --planted    every rule against a text that breaks it
"""
import glob
import os
import re
import sys

NAMED = re.compile("分母|除以|平均值")
SET_BY_RULES = re.compile(r"percent\((?:partial|0\.95), 0\)|percent\(s\.share\)")


def queries(text):
    return dict(re.findall(r"^-- name: (\w+)\n(.*?)(?=^-- name:|\Z)", text, re.S | re.M))


def calls(sql):
    """Each percent(…), brackets within it closed."""
    for match in re.finditer(r"percent\(", sql):
        depth, end = 1, match.end()
        while depth and end < len(sql):
            depth += {"(": 1, ")": -1}.get(sql[end], 0)
            end += 1
        yield match.start(), sql[match.start():end]


def digits(sql):
    """Shares with another number of digits than theirs."""
    for at, call in calls(SET_BY_RULES.sub("", sql)):
        given = re.search(r",\s*([0-9])\)$", call)
        inner = re.sub(r",\s*[0-9]\)$|\)$", "", call[len("percent("):])
        wanted = 2 if re.search(r"\bcoverage\b|self_assessed", inner) else 1
        if "measure_code" not in call and int(given[1] if given else 1) != wanted:
            yield sql[:at].count("\n") + 1, "%d digits, not %s" % (wanted, given[1] if given else 1), call


def unnamed(text, known):
    """Tables and charts of shares without a word of what they are shares of."""
    for match in re.finditer(r"^```(?:table|chart)([^\n]*)\nquery: (\w+)", text, re.M):
        if "percent(" in SET_BY_RULES.sub("", known.get(match[2], "")) and not NAMED.search(match[1]):
            yield text[:match.start()].count("\n") + 1, "a share of what?", match[1].strip()


def glued(sql):
    """What would be computed of a text that is put together.  Words in quotes become 0, comments and brackets go."""
    bare = re.sub(r"'(?:[^']|'')*'", lambda m: "0" * len(m[0]), sql)
    bare = re.sub(r"--[^\n]*|\{\{.*?\}\}", lambda m: "0" * len(m[0]), bare)
    places = set()
    for _ in range(9):  # brackets within brackets
        places |= {match.start() for match in re.finditer(r"\|\|\s*[\w.]+\s*[-*/%+]|[-*/%+]\s*[\w.]+\s*\|\|", bare)}
        bare = re.sub(r"[a-z_]*\([^()]*\)", lambda m: re.sub("[^\n]", "0", m[0]), bare)
    for at in sorted(places):
        yield sql[:at].count("\n") + 1, "brackets around what is computed", sql[at:at + 24].replace("\n", " ")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def main():
    if sys.argv[1:] == ["--planted"]:
        rate = {"q": "select percent(rate) as 达标率 from t"}
        noticed = [list(digits(sql)) for sql in ("percent(rate, 0)", "percent(max(coverage))", "percent(sum(a),\n sum(b), 2)")]
        noticed.append(list(unnamed("```table 达标率 {#tbl-x}\nquery: q\n```\n", rate)))
        noticed += [list(glued(sql)) for sql in ("'高估' || 2 * w || '以上'", "'第' || n + 1", "n - 1\n || '家'")]
        innocent = list(glued("'a * b' || (2 * w) || iif(a > 0, a * (b - 1), '—') || '-' -- 'x' || 2 * 3")) + list(digits("percent(partial, 0), percent(max(coverage), 2), percent(sum(a), sum(b), 1)"))
        innocent += unnamed('```table 达标率 {#tbl-x note="以参培家次为分母。"}\nquery: q\n```\n', rate)
        return 0 if all(noticed) and not innocent else 1
    bad = 0
    folder = sys.argv[1]
    paths = sorted(glob.glob(folder + "/**/*.sql", recursive=True))
    found = [(path, faults(read(path))) for path in paths for faults in (digits, glued)]
    for path in sorted(glob.glob(folder + "/report*/*.md")):
        own = path[:-3] + ".sql"
        found.append((path, unnamed(read(path), queries(read(own)) if os.path.exists(own) else {})))
    for path, faults in found:
        for number, why, words in faults:
            bad = 1
            print("%s:%d: %s: %s" % (path, number, why, words))
    return bad


if __name__ == "__main__":
    sys.exit(main())
