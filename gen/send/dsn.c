/* SPDX-License-Identifier: MIT */
#include "send/dsn.h"

#include <assert.h>

#include "base/arena.h"
#include "base/file.h"
#include "send/message.h"

enum { DEPTH_MOST = 3, PARTS_MOST = 100, ID_MOST = 400 };

/* What the parts of a report held; texts are borrowed or in scratch. */
struct found {
	struct arena *scratch;
	bool is_report;
	struct text status;   /* the delivery-status part */
	struct text returned; /* header of the message that came back */
};

struct text dsn_fault_words(enum dsn_fault fault)
{
	static const char *const words[] = {
#define FAULT(name, chinese, english) chinese "\x1F" english,
		DSN_FAULTS(FAULT)
#undef FAULT
	};
	assert(fault < DSN_FAULT_COUNT);
	return text_from(words[fault]);
}

static const struct {
	const char *word, *chinese;
} actions[] = {
#define ACTION(name, word, chinese) { word, chinese },
	DSN_ACTIONS(ACTION)
#undef ACTION
};

struct text dsn_action_chinese(enum dsn_action action)
{
	assert(action < DSN_ACTION_COUNT);
	return text_from(actions[action].chinese);
}

static bool is_one_of(struct text type, const char *one, const char *other)
{
	return message_is(type, one) || message_is(type, other);
}

/* A part's own type, and its body as it was before it was encoded. */
static void look_into(struct found *found, struct text part, int depth)
{
	struct text body, header = message_header(part, &body);
	struct text value = message_field(found->scratch, header, "Content-Type");
	struct text type = message_word(value);
	if (message_is(text_slice(type, 0, strlen("multipart/")), "multipart/")) {
		found->is_report |= message_is(type, "multipart/report");
		struct text boundary = message_parameter(found->scratch, value, "boundary");
		size_t parts = depth < DEPTH_MOST ? PARTS_MOST : 0;
		for (struct text inner; parts && message_next_part(&body, boundary, &inner); parts--)
			look_into(found, inner, depth + 1);
		return;
	}
	bool is_status = is_one_of(type, "message/delivery-status", "message/global-delivery-status");
	bool is_message = is_one_of(type, "message/rfc822", "text/rfc822-headers") ||
		is_one_of(type, "message/global", "message/global-headers");
	if (!is_status && !is_message)
		return;
	struct text encoding = message_word(message_field(found->scratch, header, "Content-Transfer-Encoding"));
	struct text decoded = message_decoded(found->scratch, body, encoding);
	struct text rest;
	if (is_status && !found->status.size)
		found->status = decoded;
	if (is_message && !found->returned.size)
		found->returned = message_header(decoded, &rest);
}

/* Of `rfc822; <a@example.org>` what stands behind the type; without a type, all. */
static struct text behind_type(struct text value)
{
	size_t at = text_find(value, TEXT(";"));
	value = text_trim(at < value.size ? text_slice(value, at + 1, value.size) : value);
	if (text_starts(value, "<") && text_ends(value, ">"))
		value = text_slice(value, 1, value.size - 2);
	return value;
}

/* `5.1.1`, RFC 3463 §2; missing where it is none. */
static struct text status_of(struct text value)
{
	size_t size = 0, dots = 0;
	while (size < value.size && ((value.at[size] >= '0' && value.at[size] <= '9') || value.at[size] == '.'))
		dots += value.at[size++] == '.';
	bool is_status = dots == 2 && size <= 9 && size >= 5 && strchr("245", value.at[0]) && value.at[1] == '.';
	return is_status ? text_slice(value, 0, size) : NO_TEXT;
}

static enum dsn_action action_of(struct text value)
{
	/* RFC 3464 lets a comment stand behind it: `failed (…)`. */
	struct text word = text_slice(value, 0, text_find(value, TEXT(" ")));
	unsigned action = 0;
	while (action < DSN_ACTION_COUNT && !message_is(word, actions[action].word))
		action++;
	return (enum dsn_action)action;
}

