/* SPDX-License-Identifier: MIT
 *
 * The three outcomes of a participation, in words.
 */
#include "assess/assess.h"

static const char *const words[OUTCOMES] = {
	[OUTCOME_UNFINISHED] = "未完成",
	[OUTCOME_NOT_REACHED] = "未达标",
	[OUTCOME_REACHED] = "达标",
};

const char *outcome_word(enum outcome outcome)
{
	return words[outcome];
}
