/* SPDX-License-Identifier: MIT
 *
 * How a value is written into HTML, into Markdown, or as it is.
 */
#include "base/buf.h"
#include "compose/mustache.h"

void mustache_escape_none(void *context, struct buf *out, const struct datum *value)
{
	(void)context;
	buf_text(out, value->text);
}

void mustache_escape_html(void *context, struct buf *out, const struct datum *value)
{
	(void)context;
	buf_html(out, value->text);
}

void mustache_escape_markdown(void *context, struct buf *out, const struct datum *value)
{
	(void)context;
	for (size_t i = 0; i < value->text.size; i++) {
		unsigned char c = (unsigned char)value->text.at[i];
		bool punctuation = (c > ' ' && c < '0') || (c > '9' && c < 'A') || (c > 'Z' && c < 'a') || (c > 'z' && c < 0x7f);
		if (punctuation)
			buf_byte(out, '\\');
		if (c < ' ' || c == 0x7f)
			buf_byte(out, ' ');
		else
			buf_byte(out, (char)c);
	}
}
