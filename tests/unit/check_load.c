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
#include "model/observed.h"
#include "model/records.h"
#include "model/remarks.h"
#include "model/schema.h"
#include "model/track.h"
#include "kept_fixture.h"

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
} signs[] = { { "⇥", "\t" }, { "␍", "\r" }, { "⍽", "\u00A0" }, { "⌧", "\u200B" }, { "␠", " " }, { "␃\n", "" } };

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
	struct text complaints, entities, model; /* entities: what of the model is compared */
	int64_t year;
};

/*
 * "---- file PATH", "---- no PATH", "---- year N" (0: none is asked for), "---- complaints", "---- model ENTITY …",
 * each up to the next.
 */
static struct wanted lay_out(struct text spec)
{
	struct wanted wanted = { .year = 2021 };
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
		else if (text_starts(head, "model "))
			wanted.entities = text_slice(head, 6, head.size), wanted.model = rest;
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

static int compare_lines(const void *left, const void *right)
{
	return text_compare(*(const struct text *)left, *(const struct text *)right);
}

/* Sorted lines: which complaint comes first is for the tests of the list (base/diag) and of the whole (golden). */
static struct text in_order(struct text list)
{
	enum { LINES_MOST = 256 };
	struct text lines[LINES_MOST], line;
	size_t count = 0;
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	while (count < LINES_MOST && text_next(&list, '\n', &line))
		if (line.size)
			lines[count++] = line;
	ck_assert_uint_lt(count, LINES_MOST);
	qsort(lines, count, sizeof *lines, compare_lines);
	for (size_t i = 0; i < count; i++)
		buf_format(&buf, "%s%.*s", i ? "\n" : "", TEXT_ARGS(lines[i]));
	struct text copy = text_copy(arena, buf_view(&buf));
	buf_clear(&buf);
	return copy;
}

/* ---- the model in words ---------------------------------------------------------------------------- */

static void write_number(struct buf *buf, const void *member, enum field_type type)
{
	int64_t number;
	int32_t index;
	int8_t small;
	memcpy(&small, member, sizeof small);
	if (type == FIELD_NUMBER) {
		memcpy(&number, member, sizeof number);
	} else if (type == FIELD_ENTERPRISE || type == FIELD_AGENCY || type == FIELD_ITEM) {
		memcpy(&index, member, sizeof index);
		number = index;
	} else {
		number = small;
	}
	if (number != MISSING)
		buf_format(buf, "%lld", (long long)number);
}

static const struct campaign *shown; /* whose tracks the records speak of */

static void write_member(struct buf *buf, const struct field *field, const void *member)
{
	struct text text;
	struct date date;
	int8_t small;
	memcpy(&small, member, sizeof small);
	switch (field->type) {
	case FIELD_TEXT:
	case FIELD_CREDIT:
		memcpy(&text, member, sizeof text);
		buf_text(buf, text);
		break;
	case FIELD_DATE:
		memcpy(&date, member, sizeof date);
		date_write_iso(buf, date);
		break;
	case FIELD_CHOICE:
		buf_string(buf, choice_word(field->set, small));
		break;
	case FIELD_TRACK:
		buf_text(buf, track_label(shown, small));
		break;
	case FIELD_DECIMAL:
	case FIELD_NUMBER:
	case FIELD_CITY:
	case FIELD_INDUSTRY:
	case FIELD_LEVEL:
	case FIELD_ENTERPRISE:
	case FIELD_AGENCY:
	case FIELD_ITEM:
		write_number(buf, member, field->type);
		break;
	}
}

/* "enterprise code=… name=…": what is missing is left out. */
static void write_records(struct buf *buf, enum entity_kind kind, const void *records, size_t count)
{
	const struct entity *entity = schema_entity(kind);
	for (size_t i = 0; i < count; i++) {
		buf_string(buf, entity->name);
		for (size_t j = 0; j < entity->field_count; j++) {
			size_t before = buf->size;
			buf_format(buf, " %s=", entity->fields[j].name);
			size_t empty = buf->size;
			write_member(buf, &entity->fields[j], (const char *)records + i * entity->record_size + entity->fields[j].offset);
			if (buf->size == empty)
				buf->size = before;
		}
		buf_byte(buf, '\n');
	}
}

static void write_observations(struct buf *buf, const struct model *model, bool is_superseded)
{
	for (size_t part = 0; part < model->participation_count; part++) {
		const struct observed_rows rows = observed_of(model, &model->participations[part], is_superseded);
		for (size_t i = 0; i < rows.count; i++) {
			const struct observation *row = &rows.at[i];
			const struct remark *remark = remark_of(model, row);
			buf_format(buf, "%s %zu %s %d %s", is_superseded ? "superseded" : "observation", part,
				   choice_xml(SET_ROUND, row->round), row->item, choice_word(SET_RESULT, row->result));
			buf_format(buf, " [%.*s] [%.*s] ", TEXT_ARGS(remark->note), TEXT_ARGS(remark->evidence));
			date_write_iso(buf, row->date);
			buf_format(buf, " %d\n", remark->agency);
		}
	}
}

static struct text words_of(const struct model *model, struct text entities)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	shown = &model->campaign;
	const struct {
		enum entity_kind kind;
		const void *records;
		size_t count;
	} all[] = {
		{ ENTITY_TRACK, model->campaign.tracks, (size_t)model->campaign.track_count },
		{ ENTITY_REPETITION, model->campaign.repetitions, model->campaign.repetition_count },
		{ ENTITY_AGENCY, model->agencies, model->agency_count },
		{ ENTITY_ENTERPRISE, model->enterprises, model->enterprise_count },
		{ ENTITY_PARTICIPATION, model->participations, model->participation_count },
		{ ENTITY_CITY, model->cities, model->prefectures.count < 5 ? (size_t)model->prefectures.count : 5 },
		{ ENTITY_RECTIFICATION, model->rectifications, model->rectification_count },
		{ ENTITY_NOMINATION, model->nominations, model->nomination_count },
		{ ENTITY_LEDGER, model->ledger, model->ledger_count },
		{ ENTITY_DELIVERY, model->deliveries, model->delivery_count },
		{ ENTITY_EARLIER, model->earlier, model->earlier_count },
		{ ENTITY_SCAN_MAP, model->scan_map, model->scan_map_count },
		{ ENTITY_SCAN, model->scans, model->scan_count },
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (text_contains(entities, text_from(schema_entity(all[i].kind)->name)))
			write_records(&buf, all[i].kind, all[i].records, all[i].count);
	if (text_contains(entities, TEXT("observation")))
		write_observations(&buf, model, false);
	if (text_contains(entities, TEXT("superseded")))
		write_observations(&buf, model, true);
	struct text copy = text_trim(text_copy(arena, buf_view(&buf)));
	buf_clear(&buf);
	return copy;
}

static bool is_as_wanted(struct text name, struct text want, struct text have)
{
	want = text_trim(want);
	if (!text_equal(want, have))
		printf("#### %.*s\n---- want\n%.*s\n---- have\n%.*s\n", TEXT_ARGS(name), TEXT_ARGS(want), TEXT_ARGS(have));
	return text_equal(want, have);
}

static int load_jobs = 1; /* processes that read results */

/* With a store: rows that it has are not gone through, and nothing is told otherwise. */
static bool load_case(struct text name, const struct wanted *wanted, const struct kept_store *store, struct text *rows)
{
	struct sources *sources = sources_new(arena);
	struct diag *diag = diag_new(arena, sources);
	struct load_options options = { .data = folder, .shared = "data", .year = wanted->year, .kept = store,
					.readers = load_jobs, .readers_least = 1 };
	sources_root(sources, "data", folder);
	struct model *model = load_model(arena, sources, diag, &options, NULL);
	bool is_good = is_as_wanted(name, in_order(wanted->complaints), in_order(complaints_of(diag)));
	if (model && wanted->entities.size)
		is_good &= is_as_wanted(name, wanted->model, words_of(model, wanted->entities));
	*rows = model ? words_of(model, TEXT("observation superseded")) : NO_TEXT;
	load_release(model);
	return is_good;
}

/* By several processes, without a store, and with what all of them keep. */
static bool run_case_side_by_side(struct text name, const struct wanted *wanted, struct text rows)
{
	struct text read;
	bool is_good = true;
	for (load_jobs = 2; load_jobs <= 3; load_jobs++)
		is_good &= load_case(name, wanted, load_jobs == 2 ? NULL : &kept_in_memory, &read) && is_as_wanted(name, rows, read);
	load_jobs = 1;
	return is_good;
}

/* Read; read with what was kept of all cases before; and taken from what was kept. */
static bool run_case(struct text name, struct text spec)
{
	struct text rows, kept, taken;
	file_remove_tree(folder);
	lay_out(base);
	struct wanted wanted = lay_out(spec);
	bool is_good = load_case(name, &wanted, NULL, &rows) && load_case(name, &wanted, &kept_in_memory, &kept) &&
		       load_case(name, &wanted, &kept_in_memory, &taken);
	return is_good && is_as_wanted(name, rows, kept) && is_as_wanted(name, rows, taken) &&
	       run_case_side_by_side(name, &wanted, rows);
}

static struct text base_of(struct text spec)
{
	spec = text_slice(spec, text_find(spec, TEXT("\n#### base")) + 1, spec.size);
	return text_slice(spec, 0, text_find(spec, TEXT("\n#### ")));
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
	ck_assert_uint_ge(kept_found, 40);
}
END_TEST

/* ---- what was kept of rows -------------------------------------------------------------------- */

static const char kept_rows[] = "统一社会信用代码,参培类型,轮次,条目编号,结果,现状说明,证据,日期\n"
				"91320500MA1A00016G,工控,线上核查,A1-1-01,不符合,没有,照片,2021-10-08\n"
				"91320500MA1A00016G,工控,线上核查,A1-2-01,部分符合,没有,照片,2021-10-08\n"
				"91320500MA1A00016G,工控,线上核查,A2-1-01,不适用,没有这样的设备,,2021-10-08\n"
				"91320100MA1A00024N,平台,线上核查,P1-1-01,符合,,,2021-10-09\n"
				"91320500MA1A00016G,工控,现场核查,A1-1-01,符合,没有,照片,2021-11-01\n";

static struct text rows_with(const struct kept_store *store)
{
	struct sources *sources = sources_new(arena);
	struct diag *diag = diag_new(arena, sources);
	struct load_options options = { .data = folder, .shared = "data", .kept = store, .readers = load_jobs, .readers_least = 1 };
	sources_root(sources, "data", folder);
	struct model *model = load_model(arena, sources, diag, &options, NULL);
	struct text rows = words_of(model, TEXT("observation superseded"));
	load_release(model);
	return rows;
}

/* It can hold any bytes where somebody has the key: what is impossible is read, and nothing is half taken. */
START_TEST(survives_what_was_kept)
{
	lay_out(base_of(load(SPEC)));
	file_remove_tree(file_join(arena, folder, TEXT("2021/results/a.csv")));
	write_file(TEXT("2021/results/b.csv"), text_from(kept_rows));
	struct text rows = rows_with(NULL);
	ck_assert(text_equal(rows, rows_with(&kept_in_memory)) && kept_found == 0 && kept_cases.count == 1);
	ck_assert(text_equal(rows, rows_with(&kept_in_memory)) && kept_found == 1);
	size_t same = 0;
	for (uint32_t round = 1; round <= 300; round++) {
		kept_spoiling = round * 2654435761u;
		same += text_equal(rows, rows_with(&kept_in_memory));
	}
	ck_assert_uint_ge(same, 50);
	kept_spoiling = 0;
	kept_is_doubted = true;
	ck_assert(text_equal(rows, rows_with(&kept_in_memory)) && kept_differing == 0);
	kept_cases.at[0].bytes.at[kept_cases.at[0].bytes.size - 1]++;
	ck_assert(text_equal(rows, rows_with(&kept_in_memory)) && kept_differing == 1);
	load_jobs = 2;
	ck_assert(text_equal(rows, rows_with(&kept_in_memory)) && kept_differing == 2);
	load_jobs = 1;
}
END_TEST

/* ---- bounds ------------------------------------------------------------------------------------ */

static void lay_out_base(void)
{
	struct text spec = load(SPEC);
	spec = text_slice(spec, text_find(spec, TEXT("\n#### ")) + 6, spec.size);
	lay_out(text_slice(spec, 0, text_find(spec, TEXT("\n#### "))));
}

static struct diag *check_folder(void)
{
	struct sources *sources = sources_new(arena);
	struct diag *diag = diag_new(arena, sources);
	struct load_options options = { .data = folder, .shared = "data" };
	sources_root(sources, "data", folder);
	load_release(load_model(arena, sources, diag, &options, NULL));
	return diag;
}

/* An item is named as the one that is meant only where no other could be. */
START_TEST(names_the_item_that_is_meant)
{
	static const struct {
		const char *id, *meant;
	} cases[] = {
		{ "A1—1—01", "A1-1-01" }, { "A1-1-O1", "A1-1-01" }, { "Al-1-01", "A1-1-01" }, { "a1_1_0i", "A1-1-01" },
		{ "A1-3-01", NULL }, { "A1-1-1", NULL }, { "A1-1-012", NULL }, { "B0-1-0l", NULL },
	};
	struct buf rows, said;
	lay_out_base();
	write_file(TEXT("models/ics.xml"), TEXT("<model id='ics' track='ics'><level n='1' name='a' label='b'/><class id='c' name='d'>"
						"<area id='A1' name='e'><item id='A1-1-01' level='1' element='技术工具'><requirement>f</requirement></item>"
						"<item id='B0-1-01' level='1' element='技术工具'><requirement>g</requirement></item>"
						"<item id='BO-1-01' level='1' element='技术工具'><requirement>h</requirement></item></area></class></model>\n"));
	buf_init(&rows, BUF_LIMIT_PAGE);
	buf_init(&said, BUF_LIMIT_FILE);
	buf_string(&rows, "统一社会信用代码,参培类型,轮次,条目编号,结果\n");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		buf_format(&rows, "91320500MA1A00016G,工控,整改复核,%s,符合\n", cases[i].id);
	write_file(TEXT("2021/results/b.csv"), buf_view(&rows));
	diag_write(check_folder(), DIAG_FORMAT_TEXT, LANGUAGE_ENGLISH, &said);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct text want = text_format(arena, "has no item '%s'%s%s%s [item-unknown]", cases[i].id, cases[i].meant ? "; '" : "",
					       cases[i].meant ? cases[i].meant : "", cases[i].meant ? "' is meant" : "");
		ck_assert_msg(text_contains(buf_view(&said), want), "%.*s in %s", TEXT_ARGS(want), said.at);
	}
	buf_clear(&rows);
	buf_clear(&said);
}
END_TEST

