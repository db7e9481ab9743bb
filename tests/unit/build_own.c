/* SPDX-License-Identifier: MIT
 *
 * What is whose of the data, and what of it all may see: each change moves the digests that it must, and no other.
 */
#include <check.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "build/build.h"
#include "build/receipt.h"
#include "facts/facts.h"

Suite *build_own_suite(void);

static const struct options options = { .data = "data", .year = "2021" };
static struct run run;
static struct receipt_data before, now;

static void set_up(void)
{
	ck_assert_int_eq(run_open(&run, &options), 0);
	ck_assert_ptr_nonnull(run.model);
	ck_assert(receipt_data_open(&run, true, &before));
}

static void tear_down(void)
{
	run_close(&run);
}

/* How many enterprises have another digest now. */
static size_t count_changed(void)
{
	size_t count = 0;
	ck_assert(receipt_data_open(&run, true, &now));
	for (size_t i = 0; i < run.model->enterprise_count; i++)
		count += memcmp(before.own[i].at, now.own[i].at, sizeof now.own[i].at) != 0;
	return count;
}

static bool has_other_facts(void)
{
	return memcmp(before.facts.at, now.facts.at, sizeof now.facts.at) != 0;
}

START_TEST(a_result_is_seen_by_all)
{
	int8_t *result = &run.model->observations[run.model->observation_count / 2].result;
	ck_assert_uint_eq(count_changed(), 0);
	ck_assert(!has_other_facts());
	*result = (int8_t)(*result == RESULT_MET ? RESULT_UNMET : RESULT_MET);
	ck_assert_uint_eq(count_changed(), 1);
	ck_assert(has_other_facts());
}
END_TEST

/* As long as it was; and where there was none. */
START_TEST(a_word_is_its_own_alone)
{
	struct remark *remark = run.model->remarks;
	while (!remark->note.size || remark->agency >= 0) /* of an agency it is a word and a finder */
		remark++;
	char *other = text_string(run.arena, remark->note);
	other[remark->note.size - 1] ^= 1;
	remark->note.at = other;
	ck_assert_uint_ge(count_changed(), 1);
	ck_assert(!has_other_facts());
	struct observation *seen = run.model->observations;
	while (seen->remark)
		seen++;
	before = now;
	seen->remark = (uint32_t)(remark - run.model->remarks) + 1;
	ck_assert_uint_eq(count_changed(), 1);
	ck_assert(!has_other_facts());
}
END_TEST

static void digest(char hex[65])
{
	const struct facts_options asking = { .assessment = run.assessment, .list = run.shown, .diag = run.diag,
					      .scope = SCOPE_PROVINCE, .today = run.today };
	struct facts *facts = facts_open(&asking);
	struct facts_asked asked = { { 0 } };
	struct rows rows;
	struct hash hash;
	facts_forget_asked(facts);
	ck_assert(facts_query(facts, run.arena, TEXT("select name, city from enterprises"), (struct span){ 0 }, &rows));
	ck_assert_uint_gt(rows.row_count, 100); /* more than is handed over at once */
	facts_asked(facts, &asked);
	hash_init(&hash);
	facts_digest(facts, &asked, &hash);
	hash_finish(&hash, hex);
	facts_close(facts);
}

/* Of a table that is longer than what a digest takes at once. */
START_TEST(each_cell_is_in_the_digest)
{
	char was[65], is[65];
	const size_t places[] = { 0, run.model->enterprise_count / 2, run.model->enterprise_count - 1 };
	digest(was);
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		struct text *name = &run.model->enterprises[places[i]].name, kept = *name;
		*name = TEXT("示例另一家有限公司");
		digest(is);
		ck_assert_str_ne(was, is);
		*name = kept;
		digest(is);
		ck_assert_str_eq(was, is);
	}
}
END_TEST

Suite *build_own_suite(void)
{
	Suite *suite = suite_create("build/own");
	TCase *tcase = tcase_create("own");
	tcase_add_checked_fixture(tcase, set_up, tear_down);
	tcase_set_timeout(tcase, 120);
	tcase_add_test(tcase, a_result_is_seen_by_all);
	tcase_add_test(tcase, a_word_is_its_own_alone);
	tcase_add_test(tcase, each_cell_is_in_the_digest);
	suite_add_tcase(suite, tcase);
	return suite;
}
