/* SPDX-License-Identifier: MIT */
#include "check/name.h"

#include "base/buf.h"
#include "base/utf8.h"

struct text name_key(struct text name, struct buf *key)
{
	buf_reset(key);
	for (size_t offset = 0; offset < name.size;) {
		uint32_t character = utf8_next(name, &offset);
		if (character >= 0xFF01 && character <= 0xFF5E)
			character -= 0xFEE0;
		else if (character == 0x3014 || character == 0x3010) /* 〔 【 */
			character = '(';
		else if (character == 0x3015 || character == 0x3011)
			character = ')';
		if (character == ' ' || character == 0x3000 || character == UTF8_BAD)
			continue;
		if (character >= 'A' && character <= 'Z')
			character += 'a' - 'A';
		utf8_write(key, character);
	}
	return buf_view(key);
}

bool name_equal(struct text a, struct text b)
{
	if (text_equal(a, b))
		return true;
	struct buf left, right;
	buf_init(&left, BUF_LIMIT_PAGE);
	buf_init(&right, BUF_LIMIT_PAGE);
	bool is_equal = text_equal(name_key(a, &left), name_key(b, &right));
	buf_clear(&left);
	buf_clear(&right);
	return is_equal;
}
