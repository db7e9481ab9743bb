/* SPDX-License-Identifier: MIT
 *
 * The structure tree as a reader goes through it: from a page's MCIDs to elements, from those to their
 * parents and back.  The object streams are inflated and their objects looked up by number.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/inflate.h"
#include "render/canvas.h"
#include "render/fonts.h"
#include "render_fixture.h"

Suite *render_tree_suite(void);

enum { OBJECTS_MOST = 4000, ROWS = 40, CELLS = 8 };

static struct sheet sheet;
static struct fonts *fonts;
static struct buf out, inflated;
static struct text objects[OBJECTS_MOST]; /* by number: those of object streams */
static uint32_t object_count;

static void setup(void)
{
	sheet_open(&sheet);
	sheet.theme.face_count = SHEET_KAI;
	fonts = fonts_new(&sheet.theme, diag_new(sheet.arena, sources_new(sheet.arena)));
	ck_assert_ptr_nonnull(fonts);
	buf_init(&out, BUF_LIMIT_FILE);
	buf_init(&inflated, BUF_LIMIT_FILE);
	memset(objects, 0, sizeof objects);
	object_count = 0;
}

static void teardown(void)
{
	fonts_free(fonts);
	buf_clear(&out);
	buf_clear(&inflated);
	sheet_close(&sheet);
}

/* A table over two pages: rows whose cells have words of their own, the last cell of page one goes on on page two. */
static const struct pages *table(void)
{
	int document = sheet_tag(&sheet, "Document", -1), whole = sheet_tag(&sheet, "Table", document), torn = -1;
	for (int row = 0; row < ROWS; row++) {
		int line = sheet_tag(&sheet, "TR", whole);
		for (int cell = 0; cell < CELLS; cell++) {
			int tag = sheet_tag(&sheet, cell ? "TD" : "TH", line);
			if (!cell)
				sheet.tags.at[tag].scope = "Row";
			if (cell > 2)
				sheet.tags.at[tag].actual_text = cell % 2 ? TEXT("符合") : TEXT("不符合");
			torn = row < ROWS / 2 ? tag : torn;
			sheet_text(&sheet, "星级", (struct sheet_style){ .face = SHEET_SONG, .tag = tag, .size = 8, .x = 50 + 50 * cell,
				                                         .y = 50 + 18 * row });
		}
		if (row == ROWS / 2 - 1) {
			sheet_end_page(&sheet, "1");
			sheet_text(&sheet, "工业", (struct sheet_style){ .face = SHEET_SONG, .tag = torn, .size = 8, .x = 50, .y = 30 });
		}
	}
	sheet_tag(&sheet, "P", document); /* of which nothing is seen */
	sheet_end_page(&sheet, "2");
	return sheet_done(&sheet);
}

/* ---- reading ---------------------------------------------------------------- */

static long number_after(struct text text, const char *key)
{
	size_t at = text_find(text, text_from(key));
	return at == text.size ? -1 : strtol(text.at + at + strlen(key), NULL, 10);
}

static void take_objects(struct text stream, long count, size_t first)
{
	const char *head = stream.at;
	for (long i = 0; i < count; i++) {
		char *end;
		unsigned long number = strtoul(head, &end, 10), from = strtoul(end, &end, 10);
		const char *next = end;
		strtoul(next, &end, 10);
		size_t to = i + 1 < count ? strtoul(end, NULL, 10) : stream.size - first;
		ck_assert_uint_lt(number, OBJECTS_MOST);
		ck_assert_uint_le(from, to);
		ck_assert_ptr_null(objects[number].at);
		objects[number] = text_slice(stream, first + from, to - from);
		object_count++;
		head = next;
	}
}

static void read_objects(void)
{
	struct text rest = buf_view(&out);
	for (size_t at; (at = text_find(rest, TEXT("/Type/ObjStm"))) < rest.size;) {
		rest = text_slice(rest, at, rest.size);
		size_t body = text_find(rest, TEXT("stream\n")) + 7;
		struct buf stream;
		buf_init(&stream, BUF_LIMIT_FILE);
		ck_assert(inflate_add(INFLATE_ZLIB, text_slice(rest, body, (size_t)number_after(rest, "/Length ")), &stream));
		take_objects(text_copy(sheet.arena, buf_view(&stream)), number_after(rest, "/N "), (size_t)number_after(rest, "/First "));
		buf_clear(&stream);
		rest = text_slice(rest, body, rest.size);
	}
	ck_assert_uint_gt(object_count, ROWS * CELLS);
}

