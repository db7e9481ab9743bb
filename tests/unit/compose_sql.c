/* SPDX-License-Identifier: MIT
 *
 * A value as SQL, by what the text before it is inside of.
 */
#include "compose/sql.h"

#include <check.h>

#include "base/buf.h"

Suite *compose_sql_suite(void);

static const struct {
	const char *before, *text, *number, *null;
} cases[] = {
	{ "", "'a''b'", "7", "null" },
	{ "x = ", "'a''b'", "7", "null" },
	{ "x = 'p", "a''b", "7", "" },
	{ "x = 'p' or y = ", "'a''b'", "7", "null" },
	{ "x = 'it''s' or y = ", "'a''b'", "7", "null" },
	{ "x = \"p", "a'b", "7", "" },
	{ "x = `p", "a'b", "7", "" },
	{ "[p] = ", "'a''b'", "7", "null" },
	{ "[p", "", "", "" },
	{ "-- it's\nx = ", "'a''b'", "7", "null" },
	{ "-- x = ", "", "", "" },
	{ "/* it's */ x = ", "'a''b'", "7", "null" },
	{ "/* x = ", "", "", "" },
	{ "/* x * / y = ", "", "", "" },
	{ "x - y / z = ", "'a''b'", "7", "null" },
	{ "'-- /* [' || ", "'a''b'", "7", "null" },
};

static void expect(const char *before, const struct datum *value, const char *after)
{
	struct buf sql;
	buf_init(&sql, 1 << 10);
	buf_string(&sql, before);
	sql_value(&sql, value);
	ck_assert_str_eq(sql.at + strlen(before), after);
	buf_clear(&sql);
}

START_TEST(a_value_fits_where_it_stands)
{
	const char *before = cases[_i].before;
	expect(before, &(struct datum){ .kind = DATUM_TEXT, .text = TEXT("a'b") }, cases[_i].text);
	expect(before, &(struct datum){ .kind = DATUM_NUMBER, .text = TEXT("7") }, cases[_i].number);
	expect(before, &(struct datum){ .kind = DATUM_NULL }, cases[_i].null);
}
END_TEST

Suite *compose_sql_suite(void)
{
	Suite *suite = suite_create("compose/sql");
	TCase *tcase = tcase_create("sql");
	tcase_add_loop_test(tcase, a_value_fits_where_it_stands, 0, sizeof cases / sizeof *cases);
	suite_add_tcase(suite, tcase);
	return suite;
}
