# Functions over 60 body lines and files over 500 lines fail, unless waived by name; an unused waiver fails too.
# usage: awk -f length.awk length-waivers.txt gen/*/*.c
FILENAME ~ /waivers\.txt$/ {
	if ($1 !~ /^#/ && NF) waived[$1] = 1
	next
}
FNR == 1 { finish_file(); file = FILENAME; lines = 0 }
{ lines = FNR }
/^[a-zA-Z_].*\)$/ || /^[a-zA-Z_].*[,(]$/ { signature = $0 }
/^\{/ { start = FNR }
/^\}/ && start { if (FNR - start - 1 > 60) flag(file ":" name(signature), file ":" start ": function of " FNR - start - 1 " lines"); start = 0 }
function name(line) {
	sub(/\(.*/, "", line)
	sub(/.*[ *]/, "", line)
	return line
}
function finish_file() {
	if (file != "" && lines > 500) flag(file, file ": " lines " lines")
}
function flag(key, message) {
	if (key in waived) { used[key] = 1; return }
	print message " (" key ")"
	bad = 1
}
END {
	finish_file()
	for (key in waived) if (!(key in used)) { print "unused waiver " key; bad = 1 }
	exit bad
}
