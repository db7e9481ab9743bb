/* SPDX-License-Identifier: MIT */
#include "check/credit.h"

#include <check.h>

#include "check/name.h"

Suite *check_credit_suite(void);

static const struct {
	const char *code;
	enum credit_fault fault;
} codes[] = {
	{ "91320500MA1A00016G", CREDIT_GOOD },
	{ "91320100MA1A00024N", CREDIT_GOOD },
	{ "91320200MA1A00040H", CREDIT_GOOD },
	{ "91320500MA1A00016H", CREDIT_CHECK },
	{ "91320500MA1A00061G", CREDIT_CHECK },
	{ "91320100MA1A00021D", CREDIT_ORGANISATION },
	{ "9.13205E+17", CREDIT_SCIENTIFIC },
	{ "9E+17", CREDIT_SCIENTIFIC },
	{ "913205000000012000", CREDIT_ROUNDED },
	{ "320500198001011237", CREDIT_PERSONAL },
	{ "32050019800101123X", CREDIT_PERSONAL }, /* its own check is wrong too, but it is a person */
	{ "110105194912310023", CREDIT_PERSONAL },
	{ "320500198013011237", CREDIT_CHECK },    /* no 13th month, so no birthday */
	{ "", CREDIT_LENGTH },
	{ "91320500MA1A00016", CREDIT_LENGTH },
	{ "91320500MA1A00016GG", CREDIT_LENGTH },
	{ "苏苏苏苏苏苏", CREDIT_LENGTH },
	{ "9132O500MA1A00016G", CREDIT_CHARACTER },
	{ "91320500MA1A00016I", CREDIT_CHARACTER },
	{ "91320500MA1A0001-G", CREDIT_CHARACTER },
	{ "91320500MA1A00016苏", CREDIT_CHARACTER },
};

START_TEST(tells_faults_apart)
{
	ck_assert_msg(credit_check(text_from(codes[_i].code)) == codes[_i].fault, "%s", codes[_i].code);
}
END_TEST

START_TEST(names_strangers)
{
	ck_assert(text_is(credit_stranger(TEXT("9132O5")), "O"));
	ck_assert(text_is(credit_stranger(TEXT("91苏")), "苏"));
	ck_assert_uint_eq(credit_stranger(TEXT("91320500MA1A00016G")).size, 0);
}
END_TEST

START_TEST(compares_names_as_people_do)
{
	ck_assert(name_equal(TEXT("苏州（甲）公司"), TEXT("苏州(甲) 公司")));
	ck_assert(name_equal(TEXT("ＡＢＢ公司"), TEXT("abb公司")));
	ck_assert(!name_equal(TEXT("苏州甲公司"), TEXT("苏州乙公司")));
	ck_assert(name_equal(NO_TEXT, TEXT("")));
}
END_TEST

Suite *check_credit_suite(void)
{
	Suite *suite = suite_create("check/credit");
	TCase *tcase = tcase_create("credit");
	tcase_add_loop_test(tcase, tells_faults_apart, 0, (int)(sizeof codes / sizeof *codes));
	tcase_add_test(tcase, names_strangers);
	tcase_add_test(tcase, compares_names_as_people_do);
	suite_add_tcase(suite, tcase);
	return suite;
}
