# Fail when a source includes what its layer may not see, or a foreign header it does not own.
# usage: awk -f layers.awk layers.txt gen/*/*.[ch]
FILENAME ~ /layers\.txt$/ {
	if ($1 ~ /^#/ || NF == 0) next
	may[$1, $1] = 1
	if ($1 ~ /^</) owned[$1] = 1
	for (i = 3; i <= NF; i++) may[$1, $i] = 1
	next
}
/^#[ \t]*include "/ {
	split(FILENAME, path, "/")
	from = (path[3] == "") ? "main" : path[2]
	to = $0
	sub(/^#[ \t]*include "/, "", to)
	if (to !~ /\//) { complain(from); next }
	sub(/\/.*/, "", to)
	if (!((from, to) in may)) complain(from)
}
/^#[ \t]*include </ {
	header = $0
	sub(/^#[ \t]*include /, "", header)
	sub(/[\/>].*/, ">", header)
	split(FILENAME, path, "/")
	if (header in owned && !((header, FILENAME) in may) && !((header, path[2]) in may)) complain(FILENAME)
}
function complain(who) {
	printf "%s:%d: %s may not: %s\n", FILENAME, FNR, who, $0
	bad = 1
}
END { exit bad }
