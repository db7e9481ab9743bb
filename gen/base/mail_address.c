/* SPDX-License-Identifier: MIT */
#include "base/mail_address.h"

#include <assert.h>

enum { LOCAL_MOST = 64, ADDRESS_MOST = 254, LABEL_MOST = 63 };

static bool is_alphanumeric(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
}

/* Of a dot-atom; rarer ones that RFC 5322 allows too ('%', '!', '|', '`') have routed or quoted elsewhere. */
static bool is_atom(char byte)
{
	return is_alphanumeric(byte) || (byte && strchr("+-_=&'*#~", byte));
}

static bool is_local(struct text local)
{
	struct text rest = local, atom;
	if (!local.size || local.size > LOCAL_MOST || local.at[local.size - 1] == '.')
		return false;
	while (text_next(&rest, '.', &atom)) {
		for (size_t i = 0; i < atom.size; i++)
			if (!is_atom(atom.at[i]))
				return false;
		if (!atom.size)
			return false;
	}
	return local.at[0] != '-'; /* to a mail program on a command line it would be an option */
}

static bool is_label(struct text label)
{
	if (!label.size || label.size > LABEL_MOST || label.at[0] == '-' || label.at[label.size - 1] == '-')
		return false;
	for (size_t i = 0; i < label.size; i++)
		if (!is_alphanumeric(label.at[i]) && label.at[i] != '-')
			return false;
	return true;
}

static bool is_number(struct text label)
{
	for (size_t i = 0; i < label.size; i++)
		if (label.at[i] < '0' || label.at[i] > '9')
			return false;
	return true;
}

static bool is_domain(struct text domain)
{
	struct text rest = domain, label = NO_TEXT;
	size_t count = 0;
	if (!domain.size || domain.at[domain.size - 1] == '.')
		return false;
	for (; text_next(&rest, '.', &label); count++)
		if (!is_label(label))
			return false;
	return count >= 2 && !is_number(label);
}

/* What a character that is in no address speaks of; the gravest first. */
static enum address_fault look(struct text address)
{
	static const struct {
		const char *bytes;
		enum address_fault fault;
	} kinds[] = { { ",;", ADDRESS_SEVERAL }, { "<>\"()[]:\\", ADDRESS_NAMED } };
	for (size_t i = 0; i < address.size; i++)
		if ((unsigned char)address.at[i] < 0x20 || address.at[i] == 0x7F)
			return ADDRESS_CONTROL;
	for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++)
		for (size_t i = 0; i < address.size; i++)
			if (strchr(kinds[kind].bytes, address.at[i]))
				return kinds[kind].fault;
	for (size_t i = 0; i < address.size; i++)
		if ((unsigned char)address.at[i] >= 0x80)
			return ADDRESS_SCRIPT;
	return ADDRESS_GOOD;
}

/* A blank or a line end at its end is how a second header line begins, so only blanks are taken off. */
static struct text trim(struct text text)
{
	while (text.size && text.at[0] == ' ')
		text = text_slice(text, 1, text.size);
	while (text.size && text.at[text.size - 1] == ' ')
		text.size--;
	return text;
}

enum address_fault mail_address_check(struct text address)
{
	address = trim(address);
	if (!address.size)
		return ADDRESS_NONE;
	enum address_fault fault = look(address);
	if (fault != ADDRESS_GOOD)
		return fault;
	size_t at = text_find(address, TEXT("@"));
	struct text domain = text_slice(address, at + 1, address.size);
	if (text_contains(domain, TEXT("@")))
		return ADDRESS_SEVERAL;
	bool is_good = address.size <= ADDRESS_MOST && at < address.size && is_local(text_slice(address, 0, at)) &&
		       is_domain(domain);
	return is_good ? ADDRESS_GOOD : ADDRESS_FORM;
}

struct text mail_address_of_sender(struct text sender)
{
	struct text address = trim(sender);
	size_t open = text_find(address, TEXT("<"));
	for (size_t i = 0; i < address.size; i++)
		if ((unsigned char)address.at[i] < 0x20 || address.at[i] == 0x7F)
			return NO_TEXT;
	if (open < address.size && address.at[address.size - 1] == '>')
		address = text_slice(address, open + 1, address.size - open - 2);
	return mail_address_check(address) == ADDRESS_GOOD ? address : NO_TEXT;
}

struct text mail_address_reason(enum address_fault fault)
{
	static const char *const reasons[ADDRESS_FAULTS] = {
		[ADDRESS_GOOD] = "没有问题\037nothing is wrong",
		[ADDRESS_NONE] = "是空的\037it is empty",
		[ADDRESS_CONTROL] = "含有换行或控制字符\037it holds a line end or control character",
		[ADDRESS_SEVERAL] = "不止一个地址\037it is more than one address",
		[ADDRESS_NAMED] = "带有名称、引号或括号\037a name, quotes or brackets stand beside it",
		[ADDRESS_SCRIPT] = "含有英文字母以外的字符，可能冒充别的域名\037"
				"it holds characters beyond ASCII, which may pass for another domain",
		[ADDRESS_FORM] = "不是“名称@域名”\037it is not name@domain",
	};
	assert(fault < ADDRESS_FAULTS);
	return text_from(reasons[fault]);
}