START_TEST(stops_repeating_itself)
{
	struct buf rows;
	buf_init(&rows, BUF_LIMIT_PAGE);
	buf_string(&rows, "统一社会信用代码,参培类型,轮次,条目编号,结果\n");
	for (int i = 0; i < 3000; i++)
		buf_format(&rows, "%s,整改复核,A1-1-01,%s%d\n", i == 2999 ? "91320100MA1A00024N,平台" : "91320500MA1A00016G,工控",
			   i < 2000 ? "大概" : "也许", i < 2000 ? 0 : i);
	lay_out_base();
	write_file(TEXT("2021/results/b.csv"), buf_view(&rows));
	struct diag *diag = check_folder();
	ck_assert_uint_eq(diag_count_of(diag, DIAG_MORE_OF_KIND), 1);
	ck_assert_str_eq(diag_row(DIAG_MORE_OF_KIND)->code, "more-of-kind");
	ck_assert_uint_eq(diag_count_of(diag, DIAG_FIELD_NOT_CHOICE), 3000);
	struct buf said;
	buf_init(&said, BUF_LIMIT_FILE);
	diag_write(diag, DIAG_FORMAT_TEXT, LANGUAGE_ENGLISH, &said);
	ck_assert_ptr_nonnull(strstr(said.at, "    2000 in all: E2, E3, E4 …"));
	ck_assert_ptr_nonnull(strstr(said.at, "1000 more of [field-not-choice] in this file are not listed"));
	ck_assert_ptr_null(strstr(said.at, "more-not-listed"));
	buf_clear(&said);
	/* However many are held back, every participation that is at fault is known. */
	ck_assert(diag_touches(diag, 0) && diag_touches(diag, 1) && !diag_has_general_error(diag));
	buf_clear(&rows);
}
END_TEST

