/* SPDX-License-Identifier: MIT */
#include "model/choice.h"

#include "base/arena.h"
#include "base/buf.h"

struct choice {
	enum choice_set set;
	int value;
	const char *word, *xml, *synonyms;
};

static const struct choice choices[] = {
#define CHOICE(set, value, word, xml, synonyms) { SET_##set, set##_##value, word, xml, synonyms },
#include "model/choices.def"
#undef CHOICE
};
#define CHOICES (sizeof choices / sizeof *choices)

static const int counts[SETS] = {
	[SET_ROUND] = ROUNDS, [SET_RESULT] = RESULTS, [SET_ELEMENT] = ELEMENTS, [SET_RISK] = RISKS,
	[SET_ORIGIN] = ORIGINS, [SET_GRADE] = GRADES, [SET_SIZE] = SIZES, [SET_YESNO] = YESNOS, [SET_STATUS] = STATUSES,
	[SET_CLOSURE] = CLOSURES, [SET_CHANNEL] = CHANNELS,
	[SET_AWARD] = AWARDS, [SET_VERDICT] = VERDICTS, [SET_LEDGER] = LEDGERS, [SET_STANDING] = STANDINGS,
	[SET_STATE] = STATES, [SET_EVENT] = EVENTS, [SET_SHOWN] = SHOWNS, [SET_METHOD] = METHODS,
	[SET_DECIDER] = DECIDERS, [SET_REPEAT] = REPEATS, [SET_SCAN] = SCAN_ANSWERS, [SET_HOLIDAY] = HOLIDAYS,
	[SET_HEAD] = HEADS,
};

static const struct choice *find_value(enum choice_set set, int value)
{
	for (size_t i = 0; i < CHOICES; i++)
		if (choices[i].set == set && choices[i].value == value)
			return &choices[i];
	return NULL;
}

int choice_count(enum choice_set set)
{
	return counts[set];
}

const char *choice_word(enum choice_set set, int value)
{
	const struct choice *choice = find_value(set, value);
	return choice ? choice->word : "";
}

const char *choice_xml(enum choice_set set, int value)
{
	const struct choice *choice = find_value(set, value);
	return choice ? choice->xml : "";
}

static bool names(const struct choice *choice, struct text text)
{
	if (text_is(text, choice->word) || text_is(text, choice->xml))
		return true;
	struct text rest = text_from(choice->synonyms), synonym;
	while (text_next(&rest, '|', &synonym))
		if (synonym.size && text_equal(synonym, text))
			return true;
	return false;
}

int choice_find(enum choice_set set, struct text text)
{
	text = text_trim(text);
	for (size_t i = 0; i < CHOICES; i++)
		if (choices[i].set == set && text.size && names(&choices[i], text))
			return choices[i].value;
	return CHOICE_MISSING;
}

struct text choice_list(enum choice_set set, struct arena *arena)
{
	struct buf list;
	buf_init(&list, BUF_LIMIT_PAGE);
	for (size_t i = 0; i < CHOICES; i++)
		if (choices[i].set == set)
			buf_format(&list, "%s%s", list.size ? "、" : "", choices[i].word);
	struct text copy = text_copy(arena, buf_view(&list));
	buf_clear(&list);
	return copy;
}
