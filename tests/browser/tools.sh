# Sets chromium and NODE_PATH for tests in headless Chromium, or says what is missing and ends: as a skip, or,
# with REQUIRE_BROWSER=1 (on CI, where a skip would hide that nothing was tested), as a failure.
# usage: suite=NAME; . tests/browser/tools.sh     in the project's folder
give_up() {
	if [ -n "${REQUIRE_BROWSER:-}" ]; then echo "$suite: FAILED: $1"; exit 1; fi
	echo "$suite: skipped: $1 (REQUIRE_BROWSER=1 makes this a failure)"
	exit 0
}
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
[ -n "$chromium" ] || give_up "there is no chromium; apt-get install chromium"
for tool in node npm; do
	command -v $tool >/dev/null || give_up "there is no $tool; apt-get install nodejs npm"
done
cache=$PWD/out/cache/browser
if ! cmp -s tests/browser/package.json "$cache/package.json" || [ ! -d "$cache/node_modules/playwright-core" ] || [ ! -d "$cache/node_modules/axe-core" ]; then
	rm -rf "$cache"
	mkdir -p "$cache"
	cp tests/browser/package.json "$cache/wanted.json"
	mv "$cache/wanted.json" "$cache/package.json"
	(cd "$cache" && npm install --no-package-lock --no-audit --no-fund --ignore-scripts --prefer-offline) >"$cache/npm.log" 2>&1 || {
		tail -3 "$cache/npm.log"
		rm -rf "$cache/node_modules" "$cache/package.json"
		give_up "npm cannot install playwright-core and axe-core"
	}
fi
NODE_PATH=$cache/node_modules
export NODE_PATH