/* What is wrong with an enterprise touches it in every track. */
START_TEST(blames_every_track_of_an_enterprise)
{
	lay_out_base();
	write_file(TEXT("models/any.xml"),
		   TEXT("<model id=\"any\" track=\"a b c d\"><level n=\"1\" name=\"x\" label=\"x\"/><class id=\"c\" name=\"c\"><area id=\"A\" name=\"A\">"
			"<item id=\"A-1\" element=\"技术工具\"><requirement>x</requirement></item></area></class></model>"));
	write_file(TEXT("2021/campaign.xml"),
		   TEXT("<campaign year=\"2021\" title=\"x\" province=\"江苏省\" publisher=\"x\"><track id=\"a\" label=\"甲\" model=\"any\"/>"
			"<track id=\"b\" label=\"乙\" model=\"any\"/><track id=\"c\" label=\"丙\" model=\"any\"/><track id=\"d\" label=\"丁\" model=\"any\"/></campaign>"));
	write_file(TEXT("2021/enterprises.csv"), TEXT("统一社会信用代码,企业名称,设区市\n91320500MA1A00016G,甲,无此市\n91320100MA1A00024N,乙,南京市\n"));
	write_file(TEXT("2021/participations.csv"), TEXT("统一社会信用代码,参培类型\n91320500MA1A00016G,甲\n91320100MA1A00024N,甲\n91320500MA1A00016G,乙\n"
							   "91320500MA1A00016G,丙\n91320500MA1A00016G,丁\n"));
	write_file(TEXT("2021/results/a.csv"), TEXT("统一社会信用代码,参培类型,轮次,条目编号,结果\n91320500MA1A00016G,丁,线上核查,A-1,符合\n"));
	struct diag *diag = check_folder();
	ck_assert_uint_eq(diag_count_of(diag, DIAG_CITY_UNKNOWN), 1);
	ck_assert(diag_touches(diag, 0) && diag_touches(diag, 2) && diag_touches(diag, 3) && diag_touches(diag, 4));
	ck_assert(!diag_touches(diag, 1) && !diag_has_general_error(diag));
}
END_TEST

