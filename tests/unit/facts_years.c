/* SPDX-License-Identifier: MIT
 *
 * Several years' lists as one: who is the same, under which address, and what a year says of a later one.
 */
#include "facts_sample.h"

Suite *facts_years_suite(void);

static struct sample s;

static void setup(void)
{
	sample_init(&s);
}

static void teardown(void)
{
	sample_clear(&s);
}

enum { ENTRIES_MOST = 4 };

struct list {
	struct facts_year year;
	struct facts_entry entries[ENTRIES_MOST];
	const struct facts_entry *by_code[ENTRIES_MOST];
};

/* Entries in the order of their codes. */
static void fill(struct list *list, int64_t number, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct facts_entry *entry = &list->entries[i];
		entry->track = TEXT("工控");
		entry->track_code = TEXT("ics");
		entry->label = TEXT("1星");
		entry->level = 1;
		list->by_code[i] = entry;
	}
	list->year = (struct facts_year){
		.year = number, .state = STATE_PUBLISHED, .entries = list->entries, .by_code = list->by_code, .entry_count = count,
		.link = text_format(s.arena, "%lld/", (long long)number), .listed = (int64_t)count, .enterprises = (int64_t)count,
	};
}

static struct list list_2019(void)
{
	struct list list = { .entries = {
		{ .code = TEXT("A"), .name = TEXT("甲公司"), .city = TEXT("苏州市"), .address = TEXT("enterprises/aaaaaaaaaaaa/") },
		{ .code = TEXT("B"), .name = TEXT("乙公司"), .city = TEXT("南京市"), .address = TEXT("enterprises/bbbbbbbbbbbb/") },
	} };
	return list;
}

/* 甲 has another name and, by it, another address; C took its old name; B is withdrawn. */
static struct list list_2020(void)
{
	struct list list = { .entries = {
		{ .code = TEXT("A"), .name = TEXT("甲新公司"), .city = TEXT("苏州市"), .address = TEXT("enterprises/dddddddddddd/"),
		  .status = TEXT("已更正"), .first = TEXT("2星") },
		{ .code = TEXT("B"), .name = TEXT("乙公司"), .city = TEXT("南京市"), .address = TEXT("enterprises/bbbbbbbbbbbb/"),
		  .status = TEXT("已撤销"), .is_withdrawn = true },
		{ .code = TEXT("C"), .name = TEXT("甲公司"), .city = TEXT("外省市"), .address = TEXT("enterprises/aaaaaaaaaaaa/") },
	} };
	return list;
}

static const char *ask(const struct facts_options *options, const char *sql)
{
	struct facts *facts = facts_open(options);
	ck_assert_ptr_nonnull(facts);
	const char *answer = sample_ask(&s, facts, sql);
	facts_close(facts);
	return answer;
}

START_TEST(an_enterprise_keeps_its_first_address)
{
	struct list older = list_2019(), newer = list_2020();
	fill(&older, 2019, 2);
	fill(&newer, 2020, 3);
	const struct facts_year years[] = { newer.year, older.year };
	const struct facts_options options = { .assessment = s.assessment, .diag = s.diag, .scope = SCOPE_PUBLIC,
					       .years = years, .year_count = 2 };
	/* By city and name; a city that is not known comes last.  Who comes later counts on. */
	ck_assert_str_eq(ask(&options, "select slug, name, city_code, first_year, last_year, is_listed from year_enterprises"),
			 "bbbbbbbbbbbb|乙公司|320100|2019|2020|0/aaaaaaaaaaaa|甲新公司|320500|2019|2020|1/"
			 "aaaaaaaaaaaa-2|甲公司|∅|2020|2020|1");
	ck_assert_str_eq(ask(&options, "select slug, year, name, status, first_label, is_withdrawn, link from year_entries"),
			 "bbbbbbbbbbbb|2020|乙公司|已撤销|∅|1|2020/enterprises/bbbbbbbbbbbb//"
			 "bbbbbbbbbbbb|2019|乙公司|∅|∅|0|2019/enterprises/bbbbbbbbbbbb//"
			 "aaaaaaaaaaaa|2020|甲新公司|已更正|2星|0|2020/enterprises/dddddddddddd//"
			 "aaaaaaaaaaaa|2019|甲公司|∅|∅|0|2019/enterprises/aaaaaaaaaaaa//"
			 "aaaaaaaaaaaa-2|2020|甲公司|∅|∅|0|2020/enterprises/aaaaaaaaaaaa/");
}
END_TEST

START_TEST(a_year_names_the_newest_list_and_the_pages_there)
{
	struct list newer = list_2020();
	fill(&newer, 2022, 3);
	struct facts_options options = { .assessment = s.assessment, .diag = s.diag, .scope = SCOPE_PUBLIC };
	ck_assert_str_eq(ask(&options, "select count(*) from newest"), "0");
	ck_assert_str_eq(ask(&options, "select count(*) from years_root"), "0");
	ck_assert_str_eq(ask(&options, "select count(*) from newest_pages"), "0");
	newer.entries[0].code = text_copy(s.arena, s.model.enterprises[0].code);
	options.is_below_root = true;
	ck_assert_str_eq(ask(&options, "select link from years_root"), "../");
	options.newest = &newer.year;
	ck_assert_str_eq(ask(&options, "select year, state, link from newest"), "2022|公布|../2022/");
	ck_assert_str_eq(ask(&options, "select p.link, e.name from newest_pages p join enterprise_pages e using (slug)"),
			 "../2022/enterprises/dddddddddddd/|甲一公司");
}
END_TEST

Suite *facts_years_suite(void)
{
	Suite *suite = suite_create("facts/years");
	TCase *tests = tcase_create("years");
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, an_enterprise_keeps_its_first_address);
	tcase_add_test(tests, a_year_names_the_newest_list_and_the_pages_there);
	suite_add_tcase(suite, tests);
	return suite;
}
