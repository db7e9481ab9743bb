# Texts, pages and the program name no track: which there are, and what they are called, is data.  The words looked for are
# those of data/tracks.csv, so a new track there needs no change here.  Comments of the program may give examples.
# usage: awk -f tracks.awk data/tracks.csv FILE…
BEGIN {
	# What holds such a word and names no track: one a line, with the reason.
	allowed["工业互联网平台"]     # what the programme is about
	allowed["省级平台"]           # where enterprises register
	allowed["控制系统平台互联"]   # common characters, shaped ahead
	allowed["p.platform"]         # 平台名称, a field of participations: which platform was assessed
	allowed["->platform"]         # the same field in the program
	allowed["{{platform}}"]
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
	for (word in words)
		if (word ~ /^[a-z0-9-]+$/ ? line ~ ("[^A-Za-z0-9_]" word "[^A-Za-z0-9_]") : index(line, word)) {
			printf "%s:%d: names the track %s\n", FILENAME, FNR, word
			bad = 1
		}
}
END { exit bad }
