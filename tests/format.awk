# The form of our C, as far as a machine should judge it (clang-format unmakes tables and aligned comments):
# tabs for indentation, no trailing blanks, no line over 180 characters, no two blank lines, a space behind keywords,
# no const dropped by a cast without its reason on the line,
# no blank line behind an opening brace or before a closing one, a newline at the end.
# usage: awk -f format.awk gen/*/*.[ch]
function flag(what) { printf "%s:%d: %s\n", FILENAME, FNR, what; bad = 1 }
function width(line,    n) { n = length(line); gsub(/\t/, "        ", line); return length(line) }
FNR == 1 { blank = 1; opened = 0 }
/[ \t]$/ { flag("trailing blanks") }
/^ +[^ *]/ && !/^ \*/ { flag("indentation by spaces") }
/^\t* +\t/ { flag("spaces before a tab") }
width($0) > 180 && !/^[ \t]*[A-Z_]+\(/ && !/"[^"]*"/ && !/\\$/ { flag("over 180 columns") }
/(^|[^A-Za-z0-9_"])(if|for|while|switch|return)\(/ && !/^ \*|\/\*|"/ { flag("no space behind a keyword") }
/\*\)\(uintptr_t\)/ && !/\/\*/ { flag("const dropped without a reason on the line") }
$0 == "" && blank { flag("two blank lines") }
$0 == "" && opened { flag("a blank line behind {") }
/^\t*\}/ && blank && FNR > 1 { flag("a blank line before }") }
{ blank = ($0 == ""); opened = /\{$/ && !/"/ }
END { exit bad }