static bool read_recipient(struct arena *arena, const struct found *found, struct text fields,
			   struct dsn_recipient *recipient)
{
	struct arena *scratch = found->scratch;
	enum dsn_action action = action_of(message_field(scratch, fields, "Action"));
	struct text address = behind_type(message_field(scratch, fields, "Final-Recipient"));
	if (!address.size)
		address = behind_type(message_field(scratch, fields, "Original-Recipient"));
	if (action == DSN_ACTION_COUNT || !address.size)
		return false;
	struct text diagnostic = behind_type(message_field(scratch, fields, "Diagnostic-Code"));
	*recipient = (struct dsn_recipient){
		.address = message_shown(arena, address, ID_MOST),
		.action = action,
		.status = text_copy(arena, status_of(message_field(scratch, fields, "Status"))),
		.diagnostic = message_shown(arena, diagnostic, DSN_TEXT_MOST),
	};
	return true;
}

/* Its groups of fields, of which the first speaks of the message. */
static void read_recipients(struct arena *arena, const struct found *found, struct dsn *dsn)
{
	dsn->recipients = ARENA_ARRAY(arena, struct dsn_recipient, DSN_RECIPIENTS_MOST);
	for (struct text rest = found->status; rest.size && dsn->recipient_count < DSN_RECIPIENTS_MOST;) {
		struct text fields = message_header(rest, &rest);
		struct dsn_recipient *recipient = &dsn->recipients[dsn->recipient_count];
		dsn->recipient_count += fields.size && read_recipient(arena, found, fields, recipient);
	}
}

static struct text id_of(struct arena *arena, struct text value)
{
	size_t open = text_find(value, TEXT("<")), close = text_find(value, TEXT(">"));
	if (open < close && close < value.size)
		value = text_slice(value, open + 1, close - open - 1);
	return value.size ? message_shown(arena, value, ID_MOST) : NO_TEXT;
}

static enum dsn_fault fault_of(const struct found *found, const struct dsn *dsn)
{
	if (!found->is_report || !found->status.size)
		return DSN_NOT_A_REPORT;
	if (!dsn->recipient_count)
		return DSN_DAMAGED;
	return dsn->message_id.size || dsn->copy.size ? DSN_NONE : DSN_ANONYMOUS;
}

void dsn_parse(struct arena *arena, struct text bytes, struct dsn *dsn)
{
	struct found found = { .scratch = arena_new() };
	struct text rest, header = message_header(bytes, &rest);
	dsn->subject = message_shown(arena, message_field(found.scratch, header, "Subject"), DSN_TEXT_MOST);
	look_into(&found, bytes, 0);
	dsn->message_id = id_of(arena, message_field(found.scratch, found.returned, "Message-ID"));
	dsn->copy = id_of(arena, message_field(found.scratch, found.returned, "X-Xingji-Copy"));
	/* Exchange and others leave the message out and answer to it instead. */
	if (!dsn->message_id.size)
		dsn->message_id = id_of(arena, message_field(found.scratch, header, "In-Reply-To"));
	if (found.is_report && found.status.size)
		read_recipients(arena, &found, dsn);
	dsn->fault = fault_of(&found, dsn);
	if (dsn->fault != DSN_NONE)
		dsn->recipient_count = 0;
	arena_free(found.scratch);
}

int dsn_read_folder(struct arena *arena, const char *path, struct dsn **dsns, size_t *count)
{
	struct text *names;
	int error = file_list(arena, path, ".eml", &names, count);
	if (error)
		return error;
	*dsns = ARENA_ARRAY(arena, struct dsn, *count ? *count : 1);
	for (size_t i = 0; i < *count; i++) {
		struct file_bytes bytes;
		(*dsns)[i].file = names[i];
		if (file_read(file_join(arena, path, names[i]), DSN_SIZE_MOST, NULL, &bytes) != 0) {
			(*dsns)[i].fault = DSN_UNREADABLE;
			continue;
		}
		dsn_parse(arena, bytes.text, &(*dsns)[i]);
		file_release(&bytes);
	}
	return 0;
}
