/* SPDX-License-Identifier: MIT */
#include "read/input.h"

#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "read/encoding.h"

Suite *read_input_suite(void);

static struct arena *arena;

static void start(void)
{
	arena = arena_new();
}

static void finish(void)
{
	arena_free(arena);
}

/* A literal with its size, so that NULs may stand in it. */
#define BYTES(literal) literal, sizeof(literal) - 1

static const struct {
	const char *bytes;
	size_t size;
	const char *wanted, *name, *text;
	enum encoding_outcome outcome;
	size_t offset;
} cases[] = {
	{ BYTES(""), NULL, "UTF-8", "", ENCODING_GOOD, 0 },
	{ BYTES("abc"), NULL, "UTF-8", "abc", ENCODING_GOOD, 0 },
	{ BYTES("苏州"), NULL, "UTF-8", "苏州", ENCODING_GOOD, 0 },
	{ BYTES("\xEF\xBB\xBF苏州"), NULL, "UTF-8 BOM", "苏州", ENCODING_GOOD, 0 },
	{ BYTES("\xCB\xD5\xD6\xDD"), NULL, "GB18030", "苏州", ENCODING_GOOD, 0 },
	{ BYTES("\x80\xCB\xD5"), NULL, "GB18030", "€苏", ENCODING_GOOD, 0 },
	{ BYTES("\x81\x80"), NULL, "GB18030", "亐", ENCODING_GOOD, 0 },          /* 80 as second byte is no euro */
	{ BYTES("\x95\x5C\x95\x7C"), NULL, "GB18030", "昞晐", ENCODING_GOOD, 0 }, /* second bytes \ and | */
	{ BYTES("\x81\x30\x84\x36"), NULL, "GB18030", "¥", ENCODING_GOOD, 0 },
	{ BYTES("\x95\x32\x82\x36"), NULL, "GB18030", "𠀀", ENCODING_GOOD, 0 },
	{ BYTES("ab\xCB"), NULL, "UTF-8", NULL, ENCODING_BAD, 2 },
	{ BYTES("ab\xFFyz"), NULL, "UTF-8", NULL, ENCODING_BAD, 2 },
	{ BYTES("苏\xD6\xDD\xFF"), NULL, "GB18030", NULL, ENCODING_BAD, 4 },
	{ BYTES("\xEF\xBB\xBF\xCB\xD5"), NULL, "UTF-8 BOM", NULL, ENCODING_BAD, 3 },
	{ BYTES("ab\0cd"), NULL, "UTF-8", NULL, ENCODING_BINARY, 2 },
	{ BYTES("\xFF\xFE\xCF\x82\x40\xD8\x00\xDC"), NULL, "UTF-16LE", "苏𠀀", ENCODING_GOOD, 0 },
	{ BYTES("\xFE\xFF\x82\xCF"), NULL, "UTF-16BE", "苏", ENCODING_GOOD, 0 },
	{ BYTES("\xFF\xFE\xCF"), NULL, "UTF-16LE", NULL, ENCODING_BAD, 2 },
	{ BYTES("\xFF\xFE\x00\xDC\x41\x00"), NULL, "UTF-16LE", NULL, ENCODING_BAD, 2 },
	{ BYTES("\xFF\xFE\x41\x00\x00\x00"), NULL, "UTF-16LE", NULL, ENCODING_BINARY, 4 },
	{ BYTES("\xCB\xD5"), "gb2312", "GB18030", "苏", ENCODING_GOOD, 0 },
	{ BYTES("\xCB\xD5"), "UTF-8", "UTF-8", NULL, ENCODING_BAD, 0 },
	{ BYTES("\xC2\xA4"), NULL, "UTF-8", "¤", ENCODING_GOOD, 0 },
	{ BYTES("\xC2\xA4"), "GBK", "GB18030", "陇", ENCODING_GOOD, 0 },
	{ BYTES("A\0"), "utf-16le", "UTF-16LE", "A", ENCODING_GOOD, 0 },
	{ BYTES("abc"), "Big5", "Big5", NULL, ENCODING_UNSUPPORTED, 0 },
};

