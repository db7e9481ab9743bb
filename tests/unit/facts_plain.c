/* SPDX-License-Identifier: MIT
 *
 * Lists answered without SQLite are answered as SQLite answers them, whoever asks and of whomever.
 */
#include <stdio.h>

#include "facts_sample.h"
#include "model/looks.h"

Suite *facts_plain_suite(void);

/* Of participation %d. */
static const struct {
	const char *sql;
	bool is_plain;
} lists[] = {
	{ "select item_id from items where participation_id = %d order by ordinal", true },
	{ "select i.item_id as 条目, i.class as \"group\" from items i where i.participation_id = %d order by i.ordinal", true },
	{ "select area_id || ' ' || area || note as x, 'a' || 'b', '' || class as y from items "
	  "where participation_id = %d order by ordinal", true },
	{ "select coalesce(self_result, round, '无') as a, coalesce(note, element, self_result) as b from items\n"
	  "where participation_id = %d\norder by ordinal", true },
	{ "select case result when '符合' then '●' when '不符合' then item_id || '！' else coalesce(note, '·') end as r, "
	  "case self_result when '符合' then '●' else '' end from items i "
	  "where i.participation_id = %d order by ordinal", true },
	{ "select case self_result when '符合' then case round when '现场核查' then 'a' else 'b' end else round end as r "
	  "from items where participation_id = %d order by ordinal", true },
	{ "select item_id, requirement, due, result from findings where participation_id = %d order by ordinal", true },
	{ "select level_label from items where participation_id = %d order by ordinal desc", false },
	{ "select level from items where participation_id = %d order by ordinal", false },
	{ "select item_id from items where participation_id = %d", false },
	{ "select item_id from items where participation_id = %d order by ordinal limit 2", false },
	{ "select item_id from items where participation_id = %d and result = '符合' order by ordinal", false },
	{ "select item_id from items where participation_id >= %d order by ordinal", false },
	{ "select case result when '符合' then 'a' end as r from items where participation_id = %d order by ordinal", false },
	{ "select 'it''s' as r from items where participation_id = %d order by ordinal", false },
	{ "select distinct class from items where participation_id = %d order by ordinal", false },
	{ "select upper(item_id) as r from items where participation_id = %d order by ordinal", false },
	{ "select (item_id) as r from items where participation_id = %d order by ordinal", false },
	{ "select item_id /* all */ from items where participation_id = %d order by ordinal", false },
	{ "select j.item_id from items i where participation_id = %d order by ordinal", false },
	{ "select no_such from items where participation_id = %d order by ordinal", false },
	{ "select item_id from no_such where participation_id = %d order by ordinal", false },
	{ "select item_id from items where participation_id = 0%d order by item_id", false },
	{ "select item_id from rounds where participation_id = %d order by ordinal", false },
};

static void fill(char *sql, size_t size, int part, const char *form)
{
	const char *hole = strstr(form, "%d");
	snprintf(sql, size, "%.*s%d%s", (int)(hole - form), form, part, hole + 2);
}

static bool is_same(const struct rows *a, const struct rows *b)
{
	bool same = a->column_count == b->column_count && a->row_count == b->row_count;
	for (size_t i = 0; same && i < a->column_count; i++)
		same = text_equal(a->names[i], b->names[i]);
	for (size_t i = 0; same && i < a->column_count * a->row_count; i++)
		same = a->values[i].kind == b->values[i].kind && text_equal(a->values[i].text, b->values[i].text);
	return same;
}

START_TEST(answers_as_sqlite)
{
	struct sample s;
	sample_init(&s);
	struct facts *facts = sample_open(&s, SCOPE_FIRM), *oracle = sample_open(&s, SCOPE_FIRM);
	facts_use_plain(oracle, false);
	size_t rows = 0, plain = 0;
	for (int32_t firm = -1; firm < SAMPLE_FIRMS; firm++)
		for (int part = 0; part <= SAMPLE_PARTS; part++) {
			char sql[600];
			struct rows got, want;
			fill(sql, sizeof sql, part, lists[_i].sql);
			facts_choose_firm(facts, firm);
			facts_choose_firm(oracle, firm);
			bool is_good = facts_query(facts, s.arena, text_from(sql), NO_SPAN, &got);
			ck_assert(is_good == facts_query(oracle, s.arena, text_from(sql), NO_SPAN, &want));
			ck_assert_msg(is_same(&got, &want), "%s", sql);
			bool is_own = part < SAMPLE_PARTS && s.model.participations[part].enterprise == firm;
			ck_assert(is_own || !lists[_i].is_plain || got.row_count == 0);
			rows += got.row_count;
			plain += lists[_i].is_plain;
		}
	ck_assert_uint_eq(facts_plain_count(facts), plain);
	ck_assert_uint_eq(facts_plain_count(oracle), 0);
	ck_assert(rows > 0 || !lists[_i].is_plain);
	facts_close(facts);
	facts_close(oracle);
	sample_clear(&s);
}
END_TEST

/* Columns of the scope only, and what is noted of a query for its receipt is the same. */
START_TEST(asks_for_no_more)
{
	struct sample s;
	sample_init(&s);
	struct facts *facts = sample_open(&s, SCOPE_FIRM), *oracle = sample_open(&s, SCOPE_FIRM);
	facts_use_plain(oracle, false);
	for (int twice = 0; twice < 2; twice++) {
		struct facts_asked got = { { 0 } }, want = { { 0 } };
		const char *sql = "select i.item_id, i.result from items i where i.participation_id = 0 order by i.ordinal";
		facts_forget_asked(facts);
		facts_forget_asked(oracle);
		ck_assert_str_eq(sample_ask(&s, facts, sql), sample_ask(&s, oracle, sql));
		facts_asked(facts, &got);
		facts_asked(oracle, &want);
		ck_assert_mem_eq(&got, &want, sizeof got);
	}
	ck_assert_uint_eq(facts_plain_count(facts), 2);
	facts_close(facts);
	facts_close(oracle);
	sample_clear(&s);
}
END_TEST

/* The look behind an item is found wherever the last one was, also when that was somebody else's. */
START_TEST(looks_are_found_from_anywhere)
{
	struct sample s;
	sample_init(&s);
	const struct model *model = &s.model;
	size_t found = 0;
	for (size_t p = 0; p < model->participation_count; p++)
		for (int round = 0; round < ROUNDS; round++)
			for (int32_t item = 0; item < 7; item++)
				for (int32_t near = -1; near <= (int32_t)model->observation_count; near++) {
					const struct participation *part = &model->participations[p];
					int32_t last = near, want = look_find(model, part, round, item);
					ck_assert_int_eq(look_find_near(model, part, &last, round, item), want);
					ck_assert(want < 0 || last == want);
					found += want >= 0;
				}
	ck_assert_uint_gt(found, 0);
	sample_clear(&s);
}
END_TEST

Suite *facts_plain_suite(void)
{
	Suite *suite = suite_create("facts/plain");
	TCase *tcase = tcase_create("plain");
	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, answers_as_sqlite, 0, (int)(sizeof lists / sizeof *lists));
	tcase_add_test(tcase, asks_for_no_more);
	tcase_add_test(tcase, looks_are_found_from_anywhere);
	suite_add_tcase(suite, tcase);
	return suite;
}
