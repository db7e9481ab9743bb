/* SPDX-License-Identifier: MIT
 *
 * Two lists against each other: who is counted as what, and what the ledger did.
 */
#include "assess/compare.h"

#include "assess/chronicle.h"
#include "assess/correction.h"
#include "assess_cases.h"

Suite *assess_compare_suite(void);

static struct test_case a, b;

/* An enterprise by its number, the same on both sides. */
static int join(struct test_case *c, int number, const char *name, const char *signs)
{
	int p = case_join(c, TRACK_ICS, -1);
	struct enterprise *enterprise = &c->enterprises[c->participations[p].enterprise];
	enterprise->code = text_format(c->arena, "91320000XX%08d", number);
	enterprise->name = text_from(name);
	case_see(c, p, ROUND_ONSITE, signs);
	return p;
}

static const struct assessment *shown_of(struct test_case *c)
{
	case_decide(c, 0);
	const struct chronicle *chronicle = chronicle_new(c->arena, c->assessment, (struct date){ 0 }, c->diag);
	return chronicle_assessment(c->arena, c->assessment, chronicle);
}

static struct comparison compare(void)
{
	static struct compare_side before, now;
	const struct assessment *shown[] = { shown_of(&a), shown_of(&b) };
	before = compare_side_of(a.arena, a.assessment, shown[0]);
	now = compare_side_of(b.arena, b.assessment, shown[1]);
	return compare_sides(b.arena, &before, &now);
}

static void open_both(void)
{
	case_open(&a, 3, "1 2 3");
	case_open(&b, 3, "1 2 3");
	for (size_t i = 0; i < 3; i++) { /* as catalogues of files are */
		map_add(&a.catalogue.item_by_id, a.items[i].id, (uint32_t)i);
		map_add(&b.catalogue.item_by_id, b.items[i].id, (uint32_t)i);
	}
}

static void close_both(void)
{
	map_clear(&a.catalogue.item_by_id);
	map_clear(&b.catalogue.item_by_id);
	case_close(&a);
	case_close(&b);
}

static const struct compare_row *row_of(const struct comparison *comparison, int number)
{
	char code[32];
	snprintf(code, sizeof code, "91320000XX%08d", number);
	for (size_t i = 0; i < comparison->row_count; i++) {
		const struct compare_row *row = &comparison->rows[i];
		if (text_is((row->now ? row->now : row->before)->code, code))
			return row;
	}
	return NULL;
}

START_TEST(counts_everybody_once)
{
	open_both();
	join(&a, 1, "same", "++-");
	join(&a, 2, "up", "+--");
	join(&a, 3, "down", "+++");
	join(&a, 4, "out", "+--");
	join(&a, 5, "new", "---");
	join(&a, 6, "gone with a level", "+--");
	join(&a, 7, "gone without", "---");
	join(&a, 8, "not reached", "---");
	join(&a, 9, "old name", "++-");
	join(&b, 8, "not reached", "...");
	join(&b, 9, "new name", "++-");
	join(&b, 1, "same", "++-");
	join(&b, 2, "up", "++-");
	join(&b, 3, "down", "+-+");
	join(&b, 4, "out", "---");
	join(&b, 5, "new", "+--");
	join(&b, 10, "come with a level", "+--");
	join(&b, 11, "come without", "---");
	struct comparison all = compare();
	ck_assert_int_eq(all.by_change[CHANGE_UP], 1);
	ck_assert_int_eq(all.by_change[CHANGE_DOWN], 1);
	ck_assert_int_eq(all.by_change[CHANGE_NEW], 2);
	ck_assert_int_eq(all.by_change[CHANGE_OUT], 2);
	ck_assert_int_eq(all.by_change[CHANGE_OUTCOME], 1);
	ck_assert_int_eq(all.by_change[CHANGE_ONLY_BEFORE], 1);
	ck_assert_int_eq(all.by_change[CHANGE_ONLY_NOW], 1);
	ck_assert_int_eq(all.by_change[CHANGE_NONE], 2);
	ck_assert_int_eq(all.renamed, 1);
	ck_assert_uint_eq(all.row_count, 10);
	ck_assert_ptr_null(row_of(&all, 1));
	ck_assert_int_eq(row_of(&all, 6)->change, CHANGE_OUT);
	ck_assert_int_eq(row_of(&all, 10)->change, CHANGE_NEW);
	ck_assert(row_of(&all, 9)->is_renamed);
	ck_assert_uint_eq(row_of(&all, 3)->undo.count, 1);
	ck_assert(text_is(row_of(&all, 3)->undo.items[0].id, "PA1-2"));
	ck_assert_uint_eq(all.total_count, 1);
	ck_assert_int_eq(all.totals[0].listed_before, 6);
	ck_assert_int_eq(all.totals[0].listed_now, 6);
	close_both();
}
END_TEST