START_TEST(blames_who_is_concerned)
{
	lay_out_base();
	write_file(TEXT("2021/results/b.csv"), TEXT("统一社会信用代码,参培类型,轮次,条目编号,结果\n91320100MA1A00024N,平台,复核,P1-1-01,大概\n"));
	struct diag *diag = check_folder();
	ck_assert(!diag_touches(diag, 0) && diag_touches(diag, 1) && !diag_has_general_error(diag));
	write_file(TEXT("2021/results/b.csv"), TEXT("统一社会信用代码,参培类型,轮次,条目编号,结果\n91320600MA1A000593,平台,复核,P1-1-01,符合\n"));
	diag = check_folder();
	ck_assert(!diag_touches(diag, 0) && !diag_touches(diag, 1) && !diag_has_general_error(diag));
	ck_assert_uint_eq(diag_count(diag, SEVERITY_ERROR), 1);
	/* Of which track it is cannot be told: of any that the enterprise is in, in whichever form it is written. */
	write_file(TEXT("2021/results/b.csv"), TEXT("统一社会信用代码,参培类型,轮次,条目编号,结果\n91320100MA1A00024N,,复核,P1-1-01,不符合\n"));
	diag = check_folder();
	ck_assert(!diag_touches(diag, 0) && diag_touches(diag, 1) && !diag_has_general_error(diag));
	write_file(TEXT("2021/results/b.csv"), TEXT("统一社会信用代码,参培类型,轮次,条目编号,结果\n"));
	write_file(TEXT("2021/results/b.xml"), TEXT("<assessments><assessment enterprise=\"91320100MA1A00024N\" track=\"云\" round=\"recheck\">"
						    "<result item=\"P1-1-01\" value=\"不符合\"/></assessment></assessments>"));
	diag = check_folder();
	ck_assert(!diag_touches(diag, 0) && diag_touches(diag, 1) && !diag_has_general_error(diag));
	write_file(TEXT("2021/agencies.csv"), TEXT("机构代码,机构名称,设区市\nJG001,甲,上海\nJG002,乙,苏州\nJG003,丙,南京\n"));
	ck_assert(diag_has_general_error(check_folder()));
}
END_TEST

