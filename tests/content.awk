# The texts of content/ are for people who know no SQL: no line is longer than 300 characters (tests/tools/short-lines
# breaks them), and no query stands in them (it stands in the .sql file beside the text, and the text names it).
# usage: LC_ALL=C awk -f content.awk content/*.md content/*/*.md
FILENAME ~ /README\.md$/ { next }
{
	line = $0
	gsub(/[\200-\277]/, "", line)
	if (length(line) > 300) fault(length(line) " characters in one line")
	if (/(^|[^a-z_])(select|where|having|union|order by|group by|sum\(|count\(|iif\()([^a-z_]|$)/ || /^```sql/ || /\{\{@/ || /^sql [^:]*:/)
		fault("a query in a text: " substr($0, 1, 60))
}
function fault(what) {
	printf "%s:%d: %s\n", FILENAME, FNR, what
	faults++
}
END { exit faults > 0 }
