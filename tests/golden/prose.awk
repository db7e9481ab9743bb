# The sentences, headings and captions of a report in HTML, one a line: no tables, no pictures, no style.
BEGIN {
	RS = "<"
	split("p h1 h2 h3 h4 h5 li caption figcaption", names, " ")
	for (i in names) block[names[i]] = 1
	split("style svg details nav dl table script", names, " ")
	for (i in names) left_out[names[i]] = 1
}
{
	end = index($0, ">")
	tag = substr($0, 1, end - 1)
	text = substr($0, end + 1)
	sub(/[ \t\n].*/, "", tag)
	name = tag
	is_end = sub(/^\//, "", name)
	if (name in left_out && !(name == "table" && is_end)) { inside += is_end ? -1 : 1 }
	else if (name == "table") inside--
	if (name == "caption") { inside += is_end ? 1 : -1 }
	if (name in block) {
		if (line != "") print line
		line = ""
	}
	if (inside <= 0) { gsub(/[ \t\n]+/, " ", text); line = line text }
}
END { if (line != "") print line }
