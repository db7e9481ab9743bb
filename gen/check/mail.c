/* SPDX-License-Identifier: MIT */
#include "check/mail.h"

/* "example.org": two names at least, none of them empty. */
static bool is_domain(struct text domain)
{
	size_t names = 0;
	struct text name;
	while (text_next(&domain, '.', &name)) {
		if (!name.size)
			return false;
		names++;
	}
	return names > 1;
}

static bool is_one(struct text address)
{
	size_t at = text_find(address, TEXT("@"));
	if (at == 0 || at == address.size)
		return false;
	struct text domain = text_slice(address, at + 1, address.size);
	return text_find(domain, TEXT("@")) == domain.size && !text_ends(domain, ".") && is_domain(domain);
}

/* Bytes that the separator takes at an offset; 0: there is none. */
static size_t separator_at(struct text text, size_t at)
{
	static const char *const wide[] = { "、", "，", "；", "\u3000" };
	if (strchr(" ,;/", text.at[at]))
		return 1;
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (text_starts(text_slice(text, at, text.size), wide[i]))
			return strlen(wide[i]);
	return 0;
}

bool mail_is_address(struct text text)
{
	size_t start = 0, found = 0;
	for (size_t at = 0; at <= text.size;) {
		size_t skipped = at < text.size ? separator_at(text, at) : 1;
		if (skipped && at > start) {
			if (!is_one(text_slice(text, start, at)))
				return false;
			found++;
		}
		at += skipped ? skipped : 1;
		if (skipped)
			start = at;
	}
	return found > 0;
}
