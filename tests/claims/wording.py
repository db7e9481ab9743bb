#!/usr/bin/env python3
"""Official wording (GB/T 9704, GB/T 15834) of what lies in content/ and themes/, texts, words within queries and pages of the
site alike: words and marks that do not stand in such texts, and levels of numbering that somebody typed.  And paragraphs that a condition may tear.

usage: wording.py FOLDER…     one line a fault; exit code 1 where there is any
       wording.py --planted   every rule against a line that breaks it
"""
import glob
import os
import re
import sys

HAN = "一-龥"
RULES = [
    (r"”、“", "no 、 between quoted items", "“甲”、“乙”"),
    (r"做完", "完成, not 做完", "还有2项没有做完。"),
    (r"[未没]?入榜|上榜|榜单", "列入名单, not 入榜", "未入榜的企业"),
    (r"没有[^。，；、|]{0,8}减少", "无…减少, not 没有…减少", "家数没有减少。"),
    (r"(?:[0-9]|\}\})个企业|(?:[0-9]|\}\})户企业", "enterprises are counted in 家", "{{n}}个企业"),
    (r"(?:[0-9]|\}\})家条目|(?:[0-9]|\}\})家问题", "items are counted in 项 or 条", "{{n}}家问题"),
    (r"截止(?:到|至|于|20|\{\{(?![#^/]))", "截至, not 截止", "截止{{day}}"),
    (r"[%s][,;:?!](?=[%s])" % (HAN, HAN), "full-width marks between Han", "企业,机构"),
    (r"[%s]\([%s]|[%s]\)[%s]" % (HAN, HAN, HAN, HAN), "full-width brackets", "企业(家)数"),
    (r"(?:[0-9]|\}\})\s*[~～]\s*(?:[0-9]|\{\{)", "至, not a tilde", "{{a}}~{{b}}"),
    (r"搞好|抓手|挺好|蛮|特别好|挂掉|掉星|升星|牛", "spoken language", "搞好整改"),
    (r"^(?:\*\*)?[（(][一二三四五六七八九十]+[）)]|^(?:\*\*)?[一二三四五六七八九十]+、|^#+ +(?:[（(][一二三四五六七八九十0-9]+[）)]|[一二三四五六七八九十]+、|[0-9]+[.．、])",
     "a level of numbering is typed: write a heading", "**（一）扩大覆盖。**"),
]


def prose(text):
    """Line by line, without queries, fences, comments, tags and the header."""
    inside, head = False, re.match(r"^[a-z-]+(?: [a-z_.]+)?: ", text) is not None
    for number, line in enumerate(text.split("\n"), 1):
        if head:
            head = line not in ("", "---")
            continue
        if line.startswith("```"):
            inside = not inside
            line = re.sub(r"^```\w*|\{[#.a-z].*$", "", line) if inside else ""
        elif inside:
            continue
        yield number, re.sub(r"\{\{[#^/!?>][^}]*\}\}|`[^`]*`", "", line)


def words_of_queries(text):
    """Line by line, what stands in quotes: it is printed."""
    for number, line in enumerate(text.split("\n"), 1):
        for words in [] if line.lstrip().startswith("--") else re.findall(r"'((?:[^']|'')*)'", line):
            yield number, words


def words_of_pages(text):
    """Line by line, without comments, scripts and tags but with the attributes that are shown or read out."""
    text = re.sub(r"<!--.*?-->|<(script|style).*?</\1>", lambda m: "\n" * m[0].count("\n"), text, flags=re.S)
    for number, line in enumerate(text.split("\n"), 1):
        for _, words in re.findall(r' (title|alt|aria-label|placeholder|content|description)="([^"]*)"', line):
            yield number, re.sub(r"\{\{[#^/!?>$@<][^}]*\}\}", "", words)
        yield number, re.sub(r"\{\{[#^/!?>$@<][^}]*\}\}|<[^>]*>", "", line)


