/* SPDX-License-Identifier: MIT
 *
 * Mail addresses: which may be written to, and the parts of `示例办公室 <office@example.org>`.
 *
 * Only what every server on the way takes: an ASCII local part without quotes and a domain of letters,
 * digits and hyphens (RFC 5321 §4.1.2 without Quoted-string and address-literal, no SMTPUTF8).  An
 * address that is odd is a typing mistake more often than a mailbox, and a mistake is a letter to a stranger.
 */
#ifndef XINGJI_SEND_MAILBOX_H
#define XINGJI_SEND_MAILBOX_H

#include <stdbool.h>

#include "base/text.h"

/* What is wrong with an address, in Chinese and in English for a message. */
#define MAILBOX_FAULTS(F) \
	F(NONE, "", "") \
	F(EMPTY, "没有地址", "there is no address") \
	F(NO_AT, "没有 @，或不止一个", "it has no @ or more than one") \
	F(NOT_ASCII, "含有全角字符、汉字或其他非英文字符", "it holds characters that are not ASCII") \
	F(CONTROL, "含有空格或控制字符", "it holds a space or a control character") \
	F(LOCAL, "@ 前的部分不合规", "the part before the @ is malformed") \
	F(DOMAIN, "@ 后的域名不合规", "the domain is malformed") \
	F(LONG, "过长", "it is too long") \
	F(NAME, "名称含有控制字符", "the name holds a control character")

#define MAILBOX_FAULT_NAME(name, chinese, english) MAILBOX_##name,
enum mailbox_fault { MAILBOX_FAULTS(MAILBOX_FAULT_NAME) MAILBOX_FAULT_COUNT };
#undef MAILBOX_FAULT_NAME

struct mailbox {
	struct text name;    /* UTF-8; missing: the address alone */
	struct text address; /* local@domain */
};

/* "中文", U+001F, "English" (base/diag.h). */
struct text mailbox_fault_words(enum mailbox_fault fault);

/* The first fault of an address alone. */
enum mailbox_fault mailbox_check_address(struct text address);
/* The same, and of its name: no control characters, valid UTF-8. */
enum mailbox_fault mailbox_check(const struct mailbox *mailbox);
/* `name <address>`, `"name" <address>` or `address`; borrowed.  With a fault the mailbox is not to be used. */
enum mailbox_fault mailbox_parse(struct text text, struct mailbox *mailbox);
/* What stands behind the @ of an address without a fault; borrowed, as it was typed. */
struct text mailbox_domain(struct text address);
/* The same mailbox?  The domain without regard to case, the local part to the letter. */
bool mailbox_same(struct text a, struct text b);

#endif
