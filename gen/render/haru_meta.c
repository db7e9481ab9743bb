/* SPDX-License-Identifier: MIT
 *
 * What a document says of itself: XMP, Info, outline, page labels, view.
 */
#include <stdlib.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/xml_write.h"
#include "render/haru.h"

static const char producer[] = "xingji";

HPDF_Array haru_destination(struct haru *haru, uint32_t page, double y)
{
	HPDF_Array array = haru_array(haru);
	haru_push(haru, array, haru->page_objects[page]);
	haru_push_name(haru, array, "XYZ");
	haru_push(haru, array, HPDF_Null_New(haru->doc->mmgr));
	haru_push_real(haru, array, haru->pages->pages[page].height_pt - y);
	haru_push(haru, array, HPDF_Null_New(haru->doc->mmgr));
	return array;
}

/* ---- XMP and Info --------------------------------------------------------- */

/* On a line of its own, unless there is nothing to say. */
static void element(struct xml_write *xml, const char *name, struct text text)
{
	if (!text.size)
		return;
	xml_write_element(xml, name, text);
	xml_write_line(xml);
}

/* A property in RDF's containers: alternatives by language, sequences, bags. */
static void container(struct xml_write *xml, const char *name, const char *kind, struct text text)
{
	if (!text.size)
		return;
	xml_write_open(xml, name);
	xml_write_open(xml, kind);
	xml_write_open(xml, "rdf:li");
	if (strcmp(kind, "rdf:Alt") == 0)
		xml_write_attribute(xml, "xml:lang", TEXT("x-default"));
	xml_write_text(xml, text);
	xml_write_close(xml);
	xml_write_close(xml);
	xml_write_close(xml);
	xml_write_line(xml);
}

static struct text language_of(const struct pages *pages)
{
	return pages->language.size ? pages->language : TEXT("zh-CN");
}

struct name_space {
	const char *name, *address;
};

/* <rdf:Description> of this document with the name spaces, up to one without a name. */
static void open_description(struct xml_write *xml, const struct name_space *spaces)
{
	xml_write_open(xml, "rdf:Description");
	xml_write_attribute(xml, "rdf:about", NO_TEXT);
	for (; spaces->name; spaces++)
		xml_write_attribute(xml, spaces->name, text_from(spaces->address));
}

static void open_resource(struct xml_write *xml, const char *name, const char *kind)
{
	xml_write_open(xml, name);
	xml_write_open(xml, kind);
	xml_write_open(xml, "rdf:li");
	xml_write_attribute(xml, "rdf:parseType", TEXT("Resource"));
	xml_write_line(xml);
}

static void close_resource(struct xml_write *xml)
{
	xml_write_close(xml);
	xml_write_close(xml);
	xml_write_close(xml);
	xml_write_line(xml);
}

/*
 * PDF/A wants a property of a schema that is not XMP's own explained; PDFBox finds that in a
 * description of its own only.
 */
static void explain_schema(struct xml_write *xml)
{
	static const struct name_space spaces[] = {
		{ "xmlns:pdfaExtension", "http://www.aiim.org/pdfa/ns/extension/" },
		{ "xmlns:pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#" },
		{ "xmlns:pdfaProperty", "http://www.aiim.org/pdfa/ns/property#" }, { NULL, NULL },
	};
	open_description(xml, spaces);
	xml_write_line(xml);
	open_resource(xml, "pdfaExtension:schemas", "rdf:Bag");
	element(xml, "pdfaSchema:schema", TEXT("PDF/UA"));
	element(xml, "pdfaSchema:namespaceURI", TEXT("http://www.aiim.org/pdfua/ns/id/"));
	element(xml, "pdfaSchema:prefix", TEXT("pdfuaid"));
	open_resource(xml, "pdfaSchema:property", "rdf:Seq");
	element(xml, "pdfaProperty:name", TEXT("part"));
	element(xml, "pdfaProperty:valueType", TEXT("Integer"));
	element(xml, "pdfaProperty:category", TEXT("internal"));
	element(xml, "pdfaProperty:description", TEXT("ISO 14289"));
	close_resource(xml);
	close_resource(xml);
	xml_write_close(xml);
	xml_write_line(xml);
}

static void write_properties(const struct haru *haru, struct xml_write *xml)
{
	const struct pages *pages = haru->pages;
	char stamp[40] = "";
	struct date date;
	if (date_parse_iso(pages->date, &date))
		snprintf(stamp, sizeof stamp, "%04d-%02d-%02dT00:00:00+08:00", date.year, date.month, date.day);
	element(xml, "dc:format", TEXT("application/pdf"));
	container(xml, "dc:title", "rdf:Alt", pages->title);
	container(xml, "dc:creator", "rdf:Seq", pages->author);
	container(xml, "dc:description", "rdf:Alt", pages->subject);
	container(xml, "dc:language", "rdf:Bag", language_of(pages));
	element(xml, "xmp:CreateDate", text_from(stamp));
	element(xml, "xmp:ModifyDate", text_from(stamp));
	element(xml, "xmp:MetadataDate", text_from(stamp));
	element(xml, "xmp:CreatorTool", text_from(producer));
	element(xml, "pdf:Producer", text_from(producer));
	if (pages->tag_count)
		element(xml, "pdfuaid:part", TEXT("1"));
	if (haru->is_archive) {
		element(xml, "pdfaid:part", TEXT("2"));
		element(xml, "pdfaid:conformance", TEXT("U"));
	}
}

