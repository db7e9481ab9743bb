/* SPDX-License-Identifier: MIT
 *
 * libxml2's SAX2 call-backs → our events.  Places come from the parser's byte
 * offset into our text: a tag has no '<' inside, so its start is found by looking
 * back, and its attributes by a scan that only has to work on well-formed tags.
 */
#define _GNU_SOURCE /* memrchr */
#include "read/xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "base/arena.h"
#include "base/buf.h"
#include "read/input.h"
#include "read/xml_reason.h"
#include "read/xmlbounds.h"

struct parse {
	const struct reader *reader;
	uint32_t number;
	struct text source;
	size_t fed;            /* bytes handed to the parser */
	xmlParserCtxtPtr ctxt;
	xml_handler *handler;
	void *context;
	struct buf text;       /* since the last tag */
	size_t after_tag;
	size_t depth;
	struct span open[XML_DEPTH_MOST + 1]; /* start tags by depth */
	struct xml_attribute attributes[XML_ATTRIBUTES_MOST];
	bool has_ended;        /* stopped by the handler or by a reported fault */
};

static struct text borrow(const xmlChar *string)
{
	return text_from((const char *)string);
}

static size_t offset_now(const struct parse *parse)
{
	const xmlParserInput *input = parse->ctxt->input;
	size_t offset = input ? (size_t)input->consumed + (size_t)(input->cur - input->base) : parse->source.size;
	return offset < parse->source.size ? offset : parse->source.size;
}

static size_t look_back(const struct parse *parse, size_t from, char mark)
{
	const char *found = from ? memrchr(parse->source.at, mark, from) : NULL;
	return found ? (size_t)(found - parse->source.at) : 0;
}

static struct span span_at(const struct parse *parse, size_t start, size_t end)
{
	return (struct span){ parse->number, (uint32_t)start, (uint32_t)(end > start ? end : start) };
}

static void stop(struct parse *parse)
{
	parse->has_ended = true;
	xmlStopParser(parse->ctxt);
}

static void fail(struct parse *parse, enum diag_kind kind, struct diag_args args)
{
	if (parse->has_ended)
		return;
	diag_report(parse->reader->diag, kind, args);
	stop(parse);
}

static void hand_over(struct parse *parse, const struct xml_event *event)
{
	if (!parse->has_ended && !parse->handler(parse->context, event))
		stop(parse);
}

/* ---- text ------------------------------------------------------------------------ */

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The bytes of the text before a tag, without white space and leading comments. */
static struct span text_span(const struct parse *parse, size_t tag_start)
{
	size_t start = parse->after_tag, end = tag_start;
	for (;;) {
		while (start < end && is_space(parse->source.at[start]))
			start++;
		if (start == end || parse->source.at[start] != '<')
			break;
		struct text rest = text_slice(parse->source, start, end - start);
		bool is_comment = text_starts(rest, "<!--");
		if (!is_comment && !text_starts(rest, "<?"))
			break;
		struct text close = is_comment ? TEXT("-->") : TEXT("?>");
		size_t size = text_find(rest, close) + close.size;
		start = size < rest.size ? start + size : end;
	}
	while (end > start && is_space(parse->source.at[end - 1]))
		end--;
	return span_at(parse, start, end);
}

static void flush_text(struct parse *parse, size_t tag_start)
{
	struct text text = buf_view(&parse->text);
	if (!text.size)
		return;
	if (text_trim(text).size) {
		struct xml_event event = { .kind = XML_TEXT, .text = text, .span = text_span(parse, tag_start), .depth = parse->depth };
		hand_over(parse, &event);
	}
	buf_reset(&parse->text);
}

static void on_text(void *user, const xmlChar *bytes, int size)
{
	struct parse *parse = user;
	buf_add(&parse->text, bytes, (size_t)size);
	if (parse->text.overflowed)
		fail(parse, DIAG_XML_TEXT_TOO_LONG,
		     (struct diag_args){ .span = span_at(parse, parse->after_tag, parse->after_tag + 1), .n = XML_TEXT_LARGEST });
}

/* ---- tags ------------------------------------------------------------------------ */

/* The next attribute of a well-formed tag from *at: its name and the value between the quotes. */
static bool next_attribute(const struct parse *parse, size_t *at, size_t end, struct span *name, struct span *value)
{
	const char *source = parse->source.at;
	size_t start = *at;
	while (start < end && is_space(source[start]))
		start++;
	size_t name_end = start;
	while (name_end < end && !is_space(source[name_end]) && source[name_end] != '=')
		name_end++;
	size_t quote = name_end;
	while (quote < end && source[quote] != '"' && source[quote] != '\'')
		quote++;
	const char *close = quote < end ? memchr(source + quote + 1, source[quote], end - quote - 1) : NULL;
	if (!close)
		return false;
	*name = span_at(parse, start, name_end);
	*value = span_at(parse, quote + 1, (size_t)(close - source));
	*at = value->end + 1;
	return true;
}

