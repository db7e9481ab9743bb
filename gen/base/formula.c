/* SPDX-License-Identifier: MIT */
#include "base/formula.h"

#include "base/utf8.h"

static bool is_operator(uint32_t character)
{
	static const uint32_t operators[] = { '=', '+', '-', '@', 0xFF1D, 0xFF0B, 0xFF0D, 0xFF20 };
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (character == operators[i])
			return true;
	return false;
}

/* U+1680, U+2000–200A, U+202F, U+205F and U+3000 are the wide and narrow spaces of Unicode. */
static bool is_passed_over(uint32_t character)
{
	return character <= ' ' || (character >= 0x7F && character <= 0xA0) || character == 0x1680 || (character >= 0x2000 && character <= 0x200A) ||
	       character == 0x2028 || character == 0x2029 || character == 0x202F || character == 0x205F || character == 0x3000 || utf8_is_invisible(character);
}

bool formula_begins(struct text cell)
{
	if (!cell.size)
		return false;
	if (cell.at[0] == '\t' || cell.at[0] == '\r' || cell.at[0] == '\n')
		return true;
	for (size_t offset = 0; offset < cell.size;) {
		uint32_t character = utf8_next(cell, &offset);
		if (!is_passed_over(character))
			return is_operator(character);
	}
	return false;
}
