/* SPDX-License-Identifier: MIT
 *
 * Numbers, texts and days as they are kept of rows: seven bits of a number a byte, the least first.
 *
 * What is taken may be anything: past its end, or where no number is, the cursor is bad and gives nothing more.
 */
#ifndef XINGJI_CHECK_PACKED_H
#define XINGJI_CHECK_PACKED_H

#include "base/buf.h"
#include "base/date.h"

enum { NUMBER_BYTES = 5 };

/* At most NUMBER_BYTES; returns the place behind them. */
static inline char *put(char *to, uint32_t number)
{
	for (; number >= 0x80; number >>= 7)
		*to++ = (char)(number | 0x80);
	*to++ = (char)number;
	return to;
}

static inline void put_number(struct buf *buf, size_t number)
{
	char bytes[NUMBER_BYTES];
	buf_add(buf, bytes, (size_t)(put(bytes, (uint32_t)number) - bytes));
}

/* Both borrowed. */
struct cursor {
	const unsigned char *at, *end;
	bool is_bad;
};

static inline uint32_t take_number(struct cursor *cursor)
{
	uint64_t number = 0;
	for (unsigned shift = 0; shift < 7 * NUMBER_BYTES && cursor->at < cursor->end; shift += 7) {
		const unsigned byte = *cursor->at++;
		number |= (uint64_t)(byte & 0x7F) << shift;
		if (byte < 0x80 && number <= UINT32_MAX)
			return (uint32_t)number;
	}
	cursor->is_bad = true;
	return 0;
}

static inline struct text take_text(struct cursor *cursor)
{
	const size_t size = take_number(cursor);
	const char *at = (const char *)cursor->at;
	if (size > (size_t)(cursor->end - cursor->at)) {
		cursor->is_bad = true;
		return NO_TEXT;
	}
	cursor->at += size;
	return (struct text){ at, size };
}

static inline uint32_t pack(struct date date)
{
	return (uint32_t)(uint16_t)date.year << 16 | (uint32_t)date.month << 8 | date.day;
}

static inline struct date unpack(uint32_t packed)
{
	return (struct date){ (int16_t)(packed >> 16), (uint8_t)(packed >> 8), (uint8_t)packed };
}

#endif
