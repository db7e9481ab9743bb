/* SPDX-License-Identifier: MIT
 *
 * Which values leave a query, and that it answers as if they had stayed.
 */
#include "facts/lift.h"

#include <stdio.h>

#include "facts_sample.h"

Suite *facts_lift_suite(void);

static const struct {
	const char *sql, *lifted;
	int count;
} rows[] = {
	{ "select 1", "select 1", 0 },
	{ "select a from t where b = 17", "select a from t where b = ?1", 1 },
	{ "where b=17 and c <> '是' and d >=  5", "where b=?1 and c <> '是' and d >=  ?2", 2 },
	{ "where b = 'it''s' order by 1", "where b = ?1 order by 1", 1 },
	{ "b = 1.5 or b = 1e3 or b = 0x10 or b = 12345678901234567890",
	  "b = 1.5 or b = 1e3 or b = 0x10 or b = 12345678901234567890", 0 },
	{ "where b = -1 or b = x1 or b = 'open", "where b = -1 or b = x1 or b = 'open", 0 },
	{ "-- b = 1\nwhere /* b = 2 */ \"c = 3\" = 4", "-- b = 1\nwhere /* b = 2 */ \"c = 3\" = ?1", 1 },
	{ "where [d = 1] = 2 and 'e = 3' = `f = 4`", "where [d = 1] = ?1 and 'e = 3' = `f = 4`", 1 },
	{ "where b = 1 and c = ?", "where b = 1 and c = ?", 0 },
	{ "where b = 1 and c = :name", "where b = 1 and c = :name", 0 },
	{ "", "", 0 },
	{ "x =", "x =", 0 },
	{ "x = 1 -- ", "x = ?1 -- ", 1 },
	{ "select 'a/' || 'b' ||'c''d' || 5 || e", "select 'a/' || ?1 ||?2 || 5 || e", 2 },
	{ "x = 'a' || 'b' order by 'c', || 1", "x = ?1 || ?2 order by 'c', || 1", 2 },
};

START_TEST(lifts)
{
	struct lifted lifted;
	struct buf out;
	buf_init(&out, BUF_LIMIT_PAGE);
	buf_string(&out, "before ");
	lift(text_from(rows[_i].sql), &out, &lifted);
	ck_assert_str_eq(out.at + 7, rows[_i].lifted);
	ck_assert_int_eq(lifted.count, rows[_i].count);
	buf_clear(&out);
}
END_TEST

START_TEST(answers_as_before)
{
	struct sample s;
	sample_init(&s);
	struct facts *facts = sample_open(&s, SCOPE_PROVINCE);
	ck_assert_str_eq(sample_ask(&s, facts, "select t = 'a''b' as b, length(t) = 3 as c from (select 'a''b' as t)"), "1|1");
	char sql[200];
	for (int twice = 0; twice < 2; twice++)
		for (int i = 1; i < SAMPLE_PARTS; i++) {
			snprintf(sql, sizeof sql, "select participation_id, participation_id = %d from participations "
						  "where participation_id = %d", i, i);
			char want[40];
			snprintf(want, sizeof want, "%d|1", i);
			ck_assert_str_eq(sample_ask(&s, facts, sql), want);
		}
	for (int i = 0; i < 2; i++) {
		snprintf(sql, sizeof sql, "select 'a''' || '%d''' || t || '/' as b from (select 'x' as t) group by t || '%d'",
			 i, i);
		ck_assert_str_eq(sample_ask(&s, facts, sql), i ? "a'1'x/" : "a'0'x/");
	}
	struct rows answer; /* a column without a name is called as it was written */
	ck_assert(facts_query(facts, s.arena, TEXT("select 5 = 5"), NO_SPAN, &answer));
	ck_assert(text_is(answer.names[0], "5 = 5"));
	ck_assert(!facts_query(facts, s.arena, TEXT("select 5 = ?1"), NO_SPAN, &answer));
	ck_assert(!facts_query(facts, s.arena, TEXT("select no_such = 5"), NO_SPAN, &answer));
	facts_close(facts);
	sample_clear(&s);
}
END_TEST

/* Behind a parenthesis nothing is lifted: there SQLite itself reads the value. */
START_TEST(compares_as_unlifted)
{
	static const char *const values[] = { "0", "17", "-1", "'17'", "''", "'a''b'", "'='", "x'00'", "1.5", "1e3",
		"0x11",
		"999999999999999999", "9223372036854775807", "9223372036854775808", "'2025-12-31'", "'a' || 'b'",
		"17 /* = 3 */", "case when 1 = 1 then 17 end" };
	static const char *const signs[] = { "=", "==", "!=", ">=", "<=" };
	struct sample s;
	sample_init(&s);
	struct facts *facts = sample_open(&s, SCOPE_PROVINCE);
	for (size_t v = 0; v < sizeof values / sizeof *values; v++)
		for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
			char sql[2][400];
			for (int bare = 0; bare < 2; bare++)
				snprintf(sql[bare], sizeof sql[bare],
					 "select v, v %s %s%s%s as r from (select 17 as v union all select '17' "
					 "union all select 'a''b' union all select 1.5) "
					 "where v in (17, '17', 'a''b', 1.5) limit 9",
					 signs[i], bare ? "" : "(", values[v], bare ? "" : ")");
			ck_assert_str_ne(sample_ask(&s, facts, sql[0]), "error");
			ck_assert_str_eq(sample_ask(&s, facts, sql[1]), sample_ask(&s, facts, sql[0]));
		}
	facts_close(facts);
	sample_clear(&s);
}
END_TEST

Suite *facts_lift_suite(void)
{
	Suite *suite = suite_create("facts/lift");
	TCase *tcase = tcase_create("lift");
	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, lifts, 0, (int)(sizeof rows / sizeof *rows));
	tcase_add_test(tcase, answers_as_before);
	tcase_add_test(tcase, compares_as_unlifted);
	suite_add_tcase(suite, tcase);
	return suite;
}