START_TEST(decodes_whole_files)
{
	struct text bytes = { cases[_i].bytes, cases[_i].size };
	struct encoding_result result = encoding_decode(arena, bytes, cases[_i].wanted);
	ck_assert_int_eq(result.outcome, cases[_i].outcome);
	ck_assert_str_eq(result.name, cases[_i].name);
	if (cases[_i].text)
		ck_assert_msg(text_is(result.text, cases[_i].text), "%.*s", TEXT_ARGS(result.text));
	else
		ck_assert_uint_eq(result.offset, cases[_i].offset);
}
END_TEST

START_TEST(finds_declared_encodings)
{
	ck_assert(text_is(encoding_of_xml(TEXT("<?xml version='1.0' encoding=\"GBK\"?><a/>")), "GBK"));
	ck_assert(text_is(encoding_of_xml(TEXT("\xEF\xBB\xBF<?xml version='1.0' encoding = 'utf-8' standalone='yes'?>")), "utf-8"));
	ck_assert_uint_eq(encoding_of_xml(TEXT("<?xml version='1.0'?><a encoding='x'/>")).size, 0);
	ck_assert_uint_eq(encoding_of_xml(TEXT("<a encoding='x'/>")).size, 0);
	ck_assert_uint_eq(encoding_of_xml(TEXT("<?xml encoding=\"")).size, 0);
	ck_assert_uint_eq(encoding_of_xml(TEXT("<?xml encoding")).size, 0);
}
END_TEST

START_TEST(refuses_files_that_are_none)
{
	struct reader reader = { .arena = arena, .sources = sources_new(arena) };
	reader.diag = diag_new(arena, reader.sources);
	ck_assert_uint_eq(input_open(&reader, "/tmp", INPUT_CSV), 0);
	ck_assert_uint_eq(input_open(&reader, "/dev/zero", INPUT_CSV), 0);
	ck_assert_uint_eq(input_open(&reader, "/nowhere/at/all", INPUT_XML), 0);
	ck_assert_uint_eq(diag_count_of(reader.diag, DIAG_FILE_UNREADABLE), 2);
	ck_assert_uint_eq(diag_count_of(reader.diag, DIAG_FILE_FOLDER), 1);
}
END_TEST

/* 2 GB of nothing: a sparse file, refused by its size alone. */
START_TEST(refuses_large_files)
{
	struct reader reader = { .arena = arena, .sources = sources_new(arena) };
	reader.diag = diag_new(arena, reader.sources);
	char path[] = "/tmp/xingji-input-XXXXXX";
	int fd = mkstemp(path);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(ftruncate(fd, (off_t)INPUT_LIMIT + 1), 0);
	ck_assert_uint_eq(input_open(&reader, path, INPUT_CSV), 0);
	ck_assert_uint_eq(diag_count_of(reader.diag, DIAG_FILE_TOO_LARGE), 1);
	ck_assert_str_eq(diag_row(DIAG_FILE_TOO_LARGE)->code, "file-too-large");
	ck_assert_int_eq(ftruncate(fd, (off_t)INPUT_TEXT_LIMIT + 1), 0);
	reader.largest = INPUT_TEXT_LIMIT;
	ck_assert_uint_eq(input_open(&reader, path, INPUT_XML), 0);
	ck_assert_uint_eq(diag_count_of(reader.diag, DIAG_FILE_TEXT_TOO_LARGE), 1);
	ck_assert_str_eq(diag_row(DIAG_FILE_TEXT_TOO_LARGE)->code, "file-text-too-large");
	close(fd);
	unlink(path);
}
END_TEST

/* ---- files that change while we run ------------------------------------------------- */

static struct reader reader_in(const char *beneath)
{
	struct reader reader = { .arena = arena, .sources = sources_new(arena), .beneath = beneath };
	reader.diag = diag_new(arena, reader.sources);
	return reader;
}

static const char *new_folder(void)
{
	char path[] = "/tmp/xingji-input-XXXXXX";
	ck_assert_ptr_nonnull(mkdtemp(path));
	return text_string(arena, text_from(path));
}

static const char *write_in(const char *folder, const char *name, struct text bytes)
{
	const char *path = file_join(arena, folder, text_from(name));
	ck_assert_int_eq(file_write(path, bytes, 0600), 0);
	return path;
}

