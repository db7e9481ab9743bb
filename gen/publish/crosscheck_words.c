/* SPDX-License-Identifier: MIT */
#include "publish/crosscheck_words.h"

#include "base/arena.h"
#include "base/diag.h"

void crosscheck_differs(struct crosscheck *check, struct diag_args args)
{
	check->is_good = false;
	if (!args.d.size)
		args.d = TEXT("评定结果 (decisions)");
	diag_report(check->diag, DIAG_CROSSCHECK_DIFFERS, args);
}

bool crosscheck_number(struct text text, int64_t *number)
{
	char digits[16]; /* so few that no sum of figures overflows */
	size_t count = 0;
	text = text_trim(text);
	for (size_t i = 0; i < text.size && count < sizeof digits; i++)
		if (text.at[i] != ',')
			digits[count++] = text.at[i];
	return count < sizeof digits && text_to_integer((struct text){ digits, count }, number);
}

/* `first`: the value of the first of them; 0 when there is none. */
static bool is_among(const struct crosscheck *check, struct text prefixes, int64_t number, int64_t *first)
{
	struct text prefix;
	bool has_first = false;
	*first = 0;
	while (text_next(&prefixes, ' ', &prefix))
		for (size_t i = 0; prefix.size && i < check->options->expected_count; i++) {
			const struct crosscheck_expected *figure = &check->options->expected[i];
			if (!text_equal(text_slice(figure->name, 0, prefix.size), prefix))
				continue;
			if (figure->value == number)
				return true;
			*first = has_first ? *first : figure->value;
			has_first = true;
		}
	return false;
}

/* The number that ends before `end`, spaces between allowed; missing: none. */
static struct text number_before(struct text text, size_t end)
{
	while (end && text.at[end - 1] == ' ')
		end--;
	size_t start = end;
	while (start && ((text.at[start - 1] >= '0' && text.at[start - 1] <= '9') || text.at[start - 1] == ','))
		start--;
	return text_slice(text, start, end - start);
}

void crosscheck_words(struct crosscheck *check, struct text place, struct text prefixes, struct text words)
{
	static const struct text units[] = { TEXT_INIT("家"), TEXT_INIT("条") };
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		for (size_t found = 0;
		     (found += text_find(text_slice(words, found, words.size), units[i])) < words.size;
		     found += units[i].size) {
			struct text digits = number_before(words, found);
			int64_t number, first;
			if (!digits.size || !crosscheck_number(digits, &number))
				continue;
			check->summary->words++;
			if (!is_among(check, prefixes, number, &first))
				crosscheck_differs(check, (struct diag_args){ .a = place, .b = digits, .c = prefixes,
				                                              .n = first });
		}
}
