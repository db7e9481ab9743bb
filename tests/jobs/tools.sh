# Sourced by the scripts of this folder: a province, the running of jobs, and what is compared.  Needs xingji, sample, work, bad.

wrong() { echo "jobs: $*"; bad=1; }

# run EXIT LOG ARGUMENT…
run() {
	local want=$1 log=$2 code=0; shift 2
	"$xingji" "$@" >"$log" 2>&1 || code=$?
	[ "$code" = "$want" ] || { echo "jobs: exit $code instead of $want: xingji $*"; tail -5 "$log"; bad=1; }
}

# say EXIT WORDS ARGUMENT…: and those words are among what it says.
say() {
	local want=$1 words=$2; shift 2
	run "$want" "$work/log" "$@"
	grep -qF -e "$words" "$work/log" || { echo "jobs: xingji $* does not say '$words':"; tail -5 "$work/log"; bad=1; }
}

# make_data DIR COUNT
make_data() {
	mkdir "$1/data"
	cp -R data/models "$1/data/models"
	"$sample" --models data/models --enterprises "$2" --out "$1/data" 2>/dev/null
	cp -R content "$1/content"
}

jobs_of() { grep -v '^#' "$1/plan.txt" | cut -d' ' -f1; }

# every_job PLAN JOB…
every_job() {
	local plan=$1; shift
	if command -v parallel >/dev/null; then
		printf '%s\n' "$@" | parallel -j 2 "$xingji" build --plan "$plan" --job {} --quiet >"$work/log" 2>&1
		return
	fi
	[ -z "${REQUIRE_PARALLEL:-}" ] || { echo "jobs: FAILED: there is no GNU parallel"; return 1; }
	echo "jobs: GNU parallel: skipped: apt-get install parallel (REQUIRE_PARALLEL=1 makes this a failure)"
	for job; do "$xingji" build --plan "$plan" --job "$job" --quiet >"$work/log" 2>&1 || return 1; done
}

modes_of() { (cd "$1" && find . -name '.?*' -prune -o -printf '%m %p\n' | LC_ALL=C sort); }

# merge_and_compare ONE LOG PLAN OUT: files, modes and words are those of one machine.
merge_and_compare() {
	local out=$4
	run 0 "$work/merge.log" merge "$3" --out "$out" --quiet --all --lang en
	diff -r "$1" "$out" -x '.*' || wrong "the merge is not what one machine makes"
	diff <(modes_of "$1") <(modes_of "$out") ||
		wrong "modes of the merge"
	diff "$2" "$work/merge.log" || wrong "the merge does not say what one machine says"
}

# forge PART PATH: the manifest names that file too, and fits.
forge() {
	python3 - "$1" "$2" <<'P'
import hashlib, os, sys
part, path = sys.argv[1:]
lines = open(part + "/manifest.txt", "rb").read().split(b"\n")[:-2]
data = open(os.path.join(part, path), "rb").read()
lines.append(("%s %d %s" % (hashlib.sha256(data).hexdigest(), len(data), path)).encode())
head = [line for line in lines if line.startswith(b"#")]
files = sorted((line for line in lines if not line.startswith(b"#")), key=lambda line: line.split(b" ", 2)[2])
whole = b"\n".join(head + files) + b"\n"
open(part + "/manifest.txt", "wb").write(whole + b"# end %d %s\n" % (len(files), hashlib.sha256(whole).hexdigest().encode()))
P
}
