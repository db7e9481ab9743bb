# Rewrites what the public tree must not depend on: of participations that are not listed all results go, of enterprises
# without a listed one the industry too.  UTF-8; results as CSV or XML (an <assessment> begins and ends on lines of its own).
# usage: awk -v unlisted=FILE -v hide=FILE -f silence.awk TABLE
# unlisted: "code,track" (工控 or 平台), one a line; hide: credit codes that are listed in no track, one a line
BEGIN {
	while ((getline line < unlisted) > 0) silent[line] = 1
	while ((getline line < hide) > 0) hidden[line] = 1
	FS = OFS = ","
	word["ics"] = "工控"; word["platform"] = "平台"
}
FILENAME ~ /\.xml$/ {
	if (match($0, /<assessment enterprise="[^"]*" track="[^"]*"/)) {
		split(substr($0, RSTART, RLENGTH), part, "\"")
		skip = (part[2] "," word[part[4]]) in silent
	}
	if (!skip) print
	if ($0 ~ /<\/assessment>/) skip = 0
	next
}
FNR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; print; next }
("轮次" in column) && (($1 "," $2) in silent) { next }
("行业代码" in column) && ($1 in hidden) { $column["行业代码"] = "C13" }
{ print }
