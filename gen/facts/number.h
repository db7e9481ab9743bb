/* SPDX-License-Identifier: MIT
 *
 * Numbers as people read them; each writes into a buf and is exact.
 */
#ifndef XINGJI_FACTS_NUMBER_H
#define XINGJI_FACTS_NUMBER_H

#include "base/buf.h"

enum { NUMBER_DIGITS_MOST = 6 };

/* numerator ÷ denominator (> 0) × 100, half up: "83.3%". */
void number_percent(struct buf *buf, int64_t numerator, int64_t denominator, int digits);
/* The same of a quotient at hand; false when it is not a finite number below a million. */
bool number_percent_of(struct buf *buf, double quotient, int digits);
/* (a − b) × 100 with its sign: "+3.2", "−0.5", "0.0". */
bool number_points(struct buf *buf, double a, double b, int digits);
/* "1,234", "−1,234": with the sign of minus, for readers. */
void number_grouped(struct buf *buf, int64_t number);
/* The same of a real, with at most four digits behind the point: "1,234.5". */
bool number_grouped_real(struct buf *buf, double number);
/* 一百二十; 零; 负三. */
void number_chinese(struct buf *buf, int64_t number);
/* "1234", "-5". */
void number_integer(struct buf *buf, int64_t number);
/* The multiple of base (> 0) that is nearest, the higher one of two that are equally near. */
int64_t number_round(int64_t count, int64_t base);
/* A plain real: at most four digits behind the point, half up, none of them a trailing zero. */
void number_plain(struct buf *buf, double number);

#endif
