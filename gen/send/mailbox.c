/* SPDX-License-Identifier: MIT */
#include "send/mailbox.h"

#include <assert.h>

#include "base/utf8.h"
#include "send/ascii.h"

/* RFC 5321 §4.5.3.1; a label: RFC 1035 §2.3.4. */
enum { LOCAL_MOST = 64, DOMAIN_MOST = 253, ADDRESS_MOST = 254, LABEL_MOST = 63 };

struct text mailbox_fault_words(enum mailbox_fault fault)
{
	static const char *const words[] = {
#define FAULT(name, chinese, english) chinese "\x1F" english,
		MAILBOX_FAULTS(FAULT)
#undef FAULT
	};
	assert(fault < MAILBOX_FAULT_COUNT);
	return text_from(words[fault]);
}

/* A dot-atom: RFC 5322 §3.2.3. */
static bool is_local(struct text local)
{
	if (!local.size || local.size > LOCAL_MOST)
		return false;
	for (struct text atom; text_next(&local, '.', &atom);) {
		for (size_t i = 0; i < atom.size; i++)
			if (!ascii_is_alnum(atom.at[i]) && !strchr("!#$%&'*+-/=?^_`{|}~", atom.at[i]))
				return false;
		if (!atom.size)
			return false;
	}
	return true;
}

static bool is_label(struct text label)
{
	if (!label.size || label.size > LABEL_MOST || label.at[0] == '-' || label.at[label.size - 1] == '-')
		return false;
	for (size_t i = 0; i < label.size; i++)
		if (!ascii_is_alnum(label.at[i]) && label.at[i] != '-')
			return false;
	return true;
}

static bool is_domain(struct text domain)
{
	if (!domain.size || domain.size > DOMAIN_MOST)
		return false;
	for (struct text label; text_next(&domain, '.', &label);)
		if (!is_label(label))
			return false;
	return true;
}

enum mailbox_fault mailbox_check_address(struct text address)
{
	if (!address.size)
		return MAILBOX_EMPTY;
	size_t signs = 0;
	for (size_t i = 0; i < address.size; i++) {
		unsigned char byte = (unsigned char)address.at[i];
		if (byte <= ' ' || byte == 0x7F)
			return MAILBOX_CONTROL;
		if (byte > 0x7F)
			return MAILBOX_NOT_ASCII;
		signs += byte == '@';
	}
	if (signs != 1)
		return MAILBOX_NO_AT;
	if (address.size > ADDRESS_MOST)
		return MAILBOX_LONG;
	size_t at = text_find(address, TEXT("@"));
	if (!is_local(text_slice(address, 0, at)))
		return MAILBOX_LOCAL;
	return is_domain(mailbox_domain(address)) ? MAILBOX_NONE : MAILBOX_DOMAIN;
}

enum mailbox_fault mailbox_check(const struct mailbox *mailbox)
{
	for (size_t at = 0; at < mailbox->name.size;) {
		uint32_t character = utf8_next(mailbox->name, &at);
		if (character < ' ' || (character >= 0x7F && character < 0xA0) || character == UTF8_BAD)
			return MAILBOX_NAME;
	}
	return mailbox_check_address(mailbox->address);
}

enum mailbox_fault mailbox_parse(struct text text, struct mailbox *mailbox)
{
	text = text_trim(text);
	*mailbox = (struct mailbox){ .address = text };
	size_t open = text.size;
	while (open && text.at[open - 1] != '<')
		open--;
	if (open-- && text_ends(text, ">")) {
		mailbox->name = text_trim(text_slice(text, 0, open));
		mailbox->address = text_trim(text_slice(text, open + 1, text.size - open - 2));
	}
	struct text name = mailbox->name;
	if (name.size >= 2 && name.at[0] == '"' && name.at[name.size - 1] == '"')
		mailbox->name = text_slice(name, 1, name.size - 2);
	return mailbox_check(mailbox);
}

struct text mailbox_domain(struct text address)
{
	return text_slice(address, text_find(address, TEXT("@")) + 1, address.size);
}

bool mailbox_same(struct text a, struct text b)
{
	size_t at = text_find(a, TEXT("@"));
	if (a.size != b.size || !text_equal(text_slice(a, 0, at), text_slice(b, 0, at)))
		return false;
	for (size_t i = at; i < a.size; i++)
		if (ascii_lower(a.at[i]) != ascii_lower(b.at[i]))
			return false;
	return true;
}
