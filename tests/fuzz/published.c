/* SPDX-License-Identifier: MIT
 *
 * What is read back before it is published, what a preview is asked for, and the site that a theme describes.
 */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"
#include "compose/site.h"
#include "publish/crosscheck.h"
#include "publish/crosscheck_table.h"
#include "base/inflate.h"
#include "publish/leak.h"
#include "publish/leak_view.h"
#include "publish/output.h"
#include "serve/http.h"
#include "theme/site.h"

/* ---- requests ------------------------------------------------------------------------- */

/* A path that is let through leads nowhere but below the folder. */
static void check_path(const struct http_request *request)
{
	struct text path = text_from(request->path), part;
	if (text_starts(path, "/") || utf8_check(path) != path.size || text_contains(path, TEXT("\\")))
		abort();
	while (text_next(&path, '/', &part))
		if (text_starts(part, ".") || (!part.size && path.size))
			abort();
}

void fuzz_http(const struct fuzz *fuzz, struct text input)
{
	struct http_request request;
	struct buf head;
	(void)fuzz;
	enum http_status status = http_parse(input, &request);
	if (status == HTTP_INCOMPLETE)
		return;
	if (status == HTTP_OK)
		check_path(&request);
	const struct http_answer answer = { .status = status, .type = status == HTTP_OK ? http_type(text_from(request.path)) : NO_TEXT };
	buf_init(&head, BUF_LIMIT_PAGE);
	http_write_head(&answer, &head);
	buf_clear(&head);
	http_status_line(status);
}

/* ---- escapes and packed bytes ------------------------------------------------------------- */

static void check_places(const struct leak_view *view, struct text input)
{
	for (size_t i = 0; i < view->bytes.size; i++)
		if (leak_view_place(view, i) > input.size)
			abort();
}

void fuzz_view(const struct fuzz *fuzz, struct text input)
{
	unsigned margin = fuzz_choice(&input);
	struct leak_view view;
	(void)fuzz;
	leak_view_init(&view);
	if (leak_view_escapes(&view, input, margin))
		check_places(&view, input);
	if (leak_view_markup(&view, input))
		check_places(&view, input);
	if (leak_view_base64(&view, input))
		check_places(&view, input);
	if (leak_view_hex(&view, input))
		check_places(&view, input);
	leak_view_clear(&view);
}

void fuzz_packed(const struct fuzz *fuzz, struct text input)
{
	struct inflate_member member;
	struct buf plain;
	bool is_damaged;
	(void)fuzz;
	buf_init(&plain, BUF_LIMIT_PAGE);
	for (int kind = INFLATE_RAW; kind <= INFLATE_GZIP; kind++)
		inflate_add((enum inflate_kind)kind, input, &plain);
	for (size_t at = 0, before = 0; inflate_next_member(input, &at, &member, &is_damaged); before = at) {
		if (at <= before)
			abort();
		inflate_member_add(&member, &plain);
	}
	buf_clear(&plain);
}

/* ---- downloads ------------------------------------------------------------------------------ */

static void number(struct buf *zip, uint32_t number, unsigned size)
{
	for (unsigned i = 0; i < size; i++)
		buf_byte(zip, (char)(number >> (8 * i)));
}

static const char *const parts[] = { "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml" };

/* A workbook of these two parts as they are, so that the bytes reach the reader of the sheet. */
static void write_workbook(struct buf *zip, const struct text contents[2])
{
	uint32_t places[2];
	for (size_t i = 0; i < 2; i++) {
		places[i] = (uint32_t)zip->size;
		buf_add(zip, "PK\3\4\x14\0\0\0\0\0\0\0\0\0\0\0\0", 18);
		number(zip, (uint32_t)contents[i].size, 4);
		number(zip, (uint32_t)contents[i].size, 4);
		number(zip, (uint32_t)strlen(parts[i]), 4);
		buf_string(zip, parts[i]);
		buf_text(zip, contents[i]);
	}
	uint32_t directory = (uint32_t)zip->size;
	for (size_t i = 0; i < 2; i++) {
		buf_add(zip, "PK\1\2\x14\0\x14\0\0\0\0\0\0\0\0\0\0\0\0\0", 20);
		number(zip, (uint32_t)contents[i].size, 4);
		number(zip, (uint32_t)contents[i].size, 4);
		number(zip, (uint32_t)strlen(parts[i]), 4);
		for (int zero = 0; zero < 10; zero++)
			buf_byte(zip, '\0');
		number(zip, places[i], 4);
		buf_string(zip, parts[i]);
	}
	uint32_t size = (uint32_t)zip->size - directory;
	buf_add(zip, "PK\5\6\0\0\0\0\2\0\2\0", 12);
	number(zip, size, 4);
	number(zip, directory, 4);
	number(zip, 0, 2);
}

/* A text whose every byte must be readable. */
static void read_through(struct text text)
{
	for (size_t i = 0; i < text.size; i++)
		(void)*(const volatile char *)&text.at[i];
}

static void take_row(void *context, const struct crosscheck_row *row)
{
	(void)context;
	if (row->count > CROSSCHECK_COLUMNS)
		abort();
	for (size_t i = 0; i < row->count; i++) {
		read_through(row->names[i]);
		read_through(row->cells[i]);
	}
	read_through(crosscheck_cell_of(row, "级别"));
}

