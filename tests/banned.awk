# What the program must not call: unsafe string functions, and clock, locale, environment, randomness and shells outside main.c.
# usage: awk -f banned.awk gen/*.c gen/*/*.c
BEGIN {
	split("strcpy strcat sprintf vsprintf stpcpy gets strtok strncpy strncat atoi atol atoll atof setlocale rand srand random " \
	      "localtime gmtime asctime ctime mktime time gettimeofday clock_gettime system popen tmpnam tempnam mktemp alloca " \
	      "getenv secure_getenv exit abort", names, " ")
	for (i in names) banned[names[i]] = 1
	allowed["gen/main.c", "getenv"] = allowed["gen/main.c", "exit"] = allowed["gen/main.c", "clock_gettime"] = 1
}
/^[ \t]*(\/?\*|\/\/)/ { next }
{
	line = $0
	gsub(/"([^"\\]|\\.)*"/, "\"\"", line)
	while (match(line, /(^|[^A-Za-z0-9_>.])[a-z_]+[ \t]*\(/)) {
		call = substr(line, RSTART, RLENGTH)
		gsub(/[^a-z_]/, "", call)
		if (call in banned && !((FILENAME, call) in allowed)) { printf "%s:%d: %s\n", FILENAME, FNR, call; bad = 1 }
		line = substr(line, RSTART + RLENGTH)
	}
}
END { exit bad }