/* Without entity replacement libxml2 leaves every & of a value as "&#38;", for a tree builder to resolve. */
static struct text resolve_ampersands(struct parse *parse, struct text value)
{
	static const struct text escape = TEXT_INIT("&#38;");
	if (!value.size || !memchr(value.at, '&', value.size))
		return value;
	char *copy = text_string(parse->reader->arena, value);
	size_t size = 0;
	for (size_t i = 0; i < value.size; i++) {
		copy[size++] = value.at[i];
		if (text_equal(text_slice(value, i, escape.size), escape))
			i += escape.size - 1;
	}
	return (struct text){ copy, size };
}

/* libxml2's attributes come in document order without xmlns, five pointers each. */
static size_t read_attributes(struct parse *parse, const xmlChar **five, size_t count, struct span tag)
{
	size_t at = tag.start, filled = 0;
	while (at < tag.end && !is_space(parse->source.at[at]))
		at++;
	struct span name, value;
	while (filled < count && filled < XML_ATTRIBUTES_MOST && next_attribute(parse, &at, tag.end, &name, &value)) {
		struct text written = { parse->source.at + name.start, name.end - name.start };
		if (text_starts(written, "xmlns") && (written.size == 5 || written.at[5] == ':'))
			continue;
		const xmlChar *start = five[filled * 5 + 3], *end = five[filled * 5 + 4];
		parse->attributes[filled] = (struct xml_attribute){
			.name = borrow(five[filled * 5]),
			.uri = borrow(five[filled * 5 + 2]),
			.value = resolve_ampersands(parse, (struct text){ (const char *)start, (size_t)(end - start) }),
			.span = value,
			.name_span = name,
		};
		filled++;
	}
	return filled;
}

static void on_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespace_count,
		     const xmlChar **namespaces, int count, int defaulted, const xmlChar **attributes)
{
	(void)prefix, (void)namespace_count, (void)namespaces, (void)defaulted;
	struct parse *parse = user;
	if (parse->has_ended)
		return;
	size_t end = offset_now(parse);
	struct span tag = span_at(parse, look_back(parse, end, '<'), end);
	flush_text(parse, tag.start);
	struct xml_event event = { .kind = XML_START, .name = borrow(name), .uri = borrow(uri), .attributes = parse->attributes };
	event.attribute_count = read_attributes(parse, attributes, (size_t)count, tag);
	tag.end += end < parse->source.size && parse->source.at[end] == '/' ? 2 : 1;
	event.span = tag;
	event.depth = ++parse->depth;
	parse->after_tag = tag.end;
	if (parse->depth <= XML_DEPTH_MOST)
		parse->open[parse->depth] = tag;
	hand_over(parse, &event);
}

static void on_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	(void)prefix;
	struct parse *parse = user;
	if (parse->has_ended)
		return;
	size_t end = offset_now(parse);
	struct span tag = span_at(parse, look_back(parse, end, '<'), end);
	flush_text(parse, tag.start);
	struct xml_event event = { .kind = XML_END, .name = borrow(name), .uri = borrow(uri), .span = tag, .depth = parse->depth };
	parse->after_tag = end;
	parse->depth--;
	hand_over(parse, &event);
}

/* ---- faults ----------------------------------------------------------------------- */

/* Where a fault is shown: at the parser's place, or back at the mark that began it. */
static const struct {
	int code;
	enum diag_kind kind;
	char mark;
} faults[] = {
	{ XML_ERR_TAG_NAME_MISMATCH, DIAG_XML_TAG_MISMATCH, '<' },
	{ XML_ERR_TAG_NOT_FINISHED, DIAG_XML_UNCLOSED, 0 },
	{ XML_ERR_ATTRIBUTE_REDEFINED, DIAG_XML_ATTRIBUTE_TWICE, 0 },
	{ XML_ERR_UNDECLARED_ENTITY, DIAG_XML_ENTITY, '&' },
	{ XML_WAR_UNDECLARED_ENTITY, DIAG_XML_ENTITY, '&' },
	{ XML_ERR_NAME_REQUIRED, DIAG_XML_AMPERSAND, '&' },
	{ XML_ERR_ENTITYREF_SEMICOL_MISSING, DIAG_XML_AMPERSAND, '&' },
	{ XML_ERR_INVALID_CHAR, DIAG_XML_CHARACTER, 0 },
	{ XML_ERR_INVALID_CHARREF, DIAG_XML_CHARACTER, 0 },
};

