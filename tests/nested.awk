# No ?: in a branch of another ?: … who reads it has to sort out which : belongs to which ?.
# usage: awk -f nested.awk gen/*/*.[ch]
# `open` counts the ?: that are not over yet, at[…] how deep in brackets each began; a comma or a closing bracket ends them.
FNR == 1 { depth = open = in_comment = 0 }
/^#/ || /^ \*/ { next }
{
	line = $0
	gsub(/\\./, "", line)
	gsub(/"[^"]*"/, "", line)
	gsub(/'[^']*'/, "", line)
	gsub(/\/\*([^*]|\*[^\/])*\*\//, "", line)
	sub(/\/\*.*/, "", line)
	for (i = 1; i <= length(line); i++) {
		c = substr(line, i, 1)
		if (c ~ /[([{]/) depth++
		else if (c ~ /[])}]/) { depth--; while (open && at[open] > depth) open-- }
		else if (c == ",") { while (open && at[open] >= depth) open-- }
		else if (c == ";") { open = 0 }
		else if (c == "?") {
			if (open && !told[FILENAME, FNR]++) { printf "%s:%d: a ?: within a ?:\n", FILENAME, FNR; bad = 1 }
			at[++open] = depth
		}
	}
	if (line ~ /[;{}]$/) { depth = open = 0 }
}
END { exit bad }
