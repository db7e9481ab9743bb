# No comment, message or text speaks of a file or a section of ours that is not there.
# usage: awk -f references.awk mode=names LIST-OF-ALL-FILES mode=exceptions references.txt mode=read FILE…
#
# Read are: Markdown, messages (.def), themes and content whole; of C, awk and scripts the comments, since what
# their code names is found out by running it.  What is a reference:
#   gen/… tests/… content/… themes/…      must be a file or a folder; so must data/….md and data/models/…
#   name.md .c .h .def .awk .txt .xml     must be the end of some path of ours: diag.h, base/diag.h;
#                                         not what a run makes: out/… public/… internal/…
#   FILE.md §4, §2–4, §3.1                must be headings of FILE.md; a bare § in a page with numbered headings is its own
# * stands for anything, and so do <year>, {slug} and $(BUILD).
mode == "names" { note($0); next }
mode == "exceptions" { if ($1 !~ /^#/ && NF) { excepted[$1] = 1; if (NF < 2) complain("no reason for " $1) } next }
FNR == 1 { start() }
{ read(text_of($0)) }
END {
	for (name in excepted)
		if (!(name in used)) { print "tests/references.txt: unused exception " name; bad = 1 }
	check_sections()
	exit bad
}

function note(path,   part) {
	sub(/^\.\//, "", path)
	there[path] = 1
	all[++count] = path
	for (part = path; part != "";) {
		ends[part] = 1
		if (!sub(/^[^\/]*\//, "", part)) part = ""
	}
	for (part = path; sub(/\/[^\/]*$/, "", part);) there[part] = 1
}

function start() {
	is_code = FILENAME ~ /\.[ch]$/
	is_script = FILENAME ~ /\.(awk|py)$/ || FILENAME !~ /\.[a-z]+$/
	is_page = FILENAME ~ /\.md$/
	is_comment = is_fence = 0
	before = ""
}

# What of a line is read.
function text_of(line,   at) {
	if (is_script)
		return match(line, /(^|[ \t])#[^!]/) ? substr(line, RSTART + 1) : ""
	if (!is_code)
		return line
	if (!is_comment) {
		if (!(at = index(line, "/*"))) return ""
		line = substr(line, at + 2)
		is_comment = 1
	}
	if (at = index(line, "*/")) {
		is_comment = 0
		line = substr(line, 1, at - 1)
	}
	return line
}

function read(line,   token, gap, last) {
	if (is_page && match(line, /^#+ [0-9.]+/)) headings[FILENAME, number_of(substr(line, RSTART, RLENGTH))] = numbered[FILENAME] = 1
	gsub(/<[A-Za-z0-9_\/.-]+\.h>/, "", line)
	gsub(/<[^<>\/]*>|\{+[^{}]*\}+|\$\([^()]*\)|\$[A-Za-z_]+|…/, "*", line)
	last = before
	before = ""
	while (match(line, /[A-Za-z0-9_.*\/-]+|§[0-9][0-9.–]*/)) {
		gap = substr(line, 1, RSTART - 1)
		token = substr(line, RSTART, RLENGTH)
		line = substr(line, RSTART + RLENGTH)
		if (token ~ /^§/) {
			section(gap ~ /^[ \t`*]*$/ ? last : "", token)
		} else {
			sub(/[.,:*\/-]+$/, "", token)
			if (token == "") continue
			reference(token)
			last = token
		}
	}
	if (line ~ /^[ \t`]*$/) before = last
}

function reference(token) {
	if (token ~ /^(gen|tests|content|themes)\// || token ~ /^data\/(models\/|.*\.md$)/) {
		if (!(token in there) && !matches("^" pattern(token) "$") && !is_excepted(token)) complain("there is no " token)
	} else if (token ~ /[A-Za-z0-9_]\.(md|c|h|def|awk|txt|xml|sql)$/ && token !~ /^([\/*]|(out|public|internal)\/)/) {
		if (!(token in ends) && !matches("(^|/)" pattern(token) "$") && !is_excepted(token)) complain("there is no " token)
	}
}

function pattern(token) {
	gsub(/[.]/, "[.]", token)
	gsub(/\*/, "[^/]*", token)
	return token
}

function matches(what,   i) {
	if (what !~ /\]\*/) return 0
	if (what in known) return known[what]
	for (i = 1; i <= count; i++)
		if (all[i] ~ what) return known[what] = 1
	return known[what] = 0
}

function is_excepted(token) {
	if (!(token in excepted)) return 0
	return used[token] = 1
}

# Headings are known when all files are read.
function section(page, token) {
	if (page !~ /\.md$/) {
		if (!is_page) return
		page = FILENAME
	}
	wanted[++wishes] = page
	wanted_token[wishes] = token
	wanted_at[wishes] = FILENAME ":" FNR
	wanted_own[wishes] = page == FILENAME
}

function check_sections(   i, j, parts, n, file) {
	for (i = 1; i <= wishes; i++) {
		file = wanted[i]
		for (j = 1; !(file in there) && j <= count; j++)
			if (substr("/" all[j], length(all[j]) - length(file) + 1) == "/" file) file = all[j]
		if (wanted_own[i] && !(file in numbered)) continue
		n = split(substr(wanted_token[i], 3), parts, "–")
		for (j = 1; j <= n; j++)
			if (!((file, number_of(parts[j])) in headings)) { print wanted_at[i] ": " file " has no heading " number_of(parts[j]); bad = 1 }
	}
}

function number_of(text) {
	gsub(/[^0-9.]/, "", text)
	sub(/\.+$/, "", text)
	return text
}

function complain(what) {
	print FILENAME ":" FNR ": " what
	bad = 1
}
