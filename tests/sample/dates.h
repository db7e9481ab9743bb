/* SPDX-License-Identifier: MIT */
/* Days of the campaign as whole numbers: 0 is 2021-08-01, a Sunday; the last is 2021-12-31. */
#ifndef SAMPLE_DATES_H
#define SAMPLE_DATES_H

enum { DATES_TEXT_MAX = 40, DATES_NEVER = -1 };

enum {
	DAY_AUG_01 = 0,
	DAY_SEP_06 = 36,
	DAY_SEP_25 = 55,  /* deadline of the self-assessment */
	DAY_OCT_01 = 61,
	DAY_OCT_08 = 68,
	DAY_OCT_11 = 71,
	DAY_OCT_20 = 80,  /* deadline of rectification */
	DAY_NOV_10 = 101  /* deadline of the inspections on site */
};

/* The ways in which staff write a date; ISO is by far the usual one. */
enum date_form { DATE_ISO, DATE_SLASH, DATE_DOT, DATE_COMPACT, DATE_HAN, DATE_SERIAL, DATE_FORM_COUNT };

/* Write a day; DATES_NEVER becomes the empty text. */
void dates_write(char text[DATES_TEXT_MAX], int day, enum date_form form);

/* The last working day at or before a day. */
int dates_workday(int day);

#endif