static uint32_t reported(const struct reader *reader, enum diag_kind kind)
{
	return (uint32_t)diag_count_of(reader->diag, kind);
}

/* Small, large, and large in another encoding: whatever happens to the file, places are of what was read. */
START_TEST(owns_what_it_read)
{
	static const struct {
		size_t lines;
		const char *line;
	} files[] = { { 10, "苏州,1\n" }, { 10, "\xCB\xD5\xD6\xDD,1\n" }, { 700 * 1000, "苏州,1\n" }, { 1200 * 1000, "\xCB\xD5\xD6\xDD,1\n" } };
	const char *folder = new_folder();
	struct reader reader = reader_in(folder);
	struct buf bytes;
	char hash[65], noted[65];
	buf_init(&bytes, BUF_LIMIT_FILE);
	for (size_t i = 0; i < files[_i].lines; i++)
		buf_string(&bytes, files[_i].line);
	const char *path = write_in(folder, "a.csv", buf_view(&bytes));
	hash_of(buf_view(&bytes), hash);
	uint32_t number = input_open(&reader, path, INPUT_CSV);
	ck_assert_uint_ne(number, 0);
	ck_assert_int_eq(truncate(path, 0), 0);
	const struct source *source = sources_find(reader.sources, number);
	ck_assert(sources_hash(reader.sources, number, noted));
	ck_assert_str_eq(noted, hash);
	ck_assert(text_ends(source->text, "苏州,1\n"));
	uint32_t end = (uint32_t)source->text.size;
	struct place place = place_of(reader.sources, (struct span){ number, end - 2, end - 1 });
	ck_assert_uint_eq(place.line, files[_i].lines);
	ck_assert_uint_eq(place.column, 4);
	ck_assert(text_is(place.line_text, "苏州,1"));
	buf_clear(&bytes);
	ck_assert_int_eq(file_remove_tree(folder), 0);
}
END_TEST

/* As it is, decoded, and with a mark in front: what was let go is read again as it was, unless the file has changed. */
START_TEST(reads_again_what_it_let_go)
{
	static const char *const files[] = { "苏州,1\n南京,2\n",
					     "\xCB\xD5\xD6\xDD,1\n\xC4\xCF\xBE\xA9,2\n",
					     "\xEF\xBB\xBF苏州,1\n南京,2\n" };
	const char *folder = new_folder();
	struct reader reader = reader_in(folder);
	struct text bytes = text_from(files[_i]);
	char hash[65], noted[65];
	hash_of(bytes, hash);
	sources_keep(reader.sources, 0);
	const char *path = write_in(folder, "a.csv", bytes);
	uint32_t first = input_open_passing(&reader, path, INPUT_CSV);
	uint32_t second = input_open_passing(&reader, path, INPUT_CSV);
	uint32_t end = (uint32_t)sources_find(reader.sources, first)->text.size;
	sources_let_go(reader.sources, first);
	sources_let_go(reader.sources, second);
	ck_assert_uint_eq(sources_find(reader.sources, first)->text.size, 0);
	ck_assert(sources_hash(reader.sources, first, noted));
	ck_assert_str_eq(noted, hash);
	ck_assert_uint_eq(sources_borrow(reader.sources, first).size, end);
	sources_give_back(reader.sources, first);
	ck_assert_uint_eq(sources_find(reader.sources, first)->text.size, 0);
	const struct span span = { first, end ? end - 2 : 0, end ? end - 1 : 0 };
	struct place place = place_of(reader.sources, span);
	ck_assert_uint_eq(place.line, end ? 2 : 1);
	ck_assert(text_is(place.line_text, end ? "南京,2" : ""));
	write_in(folder, "a.csv", TEXT("无锡,3\n"));
	ck_assert_uint_eq(place_of(reader.sources, span).line, end ? 2 : 1);
	ck_assert_uint_eq(place_of(reader.sources, (struct span){ second, span.start, span.end }).line, 0);
	ck_assert(text_ends(place_of(reader.sources, (struct span){ second, 0, 0 }).file, "a.csv"));
	ck_assert_uint_eq(span_text(reader.sources, (struct span){ second, 0, end }).size, 0);
	ck_assert(sources_hash(reader.sources, first, noted) && !sources_hash(reader.sources, second, noted));
	ck_assert_int_eq(file_remove_tree(folder), 0);
}
END_TEST