void fuzz_download(const struct fuzz *fuzz, struct text input)
{
	static const struct text paths[] = { TEXT_INIT("a.csv"), TEXT_INIT("a.json"), TEXT_INIT("a.xlsx"), TEXT_INIT("parts.xlsx") };
	unsigned choice = fuzz_choice(&input) % 4;
	const struct crosscheck_reader reader = { .arena = fuzz->arena, .take = take_row };
	struct buf zip;
	buf_init(&zip, BUF_LIMIT_PAGE);
	if (choice == 3) {
		size_t middle = text_find(input, TEXT("\n\n"));
		write_workbook(&zip, (const struct text[]){ text_slice(input, 0, middle), text_slice(input, middle, input.size) });
		input = buf_view(&zip);
	}
	crosscheck_table_read(&reader, paths[choice], input);
	buf_clear(&zip);
}

/* ---- the whole of what is published ------------------------------------------------------------ */

static char folder[64];

static void remove_folder(void)
{
	file_remove_tree(folder);
}

static void make_folder(const char *kind)
{
	snprintf(folder, sizeof folder, "%s/xingji-fuzz-%s-%ld", file_is_folder("/dev/shm") ? "/dev/shm" : "/tmp", kind, (long)getpid());
	atexit(remove_folder);
	if (file_make_folder(folder, 0700)) {
		fprintf(stderr, "fuzz: cannot make %s\n", folder);
		exit(3);
	}
}

void fuzz_make_output(const struct fuzz *fuzz, const char *name)
{
	(void)fuzz;
	make_folder(name);
}

static void scan(const struct fuzz *fuzz, struct output *output)
{
	struct leak *leak = leak_new(fuzz->arena);
	struct leak_summary summary;
	struct buf report;
	leak_add(leak, TEXT("13900001111"), "电话");
	leak_add(leak, TEXT("某某机密有限公司"), "名称");
	leak_add(leak, TEXT("短"), "名称");
	leak_add_remark(leak, TEXT("内部备注：此事尚未公布"), "备注", 1);
	leak_allow(leak, TEXT("苏州某某机密有限公司分公司"));
	leak_know(leak, TEXT("已经公布的话"));
	leak_scan(leak, output, fuzz->diag, &summary);
	buf_init(&report, BUF_LIMIT_PAGE);
	leak_report(leak, &summary, &report);
	buf_clear(&report);
	leak_free(leak);
}

void fuzz_published(const struct fuzz *fuzz, struct text input)
{
	static const struct text paths[] = {
		TEXT_INIT("public/index.html"), TEXT_INIT("internal/report/report.html"), TEXT_INIT("public/data/listed.csv"),
		TEXT_INIT("public/data/listed.json"), TEXT_INIT("public/data/listed.xlsx"), TEXT_INIT("public/a.pdf"), TEXT_INIT("public/a.gz"),
	};
	static const struct crosscheck_expected expected[] = {
		{ .name = TEXT_INIT("all/listed"), .value = 3, .sums = { "city/" } },
		{ .name = TEXT_INIT("city/a/listed"), .value = 1, .city = TEXT_INIT("a") },
		{ .name = TEXT_INIT("city/b/listed"), .value = 2, .city = TEXT_INIT("b") },
	};
	static const struct crosscheck_cell cells[] = { { .table = "t", .row = TEXT_INIT("合计"), .column = TEXT_INIT("家数"), .value = 3 } };
	const struct crosscheck_options options = { .expected = expected, .expected_count = sizeof expected / sizeof *expected, .cells = cells, .cell_count = 1 };
	const struct text path = paths[fuzz_choice(&input) % (sizeof paths / sizeof *paths)];
	const char *target = file_join(fuzz->arena, folder, TEXT("out"));
	struct output *output = output_open(fuzz->arena, &(struct output_options){ .folder = target }, fuzz->diag);
	struct crosscheck_summary summary;
	if (!output || !output_write(output, path, input))
		abort();
	crosscheck_run(fuzz->arena, output, fuzz->diag, &options, &summary);
	scan(fuzz, output);
	output_close(output);
}

/* ---- the site of a theme --------------------------------------------------------------------------- */

void fuzz_make_site(const struct fuzz *fuzz, const char *name)
{
	(void)fuzz;
	make_folder(name);
}

/* Two rows whose columns and words are those of the query. */
static bool echo_query(void *context, struct arena *arena, struct text sql, struct span place, struct rows *rows)
{
	enum { COLUMNS = 4, ROWS = 2 };
	struct text word;
	size_t count = 0;
	(void)context;
	(void)place;
	struct text *names = ARENA_ARRAY(arena, struct text, COLUMNS);
	struct value *values = ARENA_ARRAY(arena, struct value, COLUMNS * ROWS);
	for (; count < COLUMNS && text_next(&sql, ' ', &word); count++) {
		names[count] = word;
		values[count] = (struct value){ .kind = VALUE_TEXT, .text = word };
		values[COLUMNS + count] = (struct value){ .kind = word.size % 2 ? VALUE_INTEGER : VALUE_NULL, .text = TEXT("7"), .integer = 7 };
	}
	for (size_t i = 0; i < count; i++)
		values[count + i] = values[COLUMNS + i];
	*rows = (struct rows){ .names = names, .column_count = count, .values = values, .row_count = count ? ROWS : 0 };
	return true;
}

static bool write_nothing(void *context, struct text path, struct text bytes)
{
	(void)context;
	read_through(path);
	read_through(bytes);
	return true;
}

void fuzz_site(const struct fuzz *fuzz, struct text input)
{
	if (file_write(file_join(fuzz->arena, folder, TEXT("site.xml")), input, 0600))
		abort();
	const struct site_folders folders = { .theme = folder, .inherited = "themes/default", .content = "content" };
	const struct site *site = site_load(fuzz->arena, fuzz->sources, fuzz->diag, &folders);
	if (!site)
		return;
	const struct site_options options = {
		.site = site, .source = { .query = echo_query }, .sources = fuzz->sources, .diag = fuzz->diag, .write = write_nothing,
	};
	site_compose(fuzz->arena, &options);
}
