/* SPDX-License-Identifier: MIT */
#include "model/copies.h"

#include <check.h>
#include <stdlib.h>

#include "model/choice.h"

Suite *model_copies_suite(void);

static struct recorded_copy two[] = {
	{ .copy = TEXT_INIT("20211201-0001"), .code = TEXT_INIT("A"), .channel = TEXT_INIT("platform"),
		.sha256 = TEXT_INIT("1") },
	{ .copy = TEXT_INIT("20211201-0002"), .code = TEXT_INIT("B"), .channel = TEXT_INIT("notice"),
		.sha256 = TEXT_INIT("2") },
};

static const struct recorded batch = { .day = { 2021, 12, 1 }, .event = EVENT_DISPATCHED,
	.batch = TEXT_INIT("b"), .copies = two,
				       .copy_count = 2 };

static struct recorded step(const char *copy, const char *state, struct date day)
{
	return (struct recorded){ .day = day, .event = EVENT_STATE,
				  .step = { .copy = text_from(copy), .state = text_from(state), .day = day } };
}

/* ---- taking --------------------------------------------------------------------------- */

static const struct {
	const char *copy, *state;
	uint8_t day;
	enum copies_fault_kind fault;
	const char *key;
} steps[] = {
	{ "20211201-0001", "delivered", 1, COPIES_GOOD, NULL },
	{ "20211201-0001", "answered", 2, COPIES_ORDER, NULL }, /* nobody had it */
	{ "20211201-0002", "claimed", 2, COPIES_GOOD, NULL },
	{ "20211201-0001", "claimed", 30, COPIES_FIELD, "date" }, /* of November */
	{ "20211201-0003", "delivered", 2, COPIES_FIELD, "copy" },
	{ "20211201-0001", "lost", 2, COPIES_FIELD, "state" },
};

START_TEST(takes_no_step_that_cannot_be)
{
	struct copies copies = { 0 };
	struct copies_fault fault = { 0 };
	uint8_t month = steps[_i].day == 30 ? 11 : 12;
	const struct recorded line = step(steps[_i].copy, steps[_i].state, (struct date){ 2021, month, steps[_i].day });
	ck_assert(copies_take(&copies, &batch, &fault));
	bool is_good = copies_take(&copies, &line, &fault);
	ck_assert_int_eq(is_good, steps[_i].fault == COPIES_GOOD);
	ck_assert_int_eq(fault.kind, steps[_i].fault);
	if (steps[_i].key)
		ck_assert_str_eq(fault.key, steps[_i].key);
	copies_clear(&copies);
}
END_TEST

START_TEST(takes_no_number_twice)
{
	struct copies copies = { 0 };
	struct copies_fault fault = { 0 };
	ck_assert(copies_take(&copies, &batch, &fault));
	ck_assert(!copies_take(&copies, &batch, &fault));
	ck_assert_str_eq(fault.key, "copy");
	copies_clear(&copies);
}
END_TEST

START_TEST(stands_as_of_a_day)
{
	const struct recorded lines[] = {
		batch, step("20211201-0002", "claimed", (struct date){ 2021, 12, 2 }),
		step("20211201-0002", "accepted", (struct date){ 2021, 12, 2 }),
		step("20211201-0002", "delivered", (struct date){ 2021, 12, 9 }),
	};
	struct copies then = copies_standing(lines, 4, (struct date){ 2021, 12, 8 });
	ck_assert_int_eq(copies_find(&then, TEXT("20211201-0002"))->state, SEND_ACCEPTED);
	struct copies before = copies_standing(lines, 4, (struct date){ 2021, 11, 30 });
	ck_assert_uint_eq(before.list.count, 0);
	struct copies now = copies_standing(lines, 4, (struct date){ 0 });
	ck_assert_int_eq(copies_find(&now, TEXT("20211201-0002"))->received.day, 9);
	copies_clear(&then);
	copies_clear(&before);
	copies_clear(&now);
}
END_TEST