/* By bytes: the line, column and beginning of a place. */
static struct place find_plainly(struct text text, size_t start)
{
	struct place place = { .line = 1, .column = 1 };
	size_t line_start = 0;
	for (size_t i = 0; i < start; i++) {
		bool is_return = text.at[i] == '\r' && (i + 1 == text.size || text.at[i + 1] != '\n');
		place.column += ((unsigned char)text.at[i] & 0xC0) != 0x80;
		if (text.at[i] != '\n' && !is_return)
			continue;
		place.line++;
		place.column = 1;
		line_start = i + 1;
	}
	place.line_text = text_slice(text, line_start, strcspn(text.at + line_start, "\r\n"));
	return place;
}

/* A file of which something is told is let go again, and every place is where counting bytes finds it. */
START_TEST(tells_of_what_it_let_go)
{
	static const char *const pieces[] = { "a", "苏", ",", "\n", "\r\n", "\r", "b\xC3\xA9", "\n\n" };
	const char *folder = new_folder();
	struct reader reader = reader_in(folder);
	struct buf bytes, said;
	buf_init(&bytes, BUF_LIMIT_FILE);
	buf_init(&said, BUF_LIMIT_FILE);
	for (uint32_t i = 0, state = (uint32_t)_i; i < 300; i++, state = state * 1664525 + 1013904223)
		buf_string(&bytes, pieces[state >> 24 & 7]);
	buf_string(&bytes, "c");
	sources_keep(reader.sources, 0);
	uint32_t number = input_open_passing(&reader, write_in(folder, "a.csv", buf_view(&bytes)), INPUT_CSV);
	struct span spans[60];
	struct place places[60];
	for (uint32_t i = 0; i < 60; i++)
		spans[i] = (struct span){ number, i * 5, i * 5 };
	DIAG(reader.diag, DIAG_FILE_EMPTY, .span = spans[30]);
	sources_let_go(reader.sources, number);
	sources_borrow(reader.sources, number);
	places_copy(reader.sources, spans, places, 60, arena);
	sources_give_back(reader.sources, number);
	for (size_t i = 0; i < 60; i++) {
		if (((unsigned char)bytes.at[spans[i].start] & 0xC0) == 0x80)
			continue;
		struct place wanted = find_plainly(buf_view(&bytes), spans[i].start);
		ck_assert_uint_eq(places[i].line, wanted.line);
		ck_assert_uint_eq(places[i].column, wanted.column);
		ck_assert(text_equal(places[i].line_text, wanted.line_text));
	}
	diag_write(reader.diag, DIAG_FORMAT_TEXT, LANGUAGE_ENGLISH, &said);
	ck_assert_uint_gt(said.size, 0);
	ck_assert_uint_eq(sources_find(reader.sources, number)->text.size, 0);
	buf_clear(&bytes);
	buf_clear(&said);
	ck_assert_int_eq(file_remove_tree(folder), 0);
}
END_TEST

/* What a file was when it was read is its hash, whatever it became since; what has to be read for it is told as lost. */
START_TEST(hashes_what_it_lets_go)
{
	static const char *const files[] = { "苏州,1\n", "\xCB\xD5\xD6\xDD,1\n", "\xEF\xBB\xBF苏州,1\n" };
	const char *folder = new_folder();
	struct text bytes = text_from(files[_i % 3]);
	char hash[65], noted[65];
	bool is_asked = _i >= 3;
	hash_of(bytes, hash);
	struct reader reader = reader_in(folder);
	if (is_asked)
		sources_hash_all(reader.sources);
	sources_keep(reader.sources, 0);
	const char *path = write_in(folder, "a.csv", bytes);
	uint32_t number = input_open_passing(&reader, path, INPUT_CSV);
	sources_let_go(reader.sources, number);
	write_in(folder, "a.csv", TEXT("无锡,3\n4\n"));
	const bool is_known = is_asked || _i == 1; /* of what was decoded the bytes were gone before */
	ck_assert_int_eq(sources_find(reader.sources, number)->hash != NULL, is_known);
	ck_assert_int_eq(sources_hash(reader.sources, number, noted), is_known);
	if (is_known)
		ck_assert_str_eq(noted, hash);
	ck_assert_uint_eq(sources_borrow(reader.sources, number).size, 0);
	ck_assert(!sources_hash(reader.sources, number, noted));
	ck_assert_int_eq(file_remove_tree(folder), 0);
}
END_TEST

