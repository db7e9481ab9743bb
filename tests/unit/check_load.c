/* SPDX-License-Identifier: MIT
 *
 * Runs tests/spec/check.txt, and sees to it that every message of the read and
 * check sections of diag.def stands in a specification.
 */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "check/load.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"

Suite *check_load_suite(void);

#define SPEC "tests/spec/check.txt"

static struct arena *arena;
static char folder[] = "/tmp/xingji-check-XXXXXX";
static struct text base;

static struct text load(const char *path)
{
	struct file_bytes bytes;
	ck_assert_msg(file_map(path, BUF_LIMIT_FILE, &bytes) == 0, "%s", path);
	struct text copy = text_copy(arena, bytes.text);
	file_release(&bytes);
	return copy;
}

static void start(void)
{
	arena = arena_new();
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void finish(void)
{
	file_remove_tree(folder);
	arena_free(arena);
}

/* ---- the specification's notation ---------------------------------------------------------- */

static const struct {
	const char *written, *meant;
} signs[] = { { "⇥", "\t" }, { "␍", "\r" }, { "⍽", "\u00A0" }, { "⌧", "\u200B" }, { "␠", " " } };

static size_t take_sign(struct text text, struct buf *buf)
{
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (text_starts(text, signs[i].written)) {
			buf_string(buf, signs[i].meant);
			return strlen(signs[i].written);
		}
	if (text_starts(text, "\\x") && text.size >= 4) {
		char digits[] = { text.at[2], text.at[3], 0 };
		buf_byte(buf, (char)strtol(digits, NULL, 16));
		return 4;
	}
	buf_byte(buf, text.at[0]);
	return 1;
}

static void write_file(struct text path, struct text content)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	for (size_t i = 0; i < content.size;)
		i += take_sign(text_slice(content, i, content.size), &buf);
	char *full = file_join(arena, folder, path);
	char *slash = strrchr(full, '/');
	*slash = '\0';
	ck_assert_int_eq(file_make_folder(full, 0700), 0);
	*slash = '/';
	ck_assert_int_eq(file_write(full, buf_view(&buf), 0600), 0);
	buf_clear(&buf);
}

struct wanted {
	struct text complaints;
	int64_t year;
};

/* "---- file PATH", "---- no PATH", "---- year N", "---- complaints", each up to the next. */
static struct wanted lay_out(struct text spec)
{
	struct wanted wanted = { NO_TEXT, 2021 };
	for (;;) {
		size_t at = text_find(spec, TEXT("\n---- "));
		if (at == spec.size)
			return wanted;
		spec = text_slice(spec, at + 6, spec.size);
		struct text rest = text_slice(spec, 0, text_find(spec, TEXT("\n---- "))), head;
		if (rest.size < spec.size)
			rest.size++; /* the line end before the next heading belongs to the file */
		text_next(&rest, '\n', &head);
		if (text_starts(head, "file "))
			write_file(text_slice(head, 5, head.size), rest);
		else if (text_starts(head, "no "))
			file_remove_tree(file_join(arena, folder, text_slice(head, 3, head.size)));
		else if (text_starts(head, "year "))
			text_to_integer(text_slice(head, 5, head.size), &wanted.year);
		else
			wanted.complaints = rest;
	}
}

/* "2021/enterprises.csv:2:5 error city-unknown", a line each. */
static struct text complaints_of(struct diag *diag)
{
	struct buf table, list;
	buf_init(&table, BUF_LIMIT_PAGE);
	buf_init(&list, BUF_LIMIT_PAGE);
	diag_write(diag, DIAG_FORMAT_JSONL, LANGUAGE_ENGLISH, &table);
	struct text rest = buf_view(&table), line;
	while (text_next(&rest, '\n', &line) && line.size) {
		char code[64], severity[16], file[256];
		unsigned row, column;
		ck_assert_int_eq(sscanf(line.at, "{\"code\":\"%63[^\"]\",\"severity\":\"%15[^\"]\",\"file\":\"%255[^\"]\",\"line\":%u,\"column\":%u",
					code, severity, file, &row, &column), 5);
		struct text name = text_from(file);
		ck_assert(text_starts(name, folder));
		name = text_slice(name, strlen(folder), name.size);
		if (text_starts(name, "/"))
			name = text_slice(name, 1, name.size);
		buf_format(&list, "%.*s:%u:%u %s %s\n", TEXT_ARGS(name), row, column, severity, code);
	}
	struct text copy = text_copy(arena, buf_view(&list));
	buf_clear(&table);
	buf_clear(&list);
	return copy;
}