static void write_xmp(const struct haru *haru, struct buf *out)
{
	static const struct name_space spaces[] = {
		{ "xmlns:dc", "http://purl.org/dc/elements/1.1/" }, { "xmlns:xmp", "http://ns.adobe.com/xap/1.0/" },
		{ "xmlns:pdf", "http://ns.adobe.com/pdf/1.3/" },
		{ "xmlns:pdfuaid", "http://www.aiim.org/pdfua/ns/id/" }, { NULL, NULL },
	};
	struct xml_write xml;
	xml_write_init(&xml, out);
	xml_write_instruction(&xml, "xpacket", "begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"");
	xml_write_line(&xml);
	xml_write_open(&xml, "x:xmpmeta");
	xml_write_attribute(&xml, "xmlns:x", TEXT("adobe:ns:meta/"));
	xml_write_line(&xml);
	xml_write_open(&xml, "rdf:RDF");
	xml_write_attribute(&xml, "xmlns:rdf", TEXT("http://www.w3.org/1999/02/22-rdf-syntax-ns#"));
	xml_write_line(&xml);
	open_description(&xml, spaces);
	if (haru->is_archive)
		xml_write_attribute(&xml, "xmlns:pdfaid", TEXT("http://www.aiim.org/pdfa/ns/id/"));
	xml_write_line(&xml);
	write_properties(haru, &xml);
	xml_write_close(&xml);
	xml_write_line(&xml);
	if (haru->is_archive && haru->pages->tag_count)
		explain_schema(&xml);
	xml_write_close(&xml);
	xml_write_line(&xml);
	xml_write_close(&xml);
	xml_write_line(&xml);
	xml_write_instruction(&xml, "xpacket", "end=\"r\"");
	xml_write_line(&xml);
	xml_write_end(&xml);
}

static void set_xmp(struct haru *haru)
{
	struct buf xmp;
	buf_init(&xmp, 1 << 20);
	write_xmp(haru, &xmp);
	if (xmp.overflowed)
		canvas_fail(&haru->canvas, "title, author and subject are too long");
	haru_fingerprint(haru, buf_view(&xmp));
	HPDF_Dict stream = haru_stream(haru, buf_view(&xmp), false);
	haru_set_name(haru, stream, "Type", "Metadata");
	haru_set_name(haru, stream, "Subtype", "XML");
	haru_set(haru, haru->doc->catalog, "Metadata", stream);
	buf_clear(&xmp);
}

static void set_info(struct haru *haru)
{
	const struct pages *pages = haru->pages;
	HPDF_Dict info = haru->doc->info;
	const struct {
		const char *key;
		struct text text;
	} rows[] = { { "Title", pages->title }, { "Author", pages->author }, { "Subject", pages->subject },
		     { "Creator", text_from(producer) }, { "Producer", text_from(producer) } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].text.size)
			haru_set_text(haru, info, rows[i].key, rows[i].text);
	struct date date;
	if (!date_parse_iso(pages->date, &date))
		return;
	char stamp[40];
	snprintf(stamp, sizeof stamp, "D:%04d%02d%02d000000+08'00'", date.year, date.month, date.day);
	haru_set_bytes(haru, info, "CreationDate", text_from(stamp));
	haru_set_bytes(haru, info, "ModDate", text_from(stamp));
}

/* ---- outline -------------------------------------------------------------- */

struct node {
	HPDF_Dict object;
	int level;
	size_t parent, last; /* 1-based entries; 0 = root or none */
	int64_t count;       /* entries below */
};

/* Places entry i below the last one of a lower level. */
static void link_node(struct haru *haru, struct node *nodes, size_t i)
{
	struct node *node = &nodes[i];
	size_t parent = i - 1;
	while (parent && nodes[parent].level >= node->level)
		parent = nodes[parent].parent;
	node->parent = parent;
	haru_set(haru, node->object, "Parent", nodes[parent].object);
	if (nodes[parent].last) {
		haru_set(haru, nodes[nodes[parent].last].object, "Next", node->object);
		haru_set(haru, node->object, "Prev", nodes[nodes[parent].last].object);
	} else {
		haru_set(haru, nodes[parent].object, "First", node->object);
	}
	nodes[parent].last = i;
	for (size_t up = parent;; up = nodes[up].parent) {
		nodes[up].count++;
		if (up == 0)
			break;
	}
}