/* A file of the kernel that says it is empty and then is not: as one that is being written. */
START_TEST(notices_a_file_that_changes)
{
	struct reader reader = reader_in(NULL);
	ck_assert_uint_eq(input_open(&reader, "/proc/self/status", INPUT_CSV), 0);
	ck_assert_uint_eq(reported(&reader, DIAG_FILE_CHANGED), 1);
	char hash[65];
	ck_assert(!sources_hash(reader.sources, input_add(&reader, "no file", TEXT("a")), hash));
}
END_TEST

/* ---- links ------------------------------------------------------------------------- */

enum linked { IS_READ, IS_REFUSED, IS_UNREADABLE };

static const struct {
	const char *link, *target, *path; /* below the folder "in"; the target from where the link stands */
	enum linked wanted;
} links[] = {
	{ "a.md", "b.md", "a.md", IS_READ },
	{ "a.md", "../out.md", "a.md", IS_REFUSED },
	{ "a.md", "/etc/passwd", "a.md", IS_REFUSED },
	{ "a.md", "../in-beside/x.md", "a.md", IS_REFUSED }, /* a name that starts like the folder's */
	{ "sub/a.md", "../b.md", "sub/a.md", IS_READ },
	{ "sub/a.md", "../../out.md", "sub/a.md", IS_REFUSED },
	{ "to", "sub", "to/c.md", IS_READ },
	{ "to", "..", "to/out.md", IS_REFUSED },
	{ "to", "..", "to/in/b.md", IS_READ }, /* out and in again */
	{ "a.md", "a.md", "a.md", IS_UNREADABLE },
	{ "a.md", "gone.md", "a.md", IS_UNREADABLE },
	{ "a.md", "/dev/zero", "a.md", IS_REFUSED },
};

START_TEST(follows_links_within_the_folder_only)
{
	const char *outer = new_folder(), *real = file_join(arena, outer, TEXT("in")), *folder = file_join(arena, outer, TEXT("top"));
	ck_assert_int_eq(file_make_folder(file_join(arena, real, TEXT("sub")), 0700), 0);
	ck_assert_int_eq(file_make_folder(file_join(arena, outer, TEXT("in-beside")), 0700), 0);
	write_in(outer, "out.md", TEXT("out"));
	write_in(outer, "in-beside/x.md", TEXT("out"));
	write_in(real, "b.md", TEXT("in"));
	write_in(real, "sub/c.md", TEXT("in"));
	ck_assert_int_eq(symlink("in", folder), 0);
	const char *link = file_join(arena, folder, text_from(links[_i].link));
	ck_assert_int_eq(symlink(links[_i].target, link), 0);
	struct reader reader = reader_in(folder);
	uint32_t number = input_open(&reader, file_join(arena, folder, text_from(links[_i].path)), INPUT_CSV);
	ck_assert_uint_eq(number != 0, links[_i].wanted == IS_READ);
	ck_assert_uint_eq(reported(&reader, DIAG_FILE_LINK_LEAVES), links[_i].wanted == IS_REFUSED);
	ck_assert_uint_eq(reported(&reader, DIAG_FILE_UNREADABLE), links[_i].wanted == IS_UNREADABLE);
	struct buf said;
	buf_init(&said, BUF_LIMIT_PAGE);
	diag_write(reader.diag, DIAG_FORMAT_TEXT, LANGUAGE_ENGLISH, &said);
	if (links[_i].wanted == IS_REFUSED)
		ck_assert_msg(text_contains(buf_view(&said), text_format(arena, "the link '%s'", link)), "%s", said.at);
	ck_assert_str_eq(diag_row(DIAG_FILE_LINK_LEAVES)->code, "file-link-leaves");
	buf_clear(&said);
	ck_assert_int_eq(file_remove_tree(outer), 0);
}
END_TEST

