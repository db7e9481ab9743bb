/* SPDX-License-Identifier: MIT
 *
 * The copies that were prepared to be sent, and what became of each: the register's lines of dispatch, put together.
 *
 * Pure: lines in, copies out.  How a state may follow another says send/state.h; days of one copy never go back.
 */
#ifndef XINGJI_MODEL_COPIES_H
#define XINGJI_MODEL_COPIES_H

#include "base/list.h"
#include "base/map.h"
#include "model/recorded.h"
#include "send/state.h"

enum { COPIES_NONE = -1 };

struct copy {
	const struct recorded_copy *copy;
	struct text batch;
	struct date day;      /* on which it was prepared */
	int8_t channel;       /* enum channel; -1: a word that is none */
	enum send_state state;
	struct date since;    /* the day of the last step */
	struct date left;     /* of the first by which it may have left the house; missing: it is here still */
	struct date deferred; /* on which the other side first said not now; missing: never */
	struct date received; /* signed for; missing: not known */
	struct text detail, scan; /* of the last step that had one */
	const struct recorded *last; /* the line of the last step; NULL: none */
	int32_t before;       /* index of the copy of the same enterprise before it, or COPIES_NONE */
};

struct copies {
	LIST(struct copy) list;
	struct map by_number, by_code; /* by_code: the last of the enterprise */
	LIST(int32_t) last_of;         /* what by_code counts */
};

enum copies_fault_kind { COPIES_GOOD, COPIES_FIELD, COPIES_ORDER };

struct copies_fault {
	enum copies_fault_kind kind;
	const char *key;      /* of COPIES_FIELD: the member */
	struct text copy;
	enum send_state from; /* of COPIES_ORDER */
};

/*
 * One line more, borrowed; of other events nothing happens.  False with *fault: a number twice, a copy or a state that
 * is not known, a day before the last, a state that cannot follow.  What was taken of the line stays.
 */
bool copies_take(struct copies *copies, const struct recorded *line, struct copies_fault *fault);
/*
 * All of them as of the end of a day; `until` missing: as of now.  The lines were read by check/recorded.h,
 * so are sound.
 */
struct copies copies_standing(const struct recorded *lines, size_t count, struct date until);
void copies_clear(struct copies *copies);

/* By its number, or NULL. */
struct copy *copies_find(const struct copies *copies, struct text number);
/* Index of the last copy of an enterprise, from which `before` leads to the others; COPIES_NONE. */
int32_t copies_last_of(const struct copies *copies, struct text code);

/* A later copy of the same enterprise, with other bytes, that counts: this one is no longer true.  NULL: none. */
const struct copy *copies_replacement(const struct copies *copies, int32_t index);

/* Is it still to be signed for or answered: prepared or left, and neither received nor given up? */
bool copies_is_open(const struct copy *copy);
/* Left `days` days ago or longer, and nobody signed or answered. */
bool copies_is_overdue(const struct copy *copy, struct date today, int64_t days);
/* What became of the document that an enterprise was sent last, by whatever copies. */
struct copies_outcome {
	bool is_due;      /* it is to have one */
	bool is_received; /* signed for or answered */
	bool is_overdue;  /* not received, and in time nobody signed */
};
struct copies_outcome copies_outcome(const struct copies *copies, struct text code, struct date today, int64_t days);

/* Does it count: was it not withdrawn before it left? */
bool copies_counts(const struct copy *copy);
/* The running number of "20211130-0012": 12; 0: it is of another day, or none of ours. */
int64_t copies_running(struct text number, struct date day);

#endif