/* "no name" is also said of "< a>": it is a stray & only where an & stands just before. */
static bool follows_ampersand(const struct parse *parse, size_t at)
{
	size_t mark = look_back(parse, at, '&');
	return parse->source.size && parse->source.at[mark] == '&' && at - mark < 80;
}

/* The start of the last attribute called name in the tag that the parser is in. */
static size_t find_attribute(const struct parse *parse, struct text name, size_t end)
{
	size_t at = look_back(parse, end, '<'), found = end;
	struct span attribute, value;
	while (at < end && !is_space(parse->source.at[at]))
		at++;
	while (next_attribute(parse, &at, end, &attribute, &value)) {
		struct text written = span_text(parse->reader->sources, attribute);
		if (text_equal(written, name) || (text_ends(written, name.at) && written.at[written.size - name.size - 1] == ':'))
			found = attribute.start;
	}
	return found;
}

/* Where the tag begins in which the file ends; its size: it ends in none. */
static size_t find_cut(const struct parse *parse)
{
	size_t at = look_back(parse, parse->source.size, '<');
	struct text rest = text_slice(parse->source, at, parse->source.size);
	return rest.size && rest.at[0] == '<' && !memchr(rest.at, '>', rest.size) ? at : parse->source.size;
}

static void report_fault(struct parse *parse, const xmlError *error)
{
	size_t at = offset_now(parse);
	struct text words = text_trim(text_from(error->message));
	struct diag_args args = { .a = xml_reason(parse->reader->arena, error->code, words) };
	enum diag_kind kind = DIAG_XML_MALFORMED;
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		if (faults[i].code != error->code || (faults[i].mark == '&' && !follows_ampersand(parse, at)))
			continue;
		kind = faults[i].kind;
		args.a = text_from(error->str1);
		args.b = text_from(error->str2);
		if (faults[i].mark)
			at = look_back(parse, at, faults[i].mark);
	}
	const size_t cut = kind == DIAG_XML_MALFORMED ? find_cut(parse) : parse->source.size;
	if (cut < parse->source.size && at >= cut) {
		kind = DIAG_XML_CUT;
		at = cut;
	}
	if (kind == DIAG_XML_ATTRIBUTE_TWICE && args.a.size)
		at = find_attribute(parse, args.a, at);
	args.span = span_at(parse, at, at < parse->source.size ? at + 1 : at);
	bool has_open = parse->depth && parse->depth <= XML_DEPTH_MOST;
	if (kind == DIAG_XML_TAG_MISMATCH && has_open)
		args.other = parse->open[parse->depth];
	if (kind == DIAG_XML_UNCLOSED && has_open)
		args.span = parse->open[parse->depth];
	fail(parse, kind, args);
}

static void on_fault(void *user, xmlErrorPtr error)
{
	/* Chinese in the name of a namespace is no URI by RFC 3986; it is as foreign as any that is not ours. */
	if (error->level >= XML_ERR_ERROR && error->code != XML_WAR_NS_URI)
		report_fault(user, error);
}

/* ---- the run ----------------------------------------------------------------------- */

static int feed(void *user, char *bytes, int room)
{
	struct parse *parse = user;
	struct text piece = text_slice(parse->source, parse->fed, (size_t)room);
	if (piece.size)
		memcpy(bytes, piece.at, piece.size);
	parse->fed += piece.size;
	return (int)piece.size;
}

static bool run(struct parse *parse)
{
	xmlSAXHandler sax = {
		.initialized = XML_SAX2_MAGIC,
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text,
		.serror = on_fault,
	};
	parse->ctxt = xmlCreateIOParserCtxt(&sax, parse, feed, NULL, parse, XML_CHAR_ENCODING_UTF8);
	if (!parse->ctxt)
		return false;
	xmlCtxtUseOptions(parse->ctxt, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_BIG_LINES);
	bool is_good = xmlParseDocument(parse->ctxt) == 0 && parse->ctxt->wellFormed && !parse->has_ended;
	if (!is_good && !parse->has_ended)
		DIAG(parse->reader->diag, DIAG_XML_MALFORMED, .span = span_at(parse, offset_now(parse), 0));
	xmlFreeParserCtxt(parse->ctxt);
	return is_good;
}

void xml_prepare(void)
{
	xmlInitParser();
}

bool xml_parse(const struct reader *reader, uint32_t number, xml_handler *handler, void *context)
{
	struct parse parse = { .reader = reader, .number = number, .handler = handler, .context = context };
	parse.source = sources_text(reader->sources, number);
	if (text_trim(parse.source).size == 0) {
		DIAG(reader->diag, DIAG_FILE_EMPTY, .span = { .source = number });
		return false;
	}
	if (!xmlbounds_check(reader, number))
		return false;
	buf_init(&parse.text, XML_TEXT_LARGEST);
	bool is_good = run(&parse);
	buf_clear(&parse.text);
	return is_good;
}
