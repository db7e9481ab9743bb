# Every address that a tree has, and every link that leads nowhere.
# usage: cd TREE && find . -name '*.html' | sort | xargs awk -v files=LIST -v base=/PATH/ -f addresses.awk
#   base: the path of the tree's address
#   LIST: find . -type f        prints "id FILE#ID" and "broken FILE → LINK"
BEGIN {
	while ((getline line < files) > 0)
		known[substr(line, 3)] = 1
}
{
	file = substr(FILENAME, 3)
	rest = $0
	while (match(rest, / (href|src|id|data-index|data-root)="[^"]*"/)) {
		part = substr(rest, RSTART + 1, RLENGTH - 2)
		rest = substr(rest, RSTART + RLENGTH)
		name = part
		sub(/=.*/, "", name)
		sub(/^[a-z-]*="/, "", part)
		if (name == "id")
			ids[file "#" part] = 1
		else if (part !~ /^[a-z]+:/)
			links[++count] = file "\t" part
	}
}
END {
	for (id in ids)
		print "id " id
	for (i = 1; i <= count; i++) {
		split(links[i], link, "\t")
		check(link[1], link[2])
	}
}
function check(from, to,    path, anchor, parts, kept, n, size, i) {
	anchor = path = to
	if (!sub(/^[^#]*#/, "", anchor))
		anchor = ""
	sub(/[#?].*/, "", path)
	if (path == "")
		path = from
	else if (index(path, base) == 1 || path !~ /^\//) {
		n = split(from, parts, "/")
		if (index(path, base) == 1) { # of 404.html, which stands at any depth
			path = substr(path, length(base) + 1)
			n = 0
		}
		for (i = 1; i < n; i++)
			kept[++size] = parts[i]
		n = split(path, parts, "/")
		for (i = 1; i <= n; i++) {
			if (parts[i] == "..")
				size--
			else if (parts[i] != "." && (parts[i] != "" || i == n))
				kept[++size] = parts[i]
		}
		path = size > 0 ? kept[1] : ""
		for (i = 2; i <= size; i++)
			path = path "/" kept[i]
	}
	if (path == "" || path ~ /\/$/)
		path = path "index.html"
	if (size < 0 || !(path in known) || (anchor != "" && !((path "#" anchor) in ids)))
		print "broken " from " → " to
}
