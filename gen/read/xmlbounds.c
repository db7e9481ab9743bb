/* SPDX-License-Identifier: MIT */
#include "read/xmlbounds.h"

#include "read/input.h"
#include "read/xml.h"

struct scan {
	const struct reader *reader;
	uint32_t number;
	struct text text;
	size_t at, depth;
};

/* How to go on after one piece of markup. */
enum step { STEP_ON, STEP_LEAVE /* not well-formed: the parser will say so */, STEP_REFUSED };

static enum step refuse(struct scan *scan, enum diag_kind kind, size_t start, int64_t bound)
{
	struct span span = { scan->number, (uint32_t)start, (uint32_t)start + 1 };
	DIAG(scan->reader->diag, kind, .span = span, .n = bound);
	return STEP_REFUSED;
}

/* Comments, processing instructions, CDATA: everything up to a closing mark. */
static enum step skip_past(struct scan *scan, struct text close, size_t most)
{
	struct text rest = text_slice(scan->text, scan->at, scan->text.size);
	size_t size = text_find(rest, close);
	if (size > most)
		return refuse(scan, DIAG_XML_TEXT_TOO_LONG, scan->at, (int64_t)most);
	if (size == rest.size)
		return STEP_LEAVE;
	scan->at += size + close.size;
	return STEP_ON;
}

static enum step skip_value(struct scan *scan)
{
	size_t start = scan->at + 1;
	const char *close = memchr(scan->text.at + start, scan->text.at[scan->at], scan->text.size - start);
	if (!close)
		return STEP_LEAVE;
	size_t end = (size_t)(close - scan->text.at);
	if (end - start > XML_TEXT_LARGEST)
		return refuse(scan, DIAG_XML_TEXT_TOO_LONG, scan->at, XML_TEXT_LARGEST);
	scan->at = end;
	return STEP_ON;
}

static enum step skip_start_tag(struct scan *scan)
{
	size_t start = scan->at, attributes = 0;
	for (scan->at++; scan->at < scan->text.size; scan->at++) {
		char c = scan->text.at[scan->at];
		if (c == '<')
			return STEP_LEAVE;
		if (c == '>') {
			bool is_empty = scan->text.at[scan->at - 1] == '/';
			scan->at++;
			scan->depth += !is_empty;
			return scan->depth > XML_DEPTH_MOST ? refuse(scan, DIAG_XML_TOO_DEEP, start, XML_DEPTH_MOST) : STEP_ON;
		}
		if (c != '"' && c != '\'')
			continue;
		if (++attributes > XML_ATTRIBUTES_MOST)
			return refuse(scan, DIAG_XML_TOO_MANY_ATTRIBUTES, start, XML_ATTRIBUTES_MOST);
		enum step step = skip_value(scan);
		if (step != STEP_ON)
			return step;
	}
	return STEP_LEAVE;
}

static enum step skip_end_tag(struct scan *scan)
{
	const char *close = memchr(scan->text.at + scan->at, '>', scan->text.size - scan->at);
	scan->depth -= scan->depth > 0;
	if (!close)
		return STEP_LEAVE;
	scan->at = (size_t)(close - scan->text.at) + 1;
	return STEP_ON;
}

/* At a '<'. */
static enum step skip_markup(struct scan *scan)
{
	struct text rest = text_slice(scan->text, scan->at, scan->text.size);
	char mark = rest.size > 1 ? rest.at[1] : '\0';
	if (mark == '/')
		return skip_end_tag(scan);
	if (mark != '!' && mark != '?')
		return skip_start_tag(scan);
	if (text_starts(rest, "<!--")) {
		scan->at += strlen("<!--");
		return skip_past(scan, TEXT("-->"), SIZE_MAX);
	}
	if (text_starts(rest, "<![CDATA["))
		return skip_past(scan, TEXT("]]>"), XML_TEXT_LARGEST);
	if (text_starts(rest, "<!"))
		return refuse(scan, DIAG_XML_DOCTYPE, scan->at, 0);
	return skip_past(scan, TEXT("?>"), XML_TEXT_LARGEST);
}

bool xmlbounds_check(const struct reader *reader, uint32_t number)
{
	struct scan scan = { .reader = reader, .number = number, .text = sources_text(reader->sources, number) };
	enum step step = STEP_ON;
	while (step == STEP_ON && scan.at < scan.text.size) {
		const char *open = memchr(scan.text.at + scan.at, '<', scan.text.size - scan.at);
		size_t end = open ? (size_t)(open - scan.text.at) : scan.text.size;
		if (end - scan.at > XML_TEXT_LARGEST)
			step = refuse(&scan, DIAG_XML_TEXT_TOO_LONG, scan.at, XML_TEXT_LARGEST);
		scan.at = end;
		if (step == STEP_ON && open)
			step = skip_markup(&scan);
	}
	return step != STEP_REFUSED;
}