/* Bytes changed, removed and doubled at random: nothing may crash, and it must end. */
START_TEST(survives_mutations)
{
	static const char *const files[] = {
		"regions.csv", "2021/campaign.xml", "models/ics.xml", "2021/enterprises.csv", "2021/participations.csv", "2021/results/a.csv", "2021/agencies.csv",
	};
	uint32_t state = 12345u + (uint32_t)_i;
	for (int round = 0; round < 60; round++) {
		lay_out_base();
		write_file(TEXT("regions.csv"), TEXT("代码,名称,简称,省级代码,省名,列,行\n320100,南京市,南京,32,江苏省,1,4\n320500,苏州市,苏州,32,江苏省,5,4\n330100,杭州市,杭州,33,浙江省,,\n"));
		for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
			struct text text = load(file_join(arena, folder, text_from(files[i])));
			char *bytes = text_string(arena, text);
			for (int change = 0; change < 3; change++) {
				state = state * 1664525u + 1013904223u;
				size_t at = (state >> 8) % text.size;
				bytes[at] = "\0\"<>&,\n\r\xFF\x80'=/;\t "[state % 16];
				if (state % 7 == 0)
					memmove(bytes + at, bytes + at / 2, text.size - at);
				if (state % 11 == 0)
					text.size = at + 1;
			}
			ck_assert_int_eq(file_write(file_join(arena, folder, text_from(files[i])), (struct text){ bytes, text.size }, 0600), 0);
		}
		struct buf buf;
		buf_init(&buf, BUF_LIMIT_PAGE);
		diag_write(check_folder(), DIAG_FORMAT_TEXT, LANGUAGE_CHINESE, &buf);
		buf_clear(&buf);
		arena_clear(arena);
	}
}
END_TEST

