# Replaces every confidential cell of a table (CSV, UTF-8) or result file (XML) by a token of its own: zq000001qz.
# usage: awk -v first=N -v hide=FILE -v words="联系人 …" -f canary.awk TABLE     the last line of standard error: the next free number
# words: the headings of confidential texts; hide: credit codes whose 企业名称 is confidential too, one a line.  Rows of nominations that were not chosen lose all.
function token() { return sprintf("zq%06dqz", next_number++) }
function split_row(line, cells,    n, i, c, quoted, cell) {
	n = 0; quoted = 0; cell = ""
	for (i = 1; i <= length(line); i++) {
		c = substr(line, i, 1)
		if (c == "\"") { quoted = !quoted; cell = cell c }
		else if (c == "," && !quoted) { cells[++n] = cell; cell = "" }
		else cell = cell c
	}
	cells[++n] = cell
	return n
}
function replace_element(line, name,    open, out, at, rest, stop) {
	open = "<" name; out = ""
	while ((at = index(line, open)) > 0) {
		rest = substr(line, at); stop = index(rest, ">")
		out = out substr(line, 1, at - 1) substr(rest, 1, stop) token()
		line = substr(rest, index(rest, "</" name ">"))
		out = out "</" name ">"; line = substr(line, length(name) + 4)
	}
	return out line
}
BEGIN {
	next_number = first
	n = split(words, heads, " ")
	for (i = 1; i <= n; i++) is_secret[heads[i]] = 1
	delete heads
	while (hide != "" && (getline line < hide) > 0) hidden[line] = 1
}
FILENAME ~ /\.xml$/ { print replace_element(replace_element($0, "note"), "evidence"); next }
{ sub(/\r$/, "") }
FNR == 1 {
	sub(/^\357\273\277/, "")
	count = split_row($0, heads)
	for (i = 1; i <= count; i++) column[heads[i]] = i
	print; next
}
{
	n = split_row($0, cells)
	code = cells[column["统一社会信用代码"]]
	for (i = 1; i <= n; i++) {
		head = heads[i]
		if (head in is_secret && cells[i] != "") cells[i] = token()
		if (head == "电子邮箱" && cells[i] != "") cells[i] = token() "@example.org"
		if (head == "企业名称" && code in hidden) cells[i] = token() "有限公司"
		if (("评审结论" in column) && cells[column["评审结论"]] != "入选" && (head == "名称" || head == "简介")) cells[i] = token()
	}
	line = cells[1]
	for (i = 2; i <= n; i++) line = line "," cells[i]
	print line
}
END { print next_number > "/dev/stderr" }
