/* SPDX-License-Identifier: MIT */
#include "send/state.h"

#include <assert.h>

static const struct {
	const char *word, *chinese;
} states[] = {
#define STATE(name, word, chinese) { word, chinese },
	SEND_STATES(STATE)
#undef STATE
};

#define BIT(name) (1u << SEND_##name)

/* What may come next; a copy that is VOID stays so. */
static const unsigned next[SEND_STATE_COUNT] = {
	[SEND_PREPARED] = BIT(CLAIMED) | BIT(ACCEPTED) | BIT(DELIVERED) | BIT(VOID),
	[SEND_CLAIMED] = BIT(ACCEPTED) | BIT(DEFERRED) | BIT(REFUSED) | BIT(UNCERTAIN),
	[SEND_ACCEPTED] = BIT(DELIVERED) | BIT(ANSWERED) | BIT(REFUSED) | BIT(RETURNED) | BIT(VOID),
	[SEND_DEFERRED] = BIT(CLAIMED) | BIT(REFUSED) | BIT(VOID),
	[SEND_REFUSED] = BIT(VOID),
	[SEND_UNCERTAIN] = BIT(ACCEPTED) | BIT(DEFERRED) | BIT(REFUSED) | BIT(DELIVERED) | BIT(ANSWERED) |
		BIT(RETURNED) | BIT(VOID),
	[SEND_DELIVERED] = BIT(ANSWERED) | BIT(RETURNED) | BIT(VOID),
	[SEND_ANSWERED] = BIT(VOID),
	[SEND_RETURNED] = BIT(VOID),
	[SEND_VOID] = 0,
};

struct text send_state_word(enum send_state state)
{
	assert(state < SEND_STATE_COUNT);
	return text_from(states[state].word);
}

struct text send_state_chinese(enum send_state state)
{
	assert(state < SEND_STATE_COUNT);
	return text_from(states[state].chinese);
}

enum send_state send_state_of(struct text word)
{
	unsigned state = 0;
	while (state < SEND_STATE_COUNT && !text_equal(word, text_from(states[state].word)))
		state++;
	return (enum send_state)state;
}

bool send_state_follows(enum send_state from, enum send_state to)
{
	assert(from < SEND_STATE_COUNT && to < SEND_STATE_COUNT);
	return next[from] & 1u << to;
}
