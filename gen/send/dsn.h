/* SPDX-License-Identifier: MIT
 *
 * Delivery reports that came back (RFC 3464), read from .eml files that the office saved.
 *
 * Anybody can write one, so a report is an assertion: whoever notes a state from it must find the copy by
 * `copy` or `message_id` and see that `recipient` is the address it was sent to.  What is no such report (the
 * plain letters of many providers, answers of people, read receipts) is told as not understood, never dropped.
 */
#ifndef XINGJI_SEND_DSN_H
#define XINGJI_SEND_DSN_H

#include <stdbool.h>

#include "base/text.h"

struct arena;

#define DSN_SIZE_MOST ((size_t)64 << 20)
enum { DSN_RECIPIENTS_MOST = 64, DSN_TEXT_MOST = 240 };

/* Word in the report, and what it is for people. */
#define DSN_ACTIONS(A) \
	A(FAILED, "failed", "退回") \
	A(DELAYED, "delayed", "延迟") \
	A(DELIVERED, "delivered", "送达") \
	A(RELAYED, "relayed", "转出") \
	A(EXPANDED, "expanded", "分发")

#define DSN_ACTION_NAME(name, word, chinese) DSN_##name,
enum dsn_action { DSN_ACTIONS(DSN_ACTION_NAME) DSN_ACTION_COUNT };
#undef DSN_ACTION_NAME

/* Why a file was not understood. */
#define DSN_FAULTS(F) \
	F(NONE, "", "") \
	F(UNREADABLE, "无法读取，或大于 64 MB", "cannot be read or is larger than 64 MB") \
	F(NOT_A_REPORT, "不是标准的退信报告（RFC 3464），请人工阅读", \
	  "is no delivery report (RFC 3464); read it yourself") \
	F(DAMAGED, "退信报告不完整", "is an incomplete delivery report") \
	F(ANONYMOUS, "退信报告没有说明是哪一封信", "is a delivery report that does not name the message")

#define DSN_FAULT_NAME(name, chinese, english) DSN_##name,
enum dsn_fault { DSN_FAULTS(DSN_FAULT_NAME) DSN_FAULT_COUNT };
#undef DSN_FAULT_NAME

struct dsn_recipient {
	struct text address;    /* Final-Recipient, else Original-Recipient */
	enum dsn_action action;
	struct text status;     /* "5.1.1" */
	struct text diagnostic; /* what the other server said: for a terminal (base/plain.h), cut */
};

struct dsn {
	struct text file;       /* name in the folder */
	enum dsn_fault fault;   /* not NONE: no recipients; the rest as far as it is told, for whoever reads the file */
	struct text message_id; /* of the message, without brackets; missing: it names only the copy */
	struct text copy;       /* X-Xingji-Copy of the message; missing: it names only the Message-ID */
	struct text subject;    /* of the report itself, as it came, for a terminal, cut */
	struct dsn_recipient *recipients;
	size_t recipient_count;
};

/* One report from its bytes (hostile); all texts live in arena. */
void dsn_parse(struct arena *arena, struct text bytes, struct dsn *dsn);
/* All *.eml of a folder, sorted by name; 0 or an errno of the folder itself. */
int dsn_read_folder(struct arena *arena, const char *path, struct dsn **dsns, size_t *count);
/* "中文", U+001F, "English". */
struct text dsn_fault_words(enum dsn_fault fault);
struct text dsn_action_chinese(enum dsn_action action);

#endif
