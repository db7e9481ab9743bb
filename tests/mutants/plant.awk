# Plants one bug: replaces the only place of `before` by `after`. Ends with 1 where the place is not there, or there twice.
# usage: awk -v line='ID<TAB>FILE<TAB>…' -f plant.awk FILE
function plain(text,    out, i, c) {
	for (i = 1; i <= length(text); i++) {
		c = substr(text, i, 1)
		if (c == "\\") {
			c = substr(text, ++i, 1)
			c = c == "n" ? "\n" : c == "t" ? "\t" : c
		}
		out = out c
	}
	return out
}
{ text = text $0 "\n" }
END {
	split(ENVIRON["BUG"], bug, "\t")
	before = plain(bug[4]); after = plain(bug[5])
	at = index(text, before)
	rest = substr(text, at + length(before))
	if (!at || index(rest, before)) exit 1
	printf "%s%s%s", substr(text, 1, at - 1), after, rest
}
