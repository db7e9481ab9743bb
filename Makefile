# xingji 星级：由评估结果生成诊断书、年度报告和星级名单
#   make            install what is missing, build, build the sample province
#   make test       all tests
#   make help       every target

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDARY:
MAKEFLAGS += --no-print-directory

BUILD  ?= out/build
BIN    ?= out/bin
FONTS  := out/fonts
PREFIX ?= /usr/local
CC     ?= cc
CFLAGS ?= -O2 -g
# How many at a time in what starts a make of its own.
JOBS   ?= 2
# Only these folders of gen/ go into the unit tests; all by default.
FOLDERS ?= $(sort $(notdir $(patsubst %/,%,$(wildcard gen/*/))))

PKGS := libxml-2.0 cairo cairo-ft cairo-pdf harfbuzz harfbuzz-subset freetype2 fontconfig sqlite3 zlib libdeflate libqpdf libcurl libsodium nettle
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wmissing-prototypes -Wstrict-prototypes -Wcast-qual \
        -Wwrite-strings -Wpointer-arith -Wundef -Wvla -Wswitch-enum -Wformat=2 -Wnull-dereference -Werror
OWN_CPPFLAGS := -Igen -D_POSIX_C_SOURCE=200809L
# Asked once, and only when something is compiled: the packages may not be there before `make deps`.
FOREIGN = $(eval FOREIGN := $(shell pkg-config --cflags $(PKGS) check libqrencode 2>/dev/null | sed 's/-I/-isystem /g'))$(FOREIGN)
LIBS    = $(eval LIBS := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lcmark -lhpdf -lhyphen -lm)$(LIBS)
TEST_LIBS = $(shell pkg-config --libs check libqrencode 2>/dev/null)

SRC  := $(sort $(foreach f,$(FOLDERS),$(wildcard gen/$(f)/*.c)))
HDR  := $(sort $(wildcard gen/*/*.h))
UNIT := $(sort $(foreach f,$(FOLDERS),$(wildcard tests/unit/$(f)_*.c)))
HELP := $(sort $(wildcard tests/unit/support/*.c))
OBJ  := $(SRC:%.c=$(BUILD)/%.o)
# All that is compiled into the program, whatever FOLDERS says.
SOURCES := $(sort $(wildcard gen/*.c gen/*/*.c gen/*/*.h gen/*/*.def))
UNIT_OBJ := $(UNIT:%.c=$(BUILD)/%.o) $(HELP:%.c=$(BUILD)/%.o)
MAIN_OBJ := $(BUILD)/gen/main.o
FUZZ_SRC := $(sort $(wildcard tests/fuzz/*.c))
# The fuzzer answers these itself: files from memory (tests/fuzz/held.h), arenas in single blocks (loose.h).
FUZZ_WRAP := $(foreach f,file_map file_read file_exists file_list arena_alloc arena_array arena_clear arena_free schema_field xmltree_parse,-Wl,--wrap=$(f))
SAMPLE_SRC := $(sort $(wildcard tests/sample/*.c))

# ---- what a person types ------------------------------------------------------

.PHONY: all
all:  ## install what is missing, build, and build the sample province into out/2021
	@$(MAKE) deps fonts
	@$(MAKE) -j$(JOBS) $(BIN)/xingji
	@$(MAKE) man
	@$(BIN)/xingji build --year 2021
	@echo
	@echo "完成。接下来看：     What to look at next:"
	@echo "  out/2021/public/index.html            星级名单网站  the star list"
	@echo "  out/2021/internal/report/             年度工作报告  the annual report"
	@echo "  out/2021/internal/diagnosis/          各企业诊断书  the diagnoses"
	@echo "  README.md 第二节：换成自己的数据       your own data (section 2)"

.PHONY: deps
deps:  ## install missing Debian packages
	@tests/tools/install-packages

.PHONY: fonts
fonts: $(FONTS)/FandolFang-Regular.otf  ## the one font that no small package brings (仿宋)
$(FONTS)/FandolFang-Regular.otf:
	@tests/tools/fetch-fangsong $(FONTS)

# All suites, the longest first: JOBS of them at a time, each in folders of its own.  Of three, the short form.
SUITES := trust browser briefs envelopes-short register unit sending workbooks hostile dispatch golden makeup claims secrecy jobs receipts paper \
          packs twice documents costs mutation-short mail cases preview reading-short platforms installed schemas answers themes dictionary
.PHONY: test
test:  ## all tests: unit, golden, twice …; those in the browser where there is one
	@$(MAKE) deps fonts
	@$(MAKE) -j$(JOBS) $(BIN)/xingji $(addprefix $(BUILD)/,xingji-tests sample fuzz-cases reading-order query-costs envelopes post-mail) man
	@$(MAKE) -j$(JOBS) --output-sync=target JOBS=1 $(SUITES)
	@echo "全部测试通过。接下来：make check（全部关卡）、make bench（测速）  All tests passed; next: make check, make bench"
.PHONY: envelopes-short reading-short mutation-short
envelopes-short:
	@$(MAKE) envelopes PROVINCES=1
reading-short:
	@$(MAKE) reading COUNT=60
mutation-short:
	@$(MAKE) mutation COUNT=150

.PHONY: check
check: layers banned format headers length tour references unused rebuilds tidy cppcheck asan clang  ## every gate: sanitizers, static analysis, layers, headers

.PHONY: bench
bench: $(BIN)/xingji $(BUILD)/sample $(BUILD)/bench $(BUILD)/envelopes  ## speed, bytes and memory as one table: FIRMS=1000 SITE=20000
	@tests/bench/run $(BIN)/xingji $(BUILD)/sample $(BUILD)/bench $(BUILD)/envelopes
$(BUILD)/bench: $(BUILD)/tests/bench/bench.o $(OBJ)
	@$(CC) $(CFLAGS) -o $@ $^ $(LIBS)

# The program finds its share folder by its own place, so PREFIX is compiled into nothing and the installation may be moved.
.PHONY: install
install: $(BIN)/xingji man fonts  ## PREFIX=/usr/local DESTDIR=: program, themes, texts, catalogues, font, manual, licences; no new compilation
	@tests/tools/install-files '$(BIN)/xingji' '$(DESTDIR)$(PREFIX)'
	@echo "已安装 installed: $(DESTDIR)$(PREFIX)/bin/xingji"

.PHONY: uninstall
uninstall:  ## remove what `make install` with the same PREFIX put there, and nothing else
	@tests/tools/install-files --remove '$(DESTDIR)$(PREFIX)'
	@echo "已卸载 uninstalled: $(DESTDIR)$(PREFIX)/bin/xingji"

# A folder that compilation made says so by its file "flags".
.PHONY: clean
clean:  ## remove what compiling and testing made; the years' outputs and the font stay
	@rm -rf out/bin out/build out/man out/ci out/mutants out/mutants.log out/coverage out/valgrind out/gallery $(wildcard out/*.golden) $(patsubst %/flags,%,$(wildcard out/*/flags))

.PHONY: distclean
distclean:  ## remove everything below out/, the years' outputs too; says what goes
	@tests/tools/empty-out

.PHONY: help
help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{ printf "  %-10s %s\n", $$1, $$2 }' Makefile

# ---- program ------------------------------------------------------------------

# Something when the two texts differ.
differ = $(if $(filter x$(subst $(blank),_,$(strip $(1))),x$(subst $(blank),_,$(strip $(2)))),,yes)
blank := $() $()
DEFINES :=
# These change when the compiler, its flags or the list of sources do, and what depends on them is made anew.
FLAGS := $(CC) $(OWN_CPPFLAGS) $(CPPFLAGS) $(WARN) $(CFLAGS)
$(BUILD)/flags: export STAMP = $(FLAGS)
$(BUILD)/sources: export STAMP = $(SOURCES)
$(BUILD)/flags $(BUILD)/sources:
	@mkdir -p $(@D)
	@printf '%s\n' "$$STAMP" > $@
.PHONY: $(if $(call differ,$(file <$(BUILD)/flags),$(FLAGS)),$(BUILD)/flags) $(if $(call differ,$(file <$(BUILD)/sources),$(SOURCES)),$(BUILD)/sources)

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	@echo "  CC    $<"
	@$(CC) -std=c11 $(OWN_CPPFLAGS) $(CPPFLAGS) $(DEFINES) $(FOREIGN) $(WARN) $(CFLAGS) -MMD -MP -c -o $@ $<
-include $(OBJ:.o=.d) $(UNIT_OBJ:.o=.d) $(MAIN_OBJ:.o=.d)
# Tools of tests, too: one that is linked from an object older than a header sees other structures.
-include $(wildcard $(BUILD)/tests/*/*.d)

# The manifest names the program by its sources, so two compilers make the same manifest.
SOURCE_HASH = $(eval SOURCE_HASH := $(shell cat $(SOURCES) | sha256sum | cut -c1-64))$(SOURCE_HASH)
$(BUILD)/gen/build/manifest_head.o: DEFINES = -DXINGJI_SOURCES='"$(SOURCE_HASH)"'
$(BUILD)/gen/build/manifest_head.o: $(SOURCES) $(BUILD)/sources

# At a fixed address: what another process mapped of this program's texts and tables holds in this one (publish/image.h).
$(BIN)/xingji: $(MAIN_OBJ) $(OBJ)
	@mkdir -p $(@D)
	@echo "  LINK  $@"
	@$(CC) $(CFLAGS) -no-pie -o $@ $^ $(LIBS)

.PHONY: man
man: out/man/xingji.en.1 out/man/xingji.zh.1  ## out/man/xingji.en.1 and xingji.zh.1
out/man/xingji.%.1: $(BIN)/xingji
	@mkdir -p $(@D)
	@$(BIN)/xingji manual --lang $* > $@

# ---- tests --------------------------------------------------------------------

# Every tests/unit/<folder>_<subject>.c defines  Suite *<folder>_<subject>_suite(void);
$(BUILD)/suites.c: $(UNIT) Makefile
	@mkdir -p $(@D)
	@{ echo '#include <check.h>'; echo '#include <stdlib.h>'; \
	   for f in $(notdir $(UNIT:.c=)); do echo "Suite *$${f}_suite(void);"; done; \
	   echo 'int main(void) { SRunner *r = srunner_create(NULL);'; \
	   for f in $(notdir $(UNIT:.c=)); do echo "srunner_add_suite(r, $${f}_suite());"; done; \
	   echo 'srunner_run_all(r, CK_NORMAL); int bad = srunner_ntests_failed(r); srunner_free(r); return bad ? EXIT_FAILURE : EXIT_SUCCESS; }'; } > $@

$(BUILD)/xingji-tests: $(BUILD)/suites.c $(UNIT_OBJ) $(OBJ)
	@echo "  LINK  $@"
	@$(CC) $(CFLAGS) $(FOREIGN) -o $@ $^ $(LIBS) $(TEST_LIBS)

.PHONY: unit
unit: $(BUILD)/xingji-tests  ## unit and spec tests (FOLDERS="base model" BUILD=out/b narrows; name the folders they lean on too)
	@CK_TIMEOUT_MULTIPLIER=20 JOBS=$(JOBS) tests/tools/suites $(BUILD)/xingji-tests $(UNIT)

.PHONY: cases
cases: $(BUILD)/fuzz-cases  ## what once failed a reader and what the fuzzers learned, read again
	@tests/fuzz/again $(BUILD)/fuzz-cases
$(BUILD)/fuzz-cases: $(patsubst %.c,$(BUILD)/%.o,$(filter-out tests/fuzz/mutate.c,$(FUZZ_SRC)) tests/tools/fuzz-cases.c) $(OBJ)
	@$(CC) $(CFLAGS) $(FUZZ_WRAP) -o $@ $^ $(LIBS)

.PHONY: golden
golden: $(BIN)/xingji  ## small provinces: outputs, diagnostics and exit codes as agreed
	@tests/golden/run $(BIN)/xingji

.PHONY: dictionary
dictionary: $(BIN)/xingji  ## data/README.md is what the schema says
	@$(BIN)/xingji template dictionary | diff -u data/README.md - || { echo "data/README.md: run  out/bin/xingji template dictionary > data/README.md"; exit 1; }
	@echo "dictionary: ok"

.PHONY: schemas
schemas: $(BIN)/xingji  ## data/schemas and the program take and refuse the same XML
	@tests/tools/schemas $(BIN)/xingji

.PHONY: twice
twice: $(BIN)/xingji $(BUILD)/sample  ## two runs, other TZ, LANG and --jobs: the same bytes
	@tests/tools/twice $(BIN)/xingji $(BUILD)/sample

# EDITS=200 for the long form.
.PHONY: receipts
receipts: $(BIN)/xingji $(BUILD)/sample  ## random edits built with and without the notes of the last run: the same trees and words: EDITS=4 SEED=1 FIRMS=5
	@FIRMS=$(or $(FIRMS),5) tests/receipts/run $(BIN)/xingji $(BUILD)/sample $(or $(EDITS),4) $(or $(SEED),1)

.PHONY: jobs
jobs: $(BIN)/xingji $(BUILD)/sample  ## one year on many machines: plan, jobs, merge are what one machine makes; damage is refused by name
	@tests/jobs/run $(BIN)/xingji $(BUILD)/sample

.PHONY: slurm
slurm: $(BIN)/xingji $(BUILD)/sample  ## the same as an array of Slurm on this machine alone (slurmctld, slurmd, munge); plans killed at random: KILLS=5
	@tests/jobs/slurm $(BIN)/xingji $(BUILD)/sample $(KILLS)

.PHONY: documents
documents: $(BIN)/xingji $(BUILD)/sample $(BUILD)/reading-order  ## figures traced, tear-out sheets, what the public edition tells
	@tests/tools/documents $(BIN)/xingji $(BUILD)/sample $(BUILD)/reading-order
$(BUILD)/reading-order: $(BUILD)/tests/tools/reading-order.o $(OBJ)
	@$(CC) $(CFLAGS) -o $@ $^ $(LIBS)

.PHONY: costs
costs: $(BIN)/xingji $(BUILD)/sample $(BUILD)/query-costs  ## what was observed is counted once: counts are what the records say, the report asks no more for more of them
	@tests/tools/costs $(BIN)/xingji $(BUILD)/sample $(BUILD)/query-costs
$(BUILD)/query-costs: $(BUILD)/tests/tools/query-costs.o $(OBJ)
	@$(CC) $(CFLAGS) -o $@ $^ $(LIBS)

.PHONY: envelopes
envelopes: $(BIN)/xingji $(BUILD)/sample $(BUILD)/envelopes  ## protected copies in other programs; wrong envelopes stopped: PROVINCES=3 SEED=1
	@tests/send/protect $(BIN)/xingji $(BUILD)/sample $(BUILD)/envelopes $(PROVINCES) $(SEED)
$(BUILD)/envelopes: $(BUILD)/tests/send/envelopes.o $(OBJ)
	@$(CC) $(CFLAGS) -o $@ $^ $(LIBS)

.PHONY: secrecy
secrecy: $(BIN)/xingji $(BUILD)/sample  ## who is not listed taken out of all inputs changes nothing public: PROVINCES=2 SEED=12
	@tests/tools/secrecy $(BIN)/xingji $(BUILD)/sample $(PROVINCES) $(SEED)

.PHONY: looseness
looseness: $(BUILD)/looseness  ## how far apart justified lines set their characters: the report and all diagnoses
	@for what in report all; do $(BUILD)/looseness data 2021 $$what; done
$(BUILD)/looseness: $(BUILD)/tests/tools/looseness.o $(OBJ)
	@$(CC) $(CFLAGS) -o $@ $^ $(LIBS)

.PHONY: trust
trust: $(BIN)/xingji $(BUILD)/sample  ## canaries in every confidential cell; smugglers in themes and texts
	@tests/trust/calls $(BIN)/xingji
	@tests/trust/spellings $(BIN)/xingji
	@tests/trust/run $(BIN)/xingji $(BUILD)/sample

# PAIRS=100 LEDGERS=200 for the long form.
.PHONY: dispatch
dispatch: $(BIN)/xingji  ## what goes to the enterprises: once to each address, recorded first, whatever kills the run: KILLS=8
	@tests/dispatch/run $(BIN)/xingji $(or $(KILLS),8)

.PHONY: answers
answers: $(BIN)/xingji  ## what became of the advice over three years, random histories told anew without the program
	@tests/answers/run $(BIN)/xingji

.PHONY: paper
paper: $(BIN)/xingji  ## letters, receipts, labels and certificates: measured, read back, numbered once
	@tests/paper/run $(BIN)/xingji

.PHONY: register
register: $(BIN)/xingji  ## what was published is recorded, compared and never rewritten; one truth a day in every product; addresses live over the years
	@tests/register/run $(BIN)/xingji $(or $(PAIRS),20)
	@tests/register/documents $(BIN)/xingji
	@tests/register/days $(BIN)/xingji $(or $(LEDGERS),6)
	@tests/register/years $(BIN)/xingji

# MESSAGES=1000 KILLS=200 for the long form.
.PHONY: mail
mail: $(BUILD)/post-mail  ## mail written, sent and reported: parsers that are not ours, a scripted server, a real one, kills and restarts
	@tests/send/mail $(BUILD)/post-mail $(or $(MESSAGES),100) $(or $(KILLS),20)
$(BUILD)/post-mail: $(BUILD)/tests/tools/post-mail.o $(OBJ)
	@$(CC) $(CFLAGS) -o $@ $^ $(LIBS)

# MESSAGES=1000 KILLS=200 PROVINCES=10 for the long form.
.PHONY: sending
sending: $(BIN)/xingji $(BUILD)/sample $(BUILD)/envelopes  ## the commands themselves, killed, without room, twice at once, over the years; a scripted server and a real one
	@tests/send/command $(BIN)/xingji $(or $(MESSAGES),60) $(or $(KILLS),12) $(or $(PROVINCES),2)

.PHONY: workbooks
workbooks: $(BIN)/xingji  ## tables in every encoding, separator and line end, and as workbooks: one model; broken and hostile workbooks
	@tests/workbooks/run $(BIN)/xingji

# The long forms; `make test` takes the short ones.
.PHONY: reading
reading: $(BIN)/xingji  ## tables made at random, read by the program and by a second reader: COUNT=1000 SEED=1
	@tests/reading/run $(BIN)/xingji tables $(or $(COUNT),1000) $(SEED)
.PHONY: mutation
mutation: $(BIN)/xingji  ## one character of the inputs changed at a time is told or changes nothing: COUNT=5000 SEED=1 VERBOSE=1
	@VERBOSE=$(VERBOSE) tests/reading/run $(BIN)/xingji mutation $(or $(COUNT),5000) $(SEED)

.PHONY: packs
packs: $(BIN)/xingji  ## what each city and agency has to mend: its own rows alone; mended and put back
	@tests/packs/run $(BIN)/xingji

.PHONY: platforms
platforms: $(BIN)/xingji  ## several platforms of one enterprise, decided once more; of those that fail nothing is told: COUNT=30 SEED=1
	@python3 tests/platforms/look.py $(BIN)/xingji $(or $(COUNT),30) $(or $(SEED),1)

.PHONY: briefs
briefs: $(BIN)/xingji $(BUILD)/sample  ## what cities and agencies get of the year: sums, two pages, nobody else's name
	@tests/briefs/run $(BIN)/xingji $(BUILD)/sample

.PHONY: makeup
makeup: $(BIN)/xingji $(BUILD)/sample  ## how pages are made up: white at their feet, places of tables and figures, equal rows, loose lines; ALL=1: every diagnosis
	@ALL=$(ALL) VERBOSE=$(VERBOSE) tests/makeup/run $(BIN)/xingji $(BUILD)/sample

.PHONY: claims
claims: $(BIN)/xingji  ## what is said of provinces at the edges is true and a sentence: PROVINCES=20 SEED=0; PART=1/4 takes every fourth
	@tests/claims/run $(BIN)/xingji $(PROVINCES) $(SEED)

.PHONY: claims-long
claims-long: $(BIN)/xingji  ## the same of 500 provinces
	@tests/claims/run $(BIN)/xingji 500 0

.PHONY: preview
preview: $(BIN)/xingji  ## what `xingji serve` gives and refuses
	@tests/serve/run $(BIN)/xingji && tests/serve/problems $(BIN)/xingji && tests/serve/live $(BIN)/xingji

.PHONY: themes
themes: $(BIN)/xingji  ## a theme inherits what it does not say itself
	@tests/themes/run $(BIN)/xingji

.PHONY: installed
installed: $(BIN)/xingji $(BUILD)/sample man fonts  ## installed, moved and run elsewhere: the same bytes; uninstalled: nothing left
	@tests/install/run $(BIN)/xingji $(BUILD)/sample

# PICTURES=dir also writes every kind of page as a picture; REQUIRE_BROWSER=1: a missing browser is a failure.
.PHONY: browser
browser: $(BIN)/xingji $(BUILD)/sample  ## the site in headless Chromium: search, keyboard, no script, print, contrast, widths
	@tests/browser/run $(BIN)/xingji $(BUILD)/sample $(PICTURES)

.PHONY: hostile
hostile: $(BIN)/xingji $(BUILD)/sample  ## truncated and garbage input, full disk, interrupts
	@tests/hostile/run $(BIN)/xingji $(BUILD)/sample

.PHONY: torture
torture: $(BIN)/xingji  ## disk, power, kills, memory: POINTS=6 of each kind, POINTS=all takes hours
	@tests/torture/run $(BIN)/xingji $(POINTS)

$(BUILD)/sample: $(SAMPLE_SRC) $(wildcard tests/sample/*.h) $(BUILD)/flags
	@mkdir -p $(@D)
	@echo "  LINK  $@"
	@$(CC) -std=c11 -D_XOPEN_SOURCE=700 $(WARN) $(CFLAGS) -o $@ $(SAMPLE_SRC)

.PHONY: sample
sample: $(BUILD)/sample  ## a fictional province of any size: make sample N=10000 OUT=dir
	@$(BUILD)/sample --models data/models --enterprises $(or $(N),120) --out $(or $(OUT),data)
	@if [ -n "$(OUT)" ]; then mkdir -p $(OUT)/models && cp data/models/*.xml $(OUT)/models/ && cp data/tracks.csv $(OUT)/; fi

# ---- gates --------------------------------------------------------------------

.PHONY: gallery
gallery: $(BIN)/xingji $(BUILD)/contact-sheet  ## every page of one diagnosis and of the report, every kind of page of the site, as pictures in out/gallery
	@tests/tools/gallery $(BIN)/xingji $(BUILD)/contact-sheet out/gallery $(FIRM)
$(BUILD)/contact-sheet: tests/tools/contact-sheet.c $(BUILD)/flags
	@mkdir -p $(@D)
	@$(CC) -std=c11 $(FOREIGN) $(WARN) $(CFLAGS) -o $@ $< $(shell pkg-config --libs cairo)

.PHONY: layers
layers:  ## no file includes above its layer
	@awk -f tests/layers.awk tests/layers.txt $(sort $(wildcard gen/*.c gen/*/*.c)) $(HDR)
	@echo "layers: ok"

.PHONY: banned
banned:  ## no unsafe call; clock, locale and environment only in main.c; no track named but in data; texts short and without SQL
	@awk -f tests/banned.awk $(sort $(wildcard gen/*.c gen/*/*.c))
	@awk -f tests/tracks.awk data/tracks.csv $(sort $(wildcard content/*.* content/*/*.md content/*/*.sql themes/*.md themes/*/*.* gen/*.c gen/*/*.[ch] gen/*/*.def))
	@LC_ALL=C awk -f tests/content.awk $(sort $(wildcard content/*.md content/*/*.md))
	@echo "banned: ok"

.PHONY: tour
tour:  ## gen/README.md lists every file by the first sentence of its header
	@tests/tools/tour

.PHONY: references
references:  ## no text speaks of a file or a section that is not there; data/FORMATS.md names every heading
	@tests/tools/references

.PHONY: unused
unused: $(MAIN_OBJ) $(OBJ)  ## no function that nobody in the product needs, none declared that is not there (exceptions: tests/unused.txt)
	@tests/tools/unused $^

.PHONY: rebuilds
rebuilds: $(BIN)/xingji  ## what changed is compiled again: sources, lists, flags; clean and distclean take what they say
	@tests/tools/rebuilds $(BIN)/xingji

.PHONY: format
format:  ## tabs, blanks, columns; no ?: within a ?:; nothing left over from a merge
	@tests/tools/conflicts
	@awk -f tests/format.awk $(sort $(wildcard gen/*.c gen/*/*.[ch]))
	@awk -f tests/nested.awk $(sort $(wildcard gen/*.c gen/*/*.[ch]))
	@LC_ALL=C awk -f tests/width.awk tests/width.txt $(sort $(wildcard gen/*.c gen/*/*.[ch]))
	@echo "format: ok"

.PHONY: headers
headers: $(HDR:%.h=$(BUILD)/%.h.ok)  ## every header compiles alone
	@echo "headers: ok"
$(BUILD)/%.h.ok: %.h
	@mkdir -p $(@D)
	@echo 'extern int headers_gate;' | $(CC) -std=c11 $(OWN_CPPFLAGS) $(CPPFLAGS) $(FOREIGN) $(WARN) -fsyntax-only -x c -include $< - && touch $@

.PHONY: length
length:  ## functions up to 60 lines, files up to 500 (waivers: tests/length-waivers.txt)
	@awk -f tests/length.awk tests/length-waivers.txt $(sort $(wildcard gen/*.c gen/*/*.c))
	@echo "length: ok"

TIDY_CHECKS := -*,bugprone-*,clang-analyzer-*,misc-header-include-cycle,-bugprone-easily-swappable-parameters,-bugprone-narrowing-conversions,-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling,-bugprone-reserved-identifier,-bugprone-assignment-in-if-condition,-bugprone-signed-char-misuse,-bugprone-sizeof-expression,-bugprone-macro-parentheses,-bugprone-branch-clone,-bugprone-not-null-terminated-result,-clang-analyzer-valist.Uninitialized
# Nearly all of its time goes into the analyzer following paths through functions, up to so many steps in each; this is
# clang's own bound.  In tidy-short, with a third of the time, it goes less far: of the null pointers planted in front of
# the last returns of functions in 16 files the analyzer found 222 this way and 220 that way.
TIDY_STEPS := 225000
.PHONY: tidy tidy-short
tidy:  ## clang-tidy
	@printf '%s\n' $(sort $(wildcard gen/*.c gen/*/*.c)) | xargs -P $(JOBS) -n 8 sh -c 'clang-tidy --quiet --warnings-as-errors="*" --checks="$$0" "$$@" -- \
	   -std=c11 $(OWN_CPPFLAGS) $(CPPFLAGS) $(FOREIGN) -Xclang -analyzer-config -Xclang max-nodes=$(TIDY_STEPS) 2>/dev/null' '$(TIDY_CHECKS)'
	@echo "tidy: ok"
tidy-short:  ## the same checks of all files, following paths less far (TIDY_STEPS=75000)
	@$(MAKE) tidy TIDY_STEPS=75000

.PHONY: cppcheck
cppcheck:  ## cppcheck
	@cppcheck --quiet --enable=warning,performance,portability --inline-suppr --std=c11 --library=posix --error-exitcode=1 \
	   --suppress=missingIncludeSystem --suppress=missingInclude --suppress=normalCheckLevelMaxBranches --suppress=readdirCalled -j $(JOBS) -Igen -D_POSIX_C_SOURCE=200809L gen
	@echo "cppcheck: ok"

# gcc warns of things that are not so when it instruments; the plain builds keep them as errors.  Lines are enough of what a
# debugger would want to know: a third of the time less.
SANITIZE := -O1 -g1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all \
            -Wno-error=format-truncation -Wno-error=null-dereference -Wno-error=maybe-uninitialized
asan: export LSAN_OPTIONS := suppressions=$(CURDIR)/tests/lsan.txt:print_suppressions=0
.PHONY: asan
asan:  ## tests under address and UB sanitizers
	@$(MAKE) -j$(JOBS) BUILD=out/asan BIN=out/asan/bin CFLAGS='$(SANITIZE)' out/asan/xingji-tests out/asan/fuzz-cases out/asan/bin/xingji
	@$(MAKE) BUILD=out/asan BIN=out/asan/bin CFLAGS='$(SANITIZE)' unit cases golden

# Also for every object, so that the fuzzer sees which branches an input takes.  Not which numbers
# are compared: that took half of the time, and the words are in the dictionary.
FUZZ := -O2 -g -fno-omit-frame-pointer -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all -fno-sanitize-coverage=trace-cmp
FUZZ_BUILD = $(MAKE) -j$(JOBS) CC=clang BUILD=out/fuzz CFLAGS='$(FUZZ)' out/fuzz/fuzz
.PHONY: fuzz
fuzz:  ## hostile bytes for every reader: FUZZ_SECONDS=20 each, FUZZ_KINDS="csv xml" narrows
	@$(FUZZ_BUILD)
	@tests/fuzz/run out/fuzz/fuzz $(or $(FUZZ_SECONDS),20) $(FUZZ_KINDS)
.PHONY: fuzz-merge
fuzz-merge:  ## of what was learned the few inputs that take every branch, into tests/fuzz/corpus
	@$(FUZZ_BUILD)
	@tests/fuzz/merge out/fuzz/fuzz $(FUZZ_KINDS)
.PHONY: fuzz-coverage
fuzz-coverage:  ## lines of gen/read and gen/check that the kept inputs take: LINES=1 prints those that are left
	@$(MAKE) -j$(JOBS) BUILD=out/coverage CFLAGS='-O0 -g --coverage' out/coverage/fuzz-cases
	@tests/fuzz/coverage out/coverage out/coverage/fuzz-cases
$(BUILD)/fuzz: $(FUZZ_SRC:%.c=$(BUILD)/%.o) $(OBJ)
	@echo "  LINK  $@"
	@clang $(CFLAGS) -fsanitize=fuzzer $(FUZZ_WRAP) -o $@ $^ $(LIBS)
-include $(FUZZ_SRC:%.c=$(BUILD)/%.d)

# It warns before it optimises.
.PHONY: clang
clang:  ## the same warnings with clang
	@$(MAKE) -j$(JOBS) CC=clang CFLAGS='-O0 -g0' BUILD=out/clang BIN=out/clang/bin out/clang/xingji-tests out/clang/bin/xingji
	@echo "clang: ok"

.PHONY: valgrind
valgrind: $(BIN)/xingji  ## memory check of a small build: everything, in one process
	@rm -rf out/valgrind
	@valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite --show-leak-kinds=definite --suppressions=tests/valgrind.supp \
	   $(BIN)/xingji build --data tests/golden/small/data --out out/valgrind --jobs 1 --quiet --lang en 2>&1 | { ! grep '^==' ; }
	@echo "valgrind: ok"

# ---- tests of the tests ---------------------------------------------------------

.PHONY: messages
check: messages
messages:  ## every message and every option is made to happen by a test
	@tests/tools/messages

.PHONY: mutants
mutants: $(BIN)/xingji $(BUILD)/xingji-tests $(BUILD)/sample  ## small bugs planted one by one: each is noticed (MUTANTS="53 25" narrows)
	@tests/mutants/run $(MUTANTS)

.PHONY: mutants-short
mutants-short: $(BIN)/xingji $(BUILD)/xingji-tests $(BUILD)/sample  ## every eighth of them; SOUND=1 where `make test` runs beside it
	@EVERY=8 SOUND=$(SOUND) tests/mutants/run

COVERED = BUILD=out/coverage BIN=out/coverage/bin CFLAGS='-O0 -g --coverage' LIBS='$(LIBS) out/coverage/exit.o -Wl,--wrap=_exit'
.PHONY: coverage
coverage:  ## which lines the tests run (out/coverage): by folder, and the files under 85 %, each with its reason
	@mkdir -p out/coverage && $(CC) -c -o out/coverage/exit.o tests/tools/coverage-exit.c
	@$(MAKE) -j$(JOBS) $(COVERED) out/coverage/xingji-tests out/coverage/bin/xingji
	@find out/coverage -name '*.gcda' -delete
	@$(MAKE) $(COVERED) PAIRS=2 unit golden dictionary documents hostile register preview themes
	@tests/tools/coverage out/coverage tests/coverage.tsv
