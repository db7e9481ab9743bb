/* SPDX-License-Identifier: MIT
 *
 * What can become of one copy of a document on its way to an enterprise (gen/DESIGN.md §9).
 *
 *	PREPARED ─→ CLAIMED ─→ ACCEPTED ─→ DELIVERED ─→ ANSWERED
 *	                  ├──→ DEFERRED ─→ CLAIMED …      (the other side said: later)
 *	                  ├──→ REFUSED                    (it said: never)
 *	                  └──→ UNCERTAIN                  (nobody knows whether it was taken)
 *	RETURNED: it came back.  VOID: withdrawn here before or after it left.
 *
 * CLAIMED is on the disk before the first byte leaves.  A copy that a run finds CLAIMED was being sent when
 * an earlier run ended: it is UNCERTAIN, and what is uncertain is never sent again by the program itself.
 */
#ifndef XINGJI_SEND_STATE_H
#define XINGJI_SEND_STATE_H

#include <stdbool.h>

#include "base/text.h"

/* In register.jsonl as the word of the second column, for people as that of the third. */
#define SEND_STATES(S) \
	S(PREPARED, "prepared", "已备") \
	S(CLAIMED, "claimed", "占用") \
	S(ACCEPTED, "accepted", "已收下") \
	S(DEFERRED, "deferred", "暂时失败") \
	S(REFUSED, "refused", "拒收") \
	S(UNCERTAIN, "uncertain", "不确定") \
	S(DELIVERED, "delivered", "送达") \
	S(ANSWERED, "answered", "答复") \
	S(RETURNED, "returned", "退回") \
	S(VOID, "void", "作废")

#define SEND_STATE_NAME(name, word, chinese) SEND_##name,
enum send_state { SEND_STATES(SEND_STATE_NAME) SEND_STATE_COUNT };
#undef SEND_STATE_NAME

struct text send_state_word(enum send_state state);
struct text send_state_chinese(enum send_state state);

/* SEND_STATE_COUNT: no such word. */
enum send_state send_state_of(struct text word);

/* May a copy that is in state `from` get into `to`? */
bool send_state_follows(enum send_state from, enum send_state to);

#endif
