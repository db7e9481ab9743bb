# xingji 星级：由评估结果生成诊断书、年度报告和星级名单
#   make            install what is missing, build, build the sample province
#   make test       all tests
#   make help       every target

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

BUILD  ?= out/build
PREFIX ?= /usr/local
CC     ?= cc
CFLAGS ?= -O2 -g
# Only these folders of gen/ are compiled into the library and its unit tests; all by default.
FOLDERS ?= $(sort $(notdir $(patsubst %/,%,$(wildcard gen/*/))))

PKGS := libxml-2.0 pangoft2 pangocairo cairo-pdf harfbuzz harfbuzz-subset fontconfig sqlite3 xlsxwriter zlib
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wmissing-prototypes -Wstrict-prototypes -Wcast-qual \
        -Wwrite-strings -Wpointer-arith -Wundef -Wvla -Wswitch-enum -Wformat=2 -Wnull-dereference -Werror
CPPFLAGS += -Igen -D_POSIX_C_SOURCE=200809L $(if $(wildcard gen/base/banned.h),-include gen/base/banned.h)
FOREIGN = $(shell pkg-config --cflags $(PKGS) check 2>/dev/null | sed 's/-I/-isystem /g')
LIBS    = $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lcmark -lhpdf -lqpdf -lm
TEST_LIBS = $(shell pkg-config --libs check 2>/dev/null)

SRC  := $(sort $(foreach f,$(FOLDERS),$(wildcard gen/$(f)/*.c)))
HDR  := $(sort $(foreach f,$(FOLDERS),$(wildcard gen/$(f)/*.h)))
MAIN := $(wildcard gen/main.c)
UNIT := $(sort $(foreach f,$(FOLDERS),$(wildcard tests/unit/$(f)_*.c)))
OBJ  := $(SRC:%.c=$(BUILD)/%.o)
UNIT_OBJ := $(UNIT:%.c=$(BUILD)/%.o)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC    $<"
	@$(CC) -std=c11 $(CPPFLAGS) $(FOREIGN) $(WARN) $(CFLAGS) -MMD -MP -c -o $@ $<
-include $(OBJ:.o=.d) $(UNIT_OBJ:.o=.d) $(MAIN:%.c=$(BUILD)/%.d)

# Unit tests: every tests/unit/<folder>_<subject>.c defines  Suite *<folder>_<subject>_suite(void);
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
unit: $(BUILD)/xingji-tests  ## unit tests (FOLDERS="base model" BUILD=out/b narrows)
	@$(BUILD)/xingji-tests