static void set_outline(struct haru *haru)
{
	const struct pages *pages = haru->pages;
	if (!pages->outline_count)
		return;
	struct node *nodes = memory_resize(NULL, (pages->outline_count + 1) * sizeof *nodes);
	memset(nodes, 0, (pages->outline_count + 1) * sizeof *nodes);
	nodes[0].object = haru_dict(haru);
	haru_register(haru, nodes[0].object);
	haru_set_name(haru, nodes[0].object, "Type", "Outlines");
	for (size_t i = 1; i <= pages->outline_count && !haru->canvas.error[0]; i++) {
		const struct outline_entry *entry = &pages->outline[i - 1];
		nodes[i].object = haru_dict(haru);
		nodes[i].level = entry->level;
		haru_register(haru, nodes[i].object);
		haru_set_text(haru, nodes[i].object, "Title", entry->title);
		haru_set(haru, nodes[i].object, "Dest", haru_destination(haru, entry->page, entry->y));
		link_node(haru, nodes, i);
	}
	for (size_t i = 0; i <= pages->outline_count && !haru->canvas.error[0]; i++)
		if (nodes[i].last) {
			haru_set(haru, nodes[i].object, "Last", nodes[nodes[i].last].object);
			/* The first level is shown open, deeper ones closed. */
			haru_set_integer(haru, nodes[i].object, "Count",
			                 i == 0 || nodes[i].level < 2 ? nodes[i].count : -nodes[i].count);
		}
	haru_set(haru, haru->doc->catalog, "Outlines", nodes[0].object);
	haru_set_name(haru, haru->doc->catalog, "PageMode", "UseOutlines");
	free(nodes);
}

/* ---- page labels ---------------------------------------------------------- */

struct label {
	const char *style; /* D, r, R, or NULL: the whole label is a prefix */
	int64_t number;
	struct text prefix;
};

/* i … mmm by trial: writing is easier than reading. */
static int64_t roman_number(struct text text)
{
	static const struct {
		int value;
		const char *letters;
	} rows[] = { { 100, "c" }, { 90, "xc" }, { 50, "l" }, { 40, "xl" }, { 10, "x" }, { 9, "ix" }, { 5, "v" },
	             { 4, "iv" }, { 1, "i" } };
	for (int number = 1; number < 400; number++) {
		char room[32];
		size_t used = 0;
		int rest = number;
		for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
			for (; rest >= rows[k].value; rest -= rows[k].value)
				for (const char *c = rows[k].letters; *c; c++)
					room[used++] = *c;
		if (text_equal(text, (struct text){ room, used }))
			return number;
	}
	return 0;
}

static struct label parse_label(struct text text)
{
	struct label label = { .prefix = text };
	size_t digits = text.size;
	while (digits && text.at[digits - 1] >= '0' && text.at[digits - 1] <= '9')
		digits--;
	struct text tail = text_slice(text, digits, text.size);
	if (tail.size && tail.size < 8 && tail.at[0] != '0' && text_to_integer(tail, &label.number)) {
		label.style = "D";
		label.prefix = text_slice(text, 0, digits);
	} else if (text.size && text.size < 12 && (label.number = roman_number(text)) > 0) {
		label.style = "r";
		label.prefix = NO_TEXT;
	}
	return label;
}

static bool continues(struct label before, struct label label)
{
	return before.style && label.style && strcmp(before.style, label.style) == 0 &&
	       label.number == before.number + 1 &&
	       text_equal(before.prefix, label.prefix);
}

static void set_labels(struct haru *haru)
{
	HPDF_Array numbers = haru_array(haru);
	struct label before = { 0 };
	for (size_t i = 0; i < haru->pages->count; i++) {
		struct label label = parse_label(haru->pages->pages[i].label);
		if (i == 0 || !continues(before, label)) {
			HPDF_Dict dict = haru_dict(haru);
			if (label.style)
				haru_set_name(haru, dict, "S", label.style);
			if (label.style && label.number != 1)
				haru_set_integer(haru, dict, "St", label.number);
			if (label.prefix.size)
				haru_set_text(haru, dict, "P", label.prefix);
			haru_push_integer(haru, numbers, (int64_t)i);
			haru_push(haru, numbers, dict);
		}
		before = label;
	}
	HPDF_Dict tree = haru_dict(haru);
	haru_set(haru, tree, "Nums", numbers);
	haru_set(haru, haru->doc->catalog, "PageLabels", tree);
}

void haru_finish_meta(struct haru *haru)
{
	HPDF_Dict view = haru_dict(haru);
	haru_set_bool(haru, view, "DisplayDocTitle", true);
	haru_set(haru, haru->doc->catalog, "ViewerPreferences", view);
	haru_set_bytes(haru, haru->doc->catalog, "Lang", language_of(haru->pages));
	set_xmp(haru);
	set_info(haru);
	set_outline(haru);
	set_labels(haru);
}
