/* SPDX-License-Identifier: MIT */
#include "base/xml_write.h"

#include <assert.h>
#include <stdio.h>

#include "base/buf.h"

void xml_write_init(struct xml_write *xml, struct buf *buf)
{
	*xml = (struct xml_write){ .buf = buf };
}

void xml_write_end(const struct xml_write *xml)
{
	assert(xml->depth == 0 && xml->place == XML_CONTENT);
}

/* What comes next is no attribute. */
static void end_tag(struct xml_write *xml)
{
	assert(xml->place != XML_VALUE);
	if (xml->place == XML_TAG)
		buf_byte(xml->buf, '>');
	xml->place = XML_CONTENT;
}

void xml_write_instruction(struct xml_write *xml, const char *name, const char *content)
{
	end_tag(xml);
	buf_format(xml->buf, "<?%s %s?>", name, content);
}

void xml_write_open(struct xml_write *xml, const char *name)
{
	end_tag(xml);
	assert(xml->depth < XML_WRITE_DEEPEST);
	xml->names[xml->depth++] = name;
	buf_byte(xml->buf, '<');
	buf_string(xml->buf, name);
	xml->place = XML_TAG;
}

void xml_write_close(struct xml_write *xml)
{
	assert(xml->depth > 0 && xml->place != XML_VALUE);
	const char *name = xml->names[--xml->depth];
	if (xml->place == XML_TAG) {
		buf_string(xml->buf, "/>");
	} else {
		buf_string(xml->buf, "</");
		buf_string(xml->buf, name);
		buf_byte(xml->buf, '>');
	}
	xml->place = XML_CONTENT;
}

void xml_write_line(struct xml_write *xml)
{
	end_tag(xml);
	buf_byte(xml->buf, '\n');
}

/* ---- attributes ----------------------------------------------------------------------- */

void xml_write_value(struct xml_write *xml, const char *name)
{
	assert(xml->place == XML_TAG);
	buf_byte(xml->buf, ' ');
	buf_string(xml->buf, name);
	buf_string(xml->buf, "=\"");
	xml->place = XML_VALUE;
}

void xml_write_value_end(struct xml_write *xml)
{
	assert(xml->place == XML_VALUE);
	buf_byte(xml->buf, '"');
	xml->place = XML_TAG;
}

void xml_write_attribute(struct xml_write *xml, const char *name, struct text value)
{
	xml_write_value(xml, name);
	xml_write_text(xml, value);
	xml_write_value_end(xml);
}

/* ---- texts ---------------------------------------------------------------------------- */

void xml_write_text(struct xml_write *xml, struct text text)
{
	if (xml->place == XML_TAG)
		end_tag(xml);
	buf_xml(xml->buf, text);
}

void xml_write_string(struct xml_write *xml, const char *string)
{
	xml_write_text(xml, text_from(string));
}

/* Most are an attribute's number: no memory is asked for those. */
static void __attribute__((format(printf, 2, 0))) write_formatted(struct xml_write *xml, const char *format, va_list args)
{
	char room[64];
	va_list again;
	va_copy(again, args);
	int size = vsnprintf(room, sizeof room, format, again);
	va_end(again);
	if (size < (int)sizeof room) {
		xml_write_string(xml, room);
		return;
	}
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	buf_vformat(&buf, format, args);
	xml_write_text(xml, buf_view(&buf));
	xml->buf->overflowed |= buf.overflowed;
	buf_clear(&buf);
}

void xml_write_format(struct xml_write *xml, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	write_formatted(xml, format, args);
	va_end(args);
}

void xml_write_attribute_format(struct xml_write *xml, const char *name, const char *format, ...)
{
	va_list args;
	xml_write_value(xml, name);
	va_start(args, format);
	write_formatted(xml, format, args);
	va_end(args);
	xml_write_value_end(xml);
}

void xml_write_fixed(struct xml_write *xml, double value, int digits)
{
	if (xml->place == XML_TAG)
		end_tag(xml);
	buf_fixed(xml->buf, value, digits); /* nothing to escape in digits */
}

void xml_write_element(struct xml_write *xml, const char *name, struct text text)
{
	xml_write_open(xml, name);
	xml_write_text(xml, text);
	xml_write_close(xml);
}
