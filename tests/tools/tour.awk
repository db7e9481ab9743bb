# One line a file for gen/README.md: the first sentence of each header, and of each source file that has none.
# usage: awk -f tour.awk FILE…   fails when a file says nothing of itself
function finish(   name) {
	if (file == "")
		return
	name = file
	sub(/^gen\//, "", name)
	if (file ~ /\.h$/)
		sub(/\.h$/, "", name)
	if (said == "") {
		print file ": no sentence at its head says what it is for" > "/dev/stderr"
		silent = 1
	}
	folder = name
	sub(/\/.*/, "", folder)
	if (folder != before)
		printf "%s| `%s/` | |\n|---|---|\n", before == "" ? "" : "\n", folder
	before = folder
	gsub(/\|/, "\\|", said)
	printf "| `%s` | %s |\n", substr(name, length(folder) + 2), said
}
FNR == 1 { finish(); file = FILENAME; said = ""; state = 0 }
state == 0 && /^( \*|\/\*) [^ ]/ && !/SPDX/ { state = 1 }
state == 1 {
	line = $0
	is_last = line ~ /\*\/$/
	sub(/^(\/\*| \*) ?/, "", line)
	sub(/ *\*\/$/, "", line)
	if (line == "") { state = 2; next }
	said = said (said == "" ? "" : " ") line
	if (match(said, /[.]( |$)/)) { said = substr(said, 1, RSTART - 1); state = 2 }
	else if (is_last) state = 2
}
/^#include/ && state == 0 { state = 2 }
END { finish(); exit silent }
