/* SPDX-License-Identifier: MIT
 *
 * Delivery reports that came back, and messages of which somebody else typed the words.
 */
#include "fuzz.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "send/dsn.h"
#include "send/message.h"
#include "send/mime.h"

/* What goes to a terminal and into the register is one line of sound text. */
static void check_shown(struct text text, size_t most)
{
	if (utf8_check(text) != text.size || text.size > most)
		abort();
	for (size_t i = 0; i < text.size; i++)
		if ((unsigned char)text.at[i] < ' ')
			abort();
}

void fuzz_report(const struct fuzz *fuzz, struct text input)
{
	struct dsn dsn = { .file = TEXT("a.eml") };
	dsn_parse(fuzz->arena, input, &dsn);
	check_shown(dsn.subject, DSN_TEXT_MOST);
	check_shown(dsn.message_id, 400);
	check_shown(dsn.copy, 400);
	if ((dsn.fault == DSN_NONE) != (dsn.recipient_count > 0) || dsn.recipient_count > DSN_RECIPIENTS_MOST)
		abort();
	for (size_t i = 0; i < dsn.recipient_count; i++) {
		check_shown(dsn.recipients[i].address, 400);
		check_shown(dsn.recipients[i].diagnostic, DSN_TEXT_MOST);
		check_shown(dsn.recipients[i].status, 9);
		if (dsn.recipients[i].action >= DSN_ACTION_COUNT)
			abort();
	}
}

/* The fields of the header are ours, one recipient, lines as long as servers take. */
static void check_message(const struct fuzz *fuzz, const struct mail *mail, struct text bytes)
{
	struct text rest, header = message_header(bytes, &rest);
	struct mailbox to;
	if (message_field_count(header, "To") != 1 || message_field_count(header, "Bcc") || message_field_count(header, "Cc") ||
	    message_field_count(header, "Subject") != 1 || message_field_count(header, "X-Xingji-Copy") != 1)
		abort();
	if (mailbox_parse(message_field(fuzz->arena, header, "To"), &to) != MAILBOX_NONE || !text_equal(to.address, mail->to.address))
		abort();
	for (struct text line; text_next(&bytes, '\n', &line);) {
		if (line.size > 999 || (bytes.at && !text_ends(line, "\r")) || text_contains(text_slice(line, 0, line.size - 1), TEXT("\r")))
			abort();
		for (size_t i = 0; i < line.size; i++)
			if ((unsigned char)line.at[i] > '~')
				abort();
	}
}

/* Lines of the input: sender, recipient, subject, name of an attachment; all of it is the text. */
void fuzz_message(const struct fuzz *fuzz, struct text input)
{
	struct text rest = input, line = NO_TEXT;
	struct mail_attachment attachment = { NO_TEXT, TEXT("application/pdf"), input };
	struct mail mail = { .date = { 2021, 12, 20 }, .message_id = TEXT("a@b"), .copy = TEXT("2021-1"), .body = input,
			     .attachments = &attachment, .attachment_count = 1 };
	text_next(&rest, '\n', &line);
	mailbox_parse(line, &mail.from);
	text_next(&rest, '\n', &line);
	mailbox_parse(line, &mail.to);
	text_next(&rest, '\n', &mail.subject);
	text_next(&rest, '\n', &attachment.name);
	if (mail_check(&mail) != MAIL_GOOD)
		return;
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	mail_write(&buf, &mail);
	check_message(fuzz, &mail, buf_view(&buf));
	buf_clear(&buf);
}
