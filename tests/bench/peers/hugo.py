#!/usr/bin/env python3
"""The site of a province told to Hugo: every page of ours with its title as front matter and what stands in its <main> as its body; head
and foot are a layout.  Hugo need not reckon, escape, scan or compare anything.
usage: hugo.py PUBLIC FOLDER"""
import os, re, sys

public, folder = sys.argv[1:]
home = open(os.path.join(public, "index.html"), encoding="utf-8-sig").read()
start, end = re.search(r"<main[^>]*>", home), home.index("</main>")
head = re.sub(r"<title>.*?</title>", "<title>{{ .Title }}</title>", home[:start.end()], flags=re.S)
for path in ("layouts/_default", "content"):
    os.makedirs(os.path.join(folder, path))
for name in ("single", "list", "index"):
    layout = "layouts/_default/%s.html" % name if name != "index" else "layouts/index.html"
    with open(os.path.join(folder, layout), "w") as file:
        file.write(head + "{{ .Content }}" + home[end:])
with open(os.path.join(folder, "config.toml"), "w") as file:
    file.write('baseURL = "https://example.org/"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap", "section"]\n')
count = 0
for where, _, files in os.walk(public):
    for name in files:
        if not name.endswith(".html"):
            continue
        page = open(os.path.join(where, name), encoding="utf-8-sig").read()
        main = re.search(r"<main[^>]*>(.*)</main>", page, re.S)
        title = re.search(r"<title>(.*?)</title>", page, re.S)
        if not main:
            continue
        count += 1
        with open(os.path.join(folder, "content", "%d.html" % count), "w") as file:
            file.write('+++\ntitle = "%s"\n+++\n%s' % (title.group(1).replace('"', "'").strip(), main.group(1).replace("{{", "{ {")))
print(count)
