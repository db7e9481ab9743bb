# Reads the three kinds of lines that tests/tools/unused collects.

$1 == "exception" {
	if ($2 ~ /^[a-z]/) {
		excepted[$2] = 1
		if (NF < 3) complain($2 ": an exception without a reason")
	}
	next
}

# symbol FILE: NAME KIND …
$1 == "symbol" {
	if ($4 == "U" || $4 == "w") {
		wanted[$3] = 1
	} else if (!($3 in home)) {
		home[$3] = $2
		names[++count] = $3
	}
	next
}

# A function's first line: no blank before it, its name before the first parenthesis.
$1 == "header" && /^header [a-z][^#=]*[ *][a-z_0-9]+\(/ && !/^header (static|typedef|extern "C")/ {
	name = $0
	sub(/\(.*/, "", name)
	sub(/.*[ *]/, "", name)
	if (name != "__attribute__") declared[name] = 1
}

END {
	if (!count) complain("no objects")
	for (i = 1; i <= count; i++) {
		name = names[i]
		if (name in wanted || name == "main") continue
		if (name in excepted) needed[name] = 1
		else complain(home[name] " " name ": nobody else needs it")
	}
	for (name in declared)
		if (!(name in home)) complain(name ": declared in a header, defined nowhere")
	for (name in excepted)
		if (!(name in needed)) complain("tests/unused.txt: " name " is needed, or is not there any more")
	exit failed
}

function complain(words) { print words; failed = 1 }
