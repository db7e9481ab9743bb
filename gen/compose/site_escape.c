/* SPDX-License-Identifier: MIT */
#include "compose/site_escape.h"

#include "base/buf.h"
#include "compose/datum.h"

/* "<" is \u003c. */
static void write_text(struct buf *out, struct text text)
{
	struct buf plain;
	buf_init(&plain, BUF_LIMIT_PAGE);
	buf_json(&plain, text);
	for (size_t i = 0; i < plain.size; i++) {
		if (plain.at[i] == '<')
			buf_string(out, "\\u003c");
		else
			buf_byte(out, plain.at[i]);
	}
	buf_clear(&plain);
}

void site_escape_script(void *context, struct buf *out, const struct datum *value)
{
	(void)context;
	if (value->kind == DATUM_NUMBER || value->kind == DATUM_BOOLEAN)
		buf_text(out, value->text);
	else
		write_text(out, value->text);
}