static struct text object(long number)
{
	ck_assert(number > 0 && number < OBJECTS_MOST && objects[number].at);
	return objects[number];
}

static long find_object(const char *start)
{
	for (long i = 0; i < OBJECTS_MOST; i++)
		if (objects[i].at && text_contains(objects[i], text_from(start)))
			return i;
	return -1;
}

/* The next reference "12 0 R" of a list; 0 at its end. */
static long next_reference(const char **at)
{
	char *end;
	while (**at == ' ' || **at == '[')
		++*at;
	long number = strtol(*at, &end, 10);
	if (end == *at || strncmp(end, " 0 R", 4) != 0)
		return 0;
	*at = end + 4;
	return number;
}

static bool has_kid(struct text element, const char *kid)
{
	char alone[40], within[40], first[40], last[40];
	snprintf(alone, sizeof alone, "/K %s>>", kid);
	snprintf(within, sizeof within, " %s ", kid);
	snprintf(first, sizeof first, "/K[%s ", kid);
	snprintf(last, sizeof last, " %s]", kid);
	return text_contains(element, text_from(alone)) || text_contains(element, text_from(first)) ||
	       text_contains(element, text_from(last)) || text_contains(element, text_from(within));
}

/* ---- what holds ----------------------------------------------------------- */

START_TEST(content_leads_to_its_element)
{
	struct canvas *canvas = haru_canvas_new(&sheet.theme, fonts, &out);
	ck_assert(canvas_paint(canvas, table()));
	canvas_free(canvas);
	read_objects();
	struct text root = object(find_object("/Type/StructTreeRoot"));
	int seen = 0, torn = 0;
	for (int page = 0; page < 2; page++) {
		char key[24], kid[64], other[40];
		snprintf(key, sizeof key, "/StructParents %d\n", page);
		long page_number = find_object(key);
		snprintf(other, sizeof other, "<</Type/MCR/Pg %ld 0 R", page_number);
		snprintf(key, sizeof key, "%s%d ", page ? " " : "/Nums[", page);
		const char *at = object(number_after(root, key)).at;
		long element;
		for (int mcid = 0; (element = next_reference(&at)); mcid++, seen++) {
			bool is_own = !text_contains(object(element), text_from(other)); /* its own page is its first one */
			if (is_own)
				snprintf(kid, sizeof kid, "%d", mcid);
			else
				snprintf(kid, sizeof kid, "<</Type/MCR/Pg %ld 0 R/MCID %d>>", page_number, mcid);
			torn += !is_own;
			ck_assert_msg(is_own ? has_kid(object(element), kid) : text_contains(object(element), text_from(kid)),
			              "page %d, %s is not of %.*s", page, kid, TEXT_ARGS(object(element)));
		}
	}
	ck_assert_int_eq(seen, ROWS * CELLS + 1);
	ck_assert_int_eq(torn, 1);
}
END_TEST

START_TEST(children_know_their_parents)
{
	struct canvas *canvas = haru_canvas_new(&sheet.theme, fonts, &out);
	ck_assert(canvas_paint(canvas, table()));
	canvas_free(canvas);
	read_objects();
	int rows = 0, cells = 0, told = 0;
	for (long i = 0; i < OBJECTS_MOST; i++) {
		struct text element = objects[i];
		if (!element.at || !text_starts(element, "<</S/"))
			continue;
		char kid[32];
		snprintf(kid, sizeof kid, "%ld 0 R", i);
		ck_assert_msg(has_kid(object(number_after(element, "/P ")), kid), "%ld is no kid of its parent", i);
		bool is_row = text_starts(element, "<</S/TR/"), is_cell = text_starts(element, "<</S/TD");
		struct text parent = object(number_after(element, "/P "));
		ck_assert(!is_row || text_starts(parent, "<</S/Table/"));
		ck_assert(!is_cell || text_starts(parent, "<</S/TR/"));
		rows += is_row;
		cells += is_cell;
		told += is_cell && text_contains(element, TEXT("/ActualText("));
	}
	ck_assert_int_eq(rows, ROWS);
	ck_assert_int_eq(cells, ROWS * (CELLS - 1));
	ck_assert_int_eq(told, ROWS * (CELLS - 3));
}
END_TEST

Suite *render_tree_suite(void)
{
	Suite *suite = suite_create("render/tree");
	TCase *tcase = tcase_create("tree");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_set_timeout(tcase, 20);
	tcase_add_test(tcase, content_leads_to_its_element);
	tcase_add_test(tcase, children_know_their_parents);
	suite_add_tcase(suite, tcase);
	return suite;
}
