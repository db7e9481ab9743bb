# data/FORMATS.md §4 names the headings and words that the program knows, in both languages, and no others.
# usage: awk -f contract.awk gen/model/schema.def gen/model/choices.def data/FORMATS.md
/^[ \t]*F\(/ {
	split($0, quoted, "\"")
	entity = $0
	sub(/^[ \t]*F\(/, "", entity)
	sub(/,.*/, "", entity)
	if (entity == "entity") entity = "item_row" # ITEM_FIELDS: of the XML, whose headings stand in no table, and of the table
	fields[++field_count] = entity
	heading[field_count] = quoted[2]
	is_required[field_count] = $0 ~ /, REQUIRED,/
}
/^[ \t]*E\(/ {
	split($0, quoted, "\"")
	entity = $0
	sub(/^[ \t]*E\(/, "", entity)
	sub(/,.*/, "", entity)
	file_of[entity] = quoted[4]
}
# How an entry of a published list stands is the program's own word and never read.
/^CHOICE\(/ && !/^CHOICE\(STANDING/ {
	split($0, quoted, "\"")
	n = split(quoted[2] "|" quoted[4] "|" quoted[6], words, "|")
	for (i = 1; i <= n; i++) if (words[i] != "") wanted[words[i]] = 1
}
FILENAME ~ /FORMATS\.md$/ {
	if (FNR == 1 || /^# 中文/) language++
	text[language] = text[language] $0 "\n"
	if (match($0, /^\| `[a-z-]+(\/\*)?\.csv` \|/)) {
		split($0, cells, "|")
		file = cells[2]
		gsub(/[ `]/, "", file)
		gsub(/, |、/, "|", cells[4])
		gsub(/ /, "", cells[4])
		row[language, file] = "|" cells[4] "|"
	}
}
END {
	for (language = 1; language <= 2; language++) {
		for (i = 1; i <= field_count; i++) if (file_of[fields[i]] ~ /\.csv$/) {
			cell = is_required[i] ? "**" heading[i] "**" : heading[i]
			if (!(at = index(row[language, file_of[fields[i]]], "|" cell "|"))) complain(file_of[fields[i]] ": the heading " cell " is not there")
			else row[language, file_of[fields[i]]] = substr(row[language, file_of[fields[i]]], 1, at) substr(row[language, file_of[fields[i]]], at + length(cell) + 1)
		}
		for (word in wanted) if (!index(text[language], word)) complain("the word " word " is not there")
	}
	for (key in row) {
		gsub(/\|/, "", row[key])
		if (row[key] != "") { language = substr(key, 1, 1); complain("these are no headings: " row[key]) }
	}
	exit bad
}
function complain(what) {
	print "data/FORMATS.md, " (language == 1 ? "English" : "Chinese") ": " what
	bad = 1
}