static bool run_case(struct text name, struct text spec)
{
	file_remove_tree(folder);
	lay_out(base);
	struct wanted wanted = lay_out(spec);
	struct sources *sources = sources_new(arena);
	struct diag *diag = diag_new(arena, sources);
	struct load_options options = { .data = folder, .year = wanted.year };
	if (text_is(name, "no year"))
		options.year = 0;
	struct model *model = load_model(arena, sources, diag, &options, NULL);
	load_release(model);
	struct text want = text_trim(wanted.complaints), have = text_trim(complaints_of(diag));
	if (!text_equal(want, have))
		printf("#### %.*s\n---- want\n%.*s\n---- have\n%.*s\n", TEXT_ARGS(name), TEXT_ARGS(want), TEXT_ARGS(have));
	return text_equal(want, have);
}

START_TEST(follows_the_specification)
{
	struct text spec = load(SPEC);
	size_t cases = 0, failed = 0;
	for (;;) {
		size_t at = text_find(spec, TEXT("\n#### "));
		if (at == spec.size)
			break;
		spec = text_slice(spec, at + 6, spec.size);
		struct text one = text_slice(spec, 0, text_find(spec, TEXT("\n#### ")));
		size_t section = text_find(one, TEXT("\n## "));
		one = text_slice(one, 0, section);
		struct text name = text_slice(one, 0, text_find(one, TEXT("\n")));
		if (text_is(name, "base"))
			base = one;
		failed += !run_case(name, one);
		cases++;
	}
	fflush(stdout);
	ck_assert_uint_eq(failed, 0);
	ck_assert_uint_ge(cases, 40);
}
END_TEST

/* ---- every message has a case -------------------------------------------------------------------- */

static const char *const specs[] = { SPEC, "tests/spec/csv.txt", "tests/unit/read_xml.c", "tests/unit/read_csv.c", "tests/unit/read_input.c" };

static bool is_specified(struct text code)
{
	for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
		struct text spec = load(specs[i]);
		struct text plain = text_format(arena, " %.*s\n", TEXT_ARGS(code)), quoted = text_format(arena, "\"%.*s\"", TEXT_ARGS(code));
		if (text_contains(spec, plain) || text_contains(spec, quoted))
			return true;
	}
	return false;
}

START_TEST(specifies_every_message)
{
	struct text rows = load("gen/base/diag.def"), line;
	bool is_ours = false;
	size_t missing = 0;
	while (text_next(&rows, '\n', &line)) {
		if (text_starts(line, "/* ---- "))
			is_ours = text_starts(line, "/* ---- read") || text_starts(line, "/* ---- check");
		if (!is_ours || !text_starts(line, "DIAG_KIND("))
			continue;
		struct text rest = text_slice(line, text_find(line, TEXT("\"")) + 1, line.size);
		struct text code = text_slice(rest, 0, text_find(rest, TEXT("\"")));
		/* Said by the commands about what the checks found. */
		if (!is_specified(code) && !text_is(code, "participation-left-out")) {
			printf("no specification shows %.*s\n", TEXT_ARGS(code));
			missing++;
		}
	}
	fflush(stdout);
	ck_assert_uint_eq(missing, 0);
}
END_TEST

Suite *check_load_suite(void)
{
	Suite *suite = suite_create("check/load");
	TCase *tcase = tcase_create("load");
	tcase_add_checked_fixture(tcase, start, finish);
	tcase_set_timeout(tcase, 120);
	tcase_add_test(tcase, follows_the_specification);
	tcase_add_test(tcase, specifies_every_message);
	suite_add_tcase(suite, tcase);
	return suite;
}