/* ---- what it means ------------------------------------------------------------------------ */

/*
 * By the platform nobody writes a line before the receipt, so it is on its way from the first day; mail is
 * when it left.
 */
START_TEST(is_overdue_when_nobody_signed)
{
	const struct recorded lines[] = { batch };
	struct copies copies = copies_standing(lines, 1, (struct date){ 0 });
	const struct copy *platform = &copies.list.at[0], *mail = &copies.list.at[1];
	ck_assert(!copies_is_overdue(platform, (struct date){ 2021, 12, 31 }, 30));
	ck_assert(copies_is_overdue(platform, (struct date){ 2022, 1, 1 }, 30));
	ck_assert(!copies_is_overdue(mail, (struct date){ 2022, 1, 1 }, 30));
	const struct copies_outcome outcome = copies_outcome(&copies, TEXT("A"), (struct date){ 2022, 1, 1 }, 30);
	ck_assert(outcome.is_due && !outcome.is_received && outcome.is_overdue);
	copies_clear(&copies);
}
END_TEST

START_TEST(forgets_what_was_withdrawn_before_it_left)
{
	const struct recorded lines[] = {
		batch, step("20211201-0001", "void", (struct date){ 2021, 12, 2 }),
		step("20211201-0002", "claimed", (struct date){ 2021, 12, 2 }),
		step("20211201-0002", "accepted", (struct date){ 2021, 12, 2 }),
		step("20211201-0002", "void", (struct date){ 2021, 12, 3 }),
	};
	struct copies copies = copies_standing(lines, 5, (struct date){ 0 });
	ck_assert(!copies_counts(&copies.list.at[0]));
	ck_assert(copies_counts(&copies.list.at[1]));
	ck_assert(!copies_outcome(&copies, TEXT("A"), (struct date){ 2022, 1, 1 }, 30).is_due);
	copies_clear(&copies);
}
END_TEST

START_TEST(keeps_the_day_on_which_it_was_first_put_off)
{
	const struct recorded lines[] = {
		batch, step("20211201-0002", "claimed", (struct date){ 2021, 12, 2 }),
		step("20211201-0002", "deferred", (struct date){ 2021, 12, 2 }),
		step("20211201-0002", "claimed", (struct date){ 2021, 12, 4 }),
		step("20211201-0002", "deferred", (struct date){ 2021, 12, 4 }),
	};
	struct copies copies = copies_standing(lines, 5, (struct date){ 0 });
	ck_assert(date_is_missing(copies.list.at[0].deferred));
	ck_assert_int_eq(date_compare(copies.list.at[1].deferred, (struct date){ 2021, 12, 2 }), 0);
	copies_clear(&copies);
}
END_TEST

START_TEST(reads_running_numbers_of_a_day)
{
	const struct date day = { 2021, 12, 1 };
	ck_assert_int_eq(copies_running(TEXT("20211201-0012"), day), 12);
	ck_assert_int_eq(copies_running(TEXT("20211201-12345"), day), 12345);
	ck_assert_int_eq(copies_running(TEXT("20211202-0012"), day), 0);
	ck_assert_int_eq(copies_running(TEXT("20211201-x"), day), 0);
}
END_TEST

Suite *model_copies_suite(void)
{
	Suite *suite = suite_create("model/copies");
	TCase *tcase = tcase_create("copies");
	tcase_add_loop_test(tcase, takes_no_step_that_cannot_be, 0, sizeof steps / sizeof *steps);
	tcase_add_test(tcase, takes_no_number_twice);
	tcase_add_test(tcase, stands_as_of_a_day);
	tcase_add_test(tcase, is_overdue_when_nobody_signed);
	tcase_add_test(tcase, forgets_what_was_withdrawn_before_it_left);
	tcase_add_test(tcase, keeps_the_day_on_which_it_was_first_put_off);
	tcase_add_test(tcase, reads_running_numbers_of_a_day);
	suite_add_tcase(suite, tcase);
	return suite;
}