TAG = r"\{\{[#^/?][^}]*\}\}"


def conditions(line):
    """What stands outside of all sections of a line, and the outermost of them as (sign, name); None where one stays open."""
    outside, found, depth, at = "", [], [], 0
    for match in re.finditer(TAG, line):
        outside += line[at:match.start()] if not depth else ""
        at = match.end()
        if match[0][2] != "/":
            depth.append((match[0][2], match[0][3:-2].split(" ")[-1]))
        elif depth:
            found.append(depth.pop())
            found = found[:-1] if depth else found
        else:
            return None
    return None if depth else (outside + line[at:], found)


def may_be_empty(line):
    """Nothing but sections of which none need be printed, or several tags alone: what is left is an empty line."""
    if not re.sub(TAG, "", line).strip():
        return len(re.findall(TAG, line)) > 1
    outside = conditions(line)
    if not outside or outside[0].strip() or not outside[1] or outside[1][0][0] == "?":
        return False
    return not any(("#", name) in outside[1] and ("^", name) in outside[1] for _, name in outside[1])


def torn(text):
    """Lines within a paragraph that may be empty, which ends it there."""
    lines, inside = text.split("\n"), False
    bare = [number for number, line in enumerate(lines) if not re.fullmatch(r"\s*" + TAG + r"\s*", line)]
    for before, number, after in zip(bare, bare[1:], bare[2:]):
        inside ^= lines[number].startswith("```")
        around = lines[before].strip() and lines[after].strip() and not (lines[before] + lines[after]).count("```")
        if not inside and around and may_be_empty(lines[number]):
            yield number + 1, "conditions get lines of their own, else the paragraph may end here", lines[number]


READERS = {".md": prose, ".sql": words_of_queries, ".html": words_of_pages, ".xml": words_of_pages}


def faults(text, reader=prose):
    for number, line in reader(text):
        for pattern, why, _ in RULES:
            match = re.search(pattern, line)
            if match:
                yield number, why, line[max(0, match.start() - 10):match.end() + 10]


def main():
    if sys.argv[1:] == ["--planted"]:
        missed = [example for _, _, example in RULES if not list(faults("\n" + example))]
        missed += ["in a query: " + example for _, _, example in RULES if not list(faults("select '%s'" % example, words_of_queries))]
        missed += ["on a page: " + example for _, _, example in RULES if not list(faults("<p>%s</p>" % example, words_of_pages))]
        missed += ["in an attribute"] if not list(faults('<a title="未入榜">', words_of_pages)) else []
        missed += ["innocent"] if list(faults("<!-- 未入榜 -->\n<script>\n'未入榜'</script>", words_of_pages)) + list(faults("-- '未入榜'", words_of_queries)) else []
        missed += ["a paragraph that is torn"] if len(list(torn("甲，\n{{#x}}乙，{{/x}}\n丙，\n{{#x}}{{#y}}\n丁。\n"))) != 2 else []
        missed += ["a whole paragraph"] if list(torn("甲，\n{{#x}}\n乙，\n{{/x}}\n丙\n{{#x}}丁{{/x}}{{^x}}戊{{/x}}\n己。\n\n{{#x}}庚{{/x}}\n\n```\na\n{{#x}}b{{/x}}\nc\n```\n")) else []
        for example in missed:
            print("not noticed: " + example)
        return 1 if missed else 0
    bad = 0
    for folder in sys.argv[1:]:
        for path in sorted(glob.glob(folder + "/**/*.*", recursive=True)):
            reader = READERS.get(os.path.splitext(path)[1])
            if not reader or path.endswith(("README.md", "theme.xml")):
                continue
            with open(path, encoding="utf-8") as file:
                text = file.read()
            for number, why, line in list(faults(text, reader)) + (list(torn(text)) if path.endswith(".md") else []):
                bad = 1
                print("%s:%d: %s: %s" % (path, number, why, line))
    return bad


if __name__ == "__main__":
    sys.exit(main())