/* data/2021 may be a link to wherever that year is kept, and so may data itself; what lies in it stays in it. */
START_TEST(follows_the_link_of_a_part)
{
	const char *outer = new_folder(), *folder = file_join(arena, outer, TEXT("data"));
	struct reader reader = reader_in(folder);
	ck_assert_int_eq(file_make_folder(folder, 0700), 0);
	ck_assert_int_eq(file_make_folder(file_join(arena, outer, TEXT("kept/results")), 0700), 0);
	write_in(outer, "kept/results/a.csv", TEXT("in"));
	write_in(outer, "b.csv", TEXT("out"));
	ck_assert_int_eq(symlink("../kept", file_join(arena, folder, TEXT("2021"))), 0);
	ck_assert_int_eq(symlink("../../b.csv", file_join(arena, folder, TEXT("2021/results/b.csv"))), 0);
	ck_assert_int_eq(symlink("../b.csv", file_join(arena, folder, TEXT("c.csv"))), 0);
	ck_assert_uint_eq(input_open(&reader, file_join(arena, folder, TEXT("2021/results/a.csv")), INPUT_CSV), 0);
	reader.has_parts = true;
	ck_assert_uint_ne(input_open(&reader, file_join(arena, folder, TEXT("2021/results/a.csv")), INPUT_CSV), 0);
	ck_assert_uint_eq(reported(&reader, DIAG_FILE_LINK_LEAVES), 1);
	ck_assert_uint_eq(input_open(&reader, file_join(arena, folder, TEXT("2021/results/b.csv")), INPUT_CSV), 0);
	ck_assert_uint_eq(input_open(&reader, file_join(arena, folder, TEXT("c.csv")), INPUT_CSV), 0);
	ck_assert_uint_eq(reported(&reader, DIAG_FILE_LINK_LEAVES), 3);
	ck_assert_int_eq(file_remove_tree(outer), 0);
}
END_TEST

START_TEST(refuses_bytes_that_are_no_text)
{
	const char *folder = new_folder();
	struct reader reader = reader_in(folder);
	ck_assert_uint_eq(input_open(&reader, write_in(folder, "a.csv", TEXT("ab\xFFyz")), INPUT_CSV), 0);
	ck_assert_uint_eq(reported(&reader, DIAG_ENCODING_WRONG), 1);
	ck_assert_int_eq(file_remove_tree(folder), 0);
}
END_TEST

START_TEST(lists_no_folder_that_lies_elsewhere)
{
	const char *outer = new_folder(), *folder = file_join(arena, outer, TEXT("in"));
	struct reader reader = reader_in(folder);
	struct input_names names;
	ck_assert_int_eq(file_make_folder(folder, 0700), 0);
	write_in(outer, "out.md", TEXT("out"));
	ck_assert_int_eq(symlink("..", file_join(arena, folder, TEXT("up"))), 0);
	ck_assert(!input_list(&reader, file_join(arena, folder, TEXT("up")), ".md", &names));
	ck_assert_uint_eq(reported(&reader, DIAG_FILE_LINK_LEAVES), 1);
	ck_assert(input_list(&reader, folder, NULL, &names));
	ck_assert_uint_eq(names.count, 1);
	ck_assert(input_list(&reader, file_join(arena, folder, TEXT("gone")), NULL, &names));
	ck_assert_int_eq(names.error, ENOENT);
	ck_assert_int_eq(file_remove_tree(outer), 0);
}
END_TEST

/* Nobody writes into the pipe: waiting for it would be for ever. */
START_TEST(waits_for_no_pipe)
{
	const char *folder = new_folder(), *path = file_join(arena, folder, TEXT("a.csv"));
	struct reader reader = reader_in(folder);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	ck_assert_uint_eq(input_open(&reader, path, INPUT_CSV), 0);
	ck_assert_uint_eq(reported(&reader, DIAG_FILE_UNREADABLE), 1);
	ck_assert_int_eq(file_remove_tree(folder), 0);
}
END_TEST

