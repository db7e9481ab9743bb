# Texts, pages and the program name no track: which there are, and what they are called, is data.  The words looked for are
# those of data/tracks.csv, so a new track there needs no change here.  Comments of the program may give examples.
# usage: awk -f tracks.awk data/tracks.csv FILE…
# What stands between quotes in a line of C: a name there is no word, and what names a track is a string.
function strings(line,    out, part, i, count) {
	count = split(line, part, "\"")
	for (i = 2; i <= count; i += 2)
		out = out " " part[i] " "
	return out
}
BEGIN {
	# What holds such a word and names no track: one a line, with the reason.
	allowed["工业互联网平台"]     # what the programme is about
	allowed["省级平台"]           # where enterprises register
	allowed["控制系统平台互联"]   # common characters, shaped ahead
	allowed["p.platform"]         # 平台名称, a field of participations: which platform was assessed
	allowed["->platform"]         # the same field in the program
	allowed["{{platform}}"]
	allowed["平台名称"]           # its heading
	allowed["几个平台"]           # as which an enterprise may take part
	allowed["每个平台计"]
	allowed["named_platform as platform"]
	allowed["json_write_named_text(json, \"platform\""] # its name in a trace,
	allowed["text_is(text_from(field->name), \"platform\")"] # in schema.def
	allowed["text_is(attribute->name, \"platform\")"] # and as an attribute of results
	allowed["track platform round"]
	allowed["{{#platform}}"]
	allowed["{{/platform}}"]
	allowed["FIELD(\"platform\", PARTICIPATION, participation, platform)"]
	allowed["CHOICE(CHANNEL, PLATFORM, \"平台\", \"platform\", \"系统|省级平台\")"] # a channel by which documents go out
	allowed["\"platform/\""]     # and its folder in a batch
	plain["data"]; plain["identifier"] # ids that are words of every program: only their names are looked for
	example["gen/model/schema.def"] # explains the fields of a track by the ones everybody knows
	example["gen/base/diag.def"]    # as do the messages about them
}
FNR == NR { if (FNR > 1) { split($0, cells, ","); for (i = 1; i <= 3; i++) if (!(cells[i] in plain)) words[cells[i]] }; next }
FILENAME in example { next }
FILENAME ~ /\.[ch]$/ && /^[ \t]*(\/?\*|\/\/)/ { next }
{
	line = " " $0 " "
	if (FILENAME ~ /\.[ch]$/)
		gsub(/\/\*[^*]*\*\//, "", line)
	for (phrase in allowed)
		while ((at = index(line, phrase)))
			line = substr(line, 1, at - 1) " " substr(line, at + length(phrase))
	quoted = line
	if (FILENAME ~ /\.[ch]$/)
		quoted = strings(line)
	for (word in words)
		if (word ~ /^[a-z0-9-]+$/ ? quoted ~ ("[^A-Za-z0-9_]" word "[^A-Za-z0-9_]") : index(line, word)) {
			printf "%s:%d: names the track %s\n", FILENAME, FNR, word
			bad = 1
		}
}
END { exit bad }