START_TEST(says_what_the_ledger_did)
{
	open_both();
	int p = 0;
	join(&a, 1, "corrected", "++-");
	p = join(&b, 1, "corrected", "++-");
	struct ledger row = { .date = { 2021, 12, 6 }, .enterprise = 0, .kind = LEDGER_CORRECTION, .level = 1, .participation = p };
	b.model.ledger = &row;
	b.model.ledger_count = 1;
	struct comparison all = compare();
	ck_assert_int_eq(all.by_change[CHANGE_DOWN], 1);
	ck_assert(all.rows[0].is_by_ledger);
	ck_assert_uint_eq(all.rows[0].undo.count, 0);
	close_both();
}
END_TEST

/* Whoever is not on a mere list is no difference, when no level says otherwise. */
START_TEST(a_list_names_only_who_reached)
{
	open_both();
	join(&b, 1, "listed", "+--");
	join(&b, 2, "not reached", "---");
	case_decide(&b, 0);
	struct compare_side now = compare_side_of(b.arena, b.assessment, shown_of(&b));
	struct compare_entry entry = now.entries[0];
	entry.level = 2;
	struct compare_side list = { .entries = &entry, .count = 1 };
	struct comparison all = compare_sides(b.arena, &list, &now);
	ck_assert_int_eq(all.by_change[CHANGE_DOWN], 1);
	ck_assert_int_eq(all.by_change[CHANGE_ONLY_NOW], 0);
	ck_assert_int_eq(all.by_change[CHANGE_NONE], 1);
	ck_assert_uint_eq(all.row_count, 1);
	close_both();
}
END_TEST

START_TEST(a_correction_corrects)
{
	struct ledger rows[3];
	open_both();
	int p = join(&b, 1, "corrected", "++-");
	static const int8_t levels[] = { 2, 1, 1 };
	for (size_t i = 0; i < 3; i++)
		rows[i] = (struct ledger){ .date = { 2021, 12, (uint8_t)(6 + i) }, .kind = LEDGER_CORRECTION, .level = levels[i],
					   .participation = p, .place = { b.source, (uint32_t)i, (uint32_t)i + 1 } };
	b.model.ledger = rows;
	b.model.ledger_count = 3;
	const struct assessment *shown = shown_of(&b);
	correction_check(b.arena, b.assessment, shown, b.diag);
	ck_assert_uint_eq(diag_count_of(b.diag, DIAG_LEDGER_SAME_LEVEL), 2);
	close_both();
}
END_TEST

/* At the level that the results give, or where either gives none, nothing is odd. */
START_TEST(an_addition_agrees_with_the_results)
{
	struct ledger rows[5];
	open_both();
	int reached = join(&b, 1, "reached", "+--"), failed = join(&b, 2, "failed", "---"), unseen = join(&b, 3, "unseen", "...");
	const int whose[] = { reached, reached, reached, failed, unseen };
	const int8_t levels[] = { 1, MISSING, 2, 1, 2 };
	for (size_t i = 0; i < 5; i++)
		rows[i] = (struct ledger){ .date = { 2021, 12, (uint8_t)(6 + i) }, .kind = LEDGER_ADDED, .level = levels[i],
					   .participation = whose[i], .enterprise = b.model.participations[whose[i]].enterprise,
					   .place = { b.source, (uint32_t)i, (uint32_t)i + 1 } };
	b.model.ledger = rows;
	b.model.ledger_count = 5;
	correction_check(b.arena, b.assessment, shown_of(&b), b.diag);
	ck_assert_int_eq(b.assessment->decisions[reached].level, 1);
	ck_assert_uint_eq(diag_count_of(b.diag, DIAG_LEDGER_ADDED_OTHER), 2);
	close_both();
}
END_TEST

Suite *assess_compare_suite(void)
{
	Suite *suite = suite_create("assess/compare");
	TCase *tests = tcase_create("compare");
	tcase_add_test(tests, counts_everybody_once);
	tcase_add_test(tests, says_what_the_ledger_did);
	tcase_add_test(tests, a_list_names_only_who_reached);
	tcase_add_test(tests, a_correction_corrects);
	tcase_add_test(tests, an_addition_agrees_with_the_results);
	suite_add_tcase(suite, tests);
	return suite;
}