/* Of a file that is named the last word counts, else that for all; the same name elsewhere is another file. */
static const struct {
	const char *asked, *file, *read_as; /* read_as NULL: refused */
} choices[] = {
	{ NULL, "2021/a.csv", "UTF-8" },
	{ "GBK", "2021/a.csv", "GB18030" },
	{ "a.csv=GBK", "2021/a.csv", "GB18030" },
	{ "a.csv=GBK", "2021/b.csv", "UTF-8" },
	{ "2021/a.csv=GBK", "2021/a.csv", "GB18030" },
	{ "2020/a.csv=GBK", "2021/a.csv", "UTF-8" },
	{ "GBK,a.csv=UTF-8", "2021/a.csv", "UTF-8" },
	{ "a.csv=UTF-8,GBK", "2021/a.csv", "UTF-8" },
	{ "a.csv=UTF-8,GBK", "2021/b.csv", "GB18030" },
	{ "a.csv=GBK,a.csv=UTF-8", "2021/a.csv", "UTF-8" },
	{ "sub/a.csv=GBK", "2021/a.csv", "UTF-8" },
	{ "sub/a.csv=GBK", "2021/sub/a.csv", "GB18030" },
	{ "a.csv=GBK", "2021/sub/a.csv", "UTF-8" },
	{ "a.csv=EBCDIC", "2021/a.csv", NULL },
	{ "a.csv=", "2021/a.csv", NULL },
	{ ",=,a.csv==GBK", "2021/b.csv", NULL },
};

START_TEST(takes_the_encoding_asked_for)
{
	const char *folder = new_folder(), *year = file_join(arena, folder, TEXT("2021"));
	struct reader reader = reader_in(folder);
	const char *path = file_join(arena, folder, text_from(choices[_i].file));
	reader.folder = year;
	reader.encoding = choices[_i].asked;
	ck_assert_int_eq(file_make_folder(file_join(arena, year, TEXT("sub")), 0700), 0);
	ck_assert_int_eq(file_write(path, TEXT("\xE6\xB1\x9F\xE8\x8B\x8F"), 0600), 0);
	uint32_t number = input_open(&reader, path, INPUT_CSV);
	if (choices[_i].read_as)
		ck_assert_str_eq(sources_find(reader.sources, number)->encoding, choices[_i].read_as);
	else
		ck_assert_uint_eq(number, 0);
	ck_assert_int_eq(file_remove_tree(folder), 0);
}
END_TEST

START_TEST(has_reasons_in_both_languages)
{
	static const int errors[] = { ENOENT, EACCES, ENOSPC, EADDRINUSE, ENOMEM, 9999 };
	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
		struct text reason = file_reason(errors[i]);
		ck_assert(text_contains(reason, TEXT("\x1F")));
		ck_assert((unsigned char)reason.at[0] >= 0x80);
	}
	ck_assert(text_starts(file_reason(9999), "系统错误第 9999 号\x1F"));
}
END_TEST

Suite *read_input_suite(void)
{
	Suite *suite = suite_create("read/input");
	TCase *tcase = tcase_create("input");
	tcase_add_checked_fixture(tcase, start, finish);
	tcase_add_loop_test(tcase, decodes_whole_files, 0, (int)(sizeof cases / sizeof *cases));
	tcase_add_test(tcase, finds_declared_encodings);
	tcase_add_test(tcase, refuses_files_that_are_none);
	tcase_add_test(tcase, refuses_large_files);
	tcase_add_loop_test(tcase, owns_what_it_read, 0, 3);
	tcase_add_loop_test(tcase, reads_again_what_it_let_go, 0, 3);
	tcase_add_loop_test(tcase, hashes_what_it_lets_go, 0, 6);
	tcase_add_loop_test(tcase, tells_of_what_it_let_go, 0, 20);
	tcase_add_test(tcase, notices_a_file_that_changes);
	tcase_add_loop_test(tcase, follows_links_within_the_folder_only, 0, (int)(sizeof links / sizeof *links));
	tcase_add_test(tcase, follows_the_link_of_a_part);
	tcase_add_test(tcase, refuses_bytes_that_are_no_text);
	tcase_add_test(tcase, lists_no_folder_that_lies_elsewhere);
	tcase_add_test(tcase, waits_for_no_pipe);
	tcase_add_loop_test(tcase, takes_the_encoding_asked_for, 0, (int)(sizeof choices / sizeof *choices));
	tcase_add_test(tcase, has_reasons_in_both_languages);
	suite_add_tcase(suite, tcase);
	return suite;
}