START_TEST(names_the_nearest_file_of_an_encoding)
{
	static const struct {
		const char *encoding, *hint; /* NULL: the file is there */
	} cases[] = {
		{ "agencies.csv=UTF-8,results/a.csv=UTF-8", NULL },
		{ "2021/agencies.csv=UTF-8", NULL },
		{ "agencys.csv=UTF-8", "nearest is 'agencies.csv'" },
		{ "results/b.csv=UTF-8", "nearest is 'results/a.csv'" },
		{ "quite-another-thing.txt=UTF-8", "names [encoding-no-file]" },
	};
	lay_out(base_of(load(SPEC)));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct sources *sources = sources_new(arena);
		struct diag *diag = diag_new(arena, sources);
		struct load_options options = { .data = folder, .shared = "data", .year = 2021, .encoding = cases[i].encoding };
		struct buf said;
		buf_init(&said, BUF_LIMIT_PAGE);
		load_release(load_model(arena, sources, diag, &options, NULL));
		diag_write(diag, DIAG_FORMAT_TEXT, LANGUAGE_ENGLISH, &said);
		ck_assert_uint_eq(diag_count_of(diag, DIAG_ENCODING_NO_FILE), cases[i].hint != NULL);
		ck_assert_msg(!cases[i].hint || text_contains(buf_view(&said), text_from(cases[i].hint)), "%s", said.at);
		buf_clear(&said);
	}
	ck_assert_str_eq(diag_row(DIAG_ENCODING_NO_FILE)->code, "encoding-no-file");
}
END_TEST

/* ---- every message has a case -------------------------------------------------------------------- */

static const char *const specs[] = { SPEC, "tests/spec/csv.txt", "tests/unit/read_xml.c", "tests/unit/read_csv.c", "tests/unit/read_input.c",
				     "tests/unit/check_load.c", "tests/unit/check_regions.c", "tests/unit/check_scans.c",
				     "tests/workbooks/cases.py", "tests/workbooks/run", "tests/packs/run" };

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
	tcase_add_test(tcase, survives_what_was_kept);
	tcase_add_test(tcase, names_the_nearest_file_of_an_encoding);
	tcase_add_test(tcase, specifies_every_message);
	tcase_add_test(tcase, names_the_item_that_is_meant);
	tcase_add_test(tcase, stops_repeating_itself);
	tcase_add_test(tcase, blames_every_track_of_an_enterprise);
	tcase_add_test(tcase, blames_who_is_concerned);
	tcase_add_loop_test(tcase, survives_mutations, 0, 4);
	suite_add_tcase(suite, tcase);
	return suite;
}
