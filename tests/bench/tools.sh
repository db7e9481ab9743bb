# Sourced by run and peers/run, in the project's folder: provinces, costs, rows of the table.  Needs xingji, sample, work.

# row KEY WHAT VALUE UNIT REMARK: for tests/bench/table.
row() { printf '%s\t%s\t%s\t%s\t%s\n' "$@"; }
absent() { row "$1" "$2" - "" "not measured: $3"; }

# timed TIMES COMMAND…: cpu and wall in ms, the middle of so many times; memory in MB, of the largest process.
timed() {
	tests/bench/cost "$work/cost" "$@" || { tail -5 "$work/cost.log"; return 1; }
	read -r cpu wall memory <"$work/cost"
	memory=$((memory / 1024))
}
# Arithmetic with points: reckon EXPRESSION [FORMAT].
reckon() { awk "BEGIN { printf \"${2:-%.1f}\", $1 }"; }
middle() { tr ' ' '\n' <<<"$*" | grep . | sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }
size_of() { cat "$@" | wc -c; }
megabytes() { reckon "$1 / 1e6" %.0f; }

# province COUNT: in $work/COUNT.
province() {
	[ ! -e "$work/$1" ] || return 0
	mkdir -p "$work/$1/models"
	cp data/models/*.xml "$work/$1/models/"
	cp data/regions.csv data/tracks.csv "$work/$1/"
	"$sample" --models data/models --enterprises "$1" --out "$work/$1" 2>/dev/null
}
