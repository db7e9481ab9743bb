/* SPDX-License-Identifier: MIT
 *
 * Calendar dates (Gregorian, no time, no zone).  A zero year means missing.
 */
#ifndef XINGJI_BASE_DATE_H
#define XINGJI_BASE_DATE_H

#include "base/text.h"

struct buf;

struct date {
	int16_t year; /* 0 = missing, else 1900–2199 */
	uint8_t month, day;
};

enum date_form {
	DATE_WRONG,      /* not a date */
	DATE_TWO_DIGIT,  /* 21-9-5: refused, the century would be a guess */
	DATE_GOOD,
};

/*
 * Every form of data/FORMATS.md §1: 2021-09-05 2021/9/5 2021.9.5 20210905 2021年9月5日
 * and the Excel serial 44444 (1900 system, 20000–73050: 2021 is a year).  A time
 * of day behind a space or T is accepted and dropped; with a zone ("2021-09-04T16:00:00Z")
 * it tells which day it was in China.  Digits must be ASCII.
 */
enum date_form date_parse(struct text text, struct date *date);
/* Only 2021-09-05, for our own XML and options. */
bool date_parse_iso(struct text text, struct date *date);

bool date_is_missing(struct date date);
/* Days since 1970-01-01; the date must not be missing. */
int32_t date_days(struct date date);
struct date date_from_days(int32_t days);
/* <0, 0, >0; missing sorts first. */
int date_compare(struct date a, struct date b);
/* "2021-09-05", nothing for a missing date. */
void date_write_iso(struct buf *buf, struct date date);
/* The ten characters of a date that is there, without a NUL: a tenth of what printing them costs. */
void date_put_iso(char at[10], struct date date);
/* "2021年9月5日". */
void date_write_cn(struct buf *buf, struct date date);

#endif
