# How many lines of our C are wider than 120 columns, tabs taken as 8 and characters as one; lines that are one long string count too.
# The number in width.txt may only fall: more is a fault, fewer asks for the new number.
# usage: awk -f width.awk width.txt gen/*.c gen/*/*.[ch]
FILENAME ~ /width\.txt$/ { if ($1 !~ /^#/ && NF) allowed = $1; next }
{
	line = $0
	gsub(/\t/, "        ", line)
	gsub(/[\200-\277]/, "", line)
	if (length(line) > 120) { wide++; of[FILENAME]++ }
}
END {
	if (wide > allowed) {
		printf "%d lines are wider than 120 columns, %d were; the widest files:\n", wide, allowed
		for (file in of) if (of[file] > 20) printf "  %d %s\n", of[file], file
		exit 1
	}
	if (wide < allowed) printf "%d lines are wider than 120 columns, fewer than the %d of tests/width.txt: write it down there\n", wide, allowed
}
