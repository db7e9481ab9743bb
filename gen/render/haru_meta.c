/* SPDX-License-Identifier: MIT
 *
 * What a document says of itself: XMP, Info, outline, page labels, view.
 */
#include <stdlib.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/date.h"
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

static void element(struct buf *out, const char *name, struct text text)
{
	if (!text.size)
		return;
	buf_format(out, "<%s>", name);
	buf_html(out, text);
	buf_format(out, "</%s>\n", name);
}

/* A property in RDF's containers: alternatives by language, sequences, bags. */
static void container(struct buf *out, const char *name, const char *kind, struct text text)
{
	if (!text.size)
		return;
	buf_format(out, "<%s><rdf:%s><rdf:li%s>", name, kind, strcmp(kind, "Alt") == 0 ? " xml:lang=\"x-default\"" : "");
	buf_html(out, text);
	buf_format(out, "</rdf:li></rdf:%s></%s>\n", kind, name);
}

static struct text language_of(const struct pages *pages)
{
	return pages->language.size ? pages->language : TEXT("zh-CN");
}

/* PDF/A wants a property of a schema that is not XMP's own explained; PDFBox finds that in a description of its own only. */
static void explain_schema(struct buf *out)
{
	buf_string(out, "<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
			" xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
			"<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
			"<pdfaSchema:schema>PDF/UA</pdfaSchema:schema>\n"
			"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
			"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
			"<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
			"<pdfaProperty:name>part</pdfaProperty:name>\n<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
			"<pdfaProperty:category>internal</pdfaProperty:category>\n<pdfaProperty:description>ISO 14289</pdfaProperty:description>\n"
			"</rdf:li></rdf:Seq></pdfaSchema:property>\n</rdf:li></rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n");
}

static void write_xmp(const struct haru *haru, struct buf *out)
{
	const struct pages *pages = haru->pages;
	char stamp[40] = "";
	struct date date;
	if (date_parse_iso(pages->date, &date))
		snprintf(stamp, sizeof stamp, "%04d-%02d-%02dT00:00:00+08:00", date.year, date.month, date.day);
	buf_string(out, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
			"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
			"<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
			"<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
			" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
			" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"");
	buf_string(out, haru->is_archive ? " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n" : ">\n");
	element(out, "dc:format", TEXT("application/pdf"));
	container(out, "dc:title", "Alt", pages->title);
	container(out, "dc:creator", "Seq", pages->author);
	container(out, "dc:description", "Alt", pages->subject);
	container(out, "dc:language", "Bag", language_of(pages));
	element(out, "xmp:CreateDate", text_from(stamp));
	element(out, "xmp:ModifyDate", text_from(stamp));
	element(out, "xmp:MetadataDate", text_from(stamp));
	element(out, "xmp:CreatorTool", text_from(producer));
	element(out, "pdf:Producer", text_from(producer));
	if (pages->tag_count)
		element(out, "pdfuaid:part", TEXT("1"));
	if (haru->is_archive) {
		element(out, "pdfaid:part", TEXT("2"));
		element(out, "pdfaid:conformance", TEXT("U"));
	}
	buf_string(out, "</rdf:Description>\n");
	if (haru->is_archive && pages->tag_count)
		explain_schema(out);
	buf_string(out, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n");
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
			haru_set_integer(haru, nodes[i].object, "Count", i == 0 || nodes[i].level < 2 ? nodes[i].count : -nodes[i].count);
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
	} rows[] = { { 100, "c" }, { 90, "xc" }, { 50, "l" }, { 40, "xl" }, { 10, "x" }, { 9, "ix" }, { 5, "v" }, { 4, "iv" }, { 1, "i" } };
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
	return before.style && label.style && strcmp(before.style, label.style) == 0 && label.number == before.number + 1 &&
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
