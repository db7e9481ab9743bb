/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/utf8.h"
#include "base/zip.h"
#include "read/clean.h"
#include "read/encoding.h"
#include "read/input.h"
#include "read/table.h"
#include "read/xlsx.h"
#include "read/xmltree.h"
#include "render/cff.h"
#include "theme/sfnt.h"
#include "theme/theme_draft.h"

static struct reader reader_of(const struct fuzz *fuzz)
{
	return (struct reader){ .arena = fuzz->arena, .sources = fuzz->sources, .diag = fuzz->diag };
}

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATION(id, type, target) "<Relationship Id=\"" id "\" Type=\"" OFFICE "/" type "\" Target=\"" target "\"/>"

/* A sound workbook of four parts as they are, so that the bytes reach those who read them. */
static void write_workbook(struct buf *buf, const struct text contents[4])
{
	struct zip zip;
	zip_init(&zip, buf);
	zip_add(&zip, "_rels/.rels", TEXT("<Relationships>" RELATION("r1", "officeDocument", "xl/w.xml") "</Relationships>"));
	zip_add(&zip, "xl/_rels/w.xml.rels", TEXT("<Relationships>" RELATION("r1", "worksheet", "a.xml") RELATION("r2", "worksheet", "a.xml")
		RELATION("r3", "sharedStrings", "b.xml") RELATION("r4", "styles", "c.xml") "</Relationships>"));
	zip_add(&zip, "xl/a.xml", contents[0]);
	zip_add(&zip, "xl/b.xml", contents[1]);
	zip_add(&zip, "xl/c.xml", contents[2]);
	zip_add(&zip, "xl/w.xml", contents[3].size ? contents[3]
		: TEXT("<workbook xmlns:r=\"" OFFICE "\"><sheets><sheet name=\"a\" r:id=\"r1\"/></sheets></workbook>"));
	zip_close(&zip);
}

/* A workbook, or its sheet, strings, styles and list of sheets with an empty line between them. */
void fuzz_xlsx(const struct fuzz *fuzz, struct text input)
{
	enum entity_kind kind = (enum entity_kind)(fuzz_choice(&input) % ENTITIES);
	const struct reader reader = reader_of(fuzz);
	struct text contents[4] = { NO_TEXT };
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	if (text_starts(input, "PK") || text_starts(input, "\xD0\xCF")) {
		buf_text(&buf, input);
	} else {
		for (size_t i = 0; i < 4; i++) {
			contents[i] = text_slice(input, 0, i < 3 ? text_find(input, TEXT("\n\n")) : input.size);
			input = text_slice(input, contents[i].size + 2, input.size);
		}
		write_workbook(&buf, contents);
	}
	uint32_t source = xlsx_open_bytes(&reader, input_add(&reader, "a.xlsx", NO_TEXT), buf_view(&buf), kind);
	struct table *table = memory_resize(NULL, sizeof *table);
	if (source && table_open_source(table, &reader, source, kind))
		while (table_next(table))
			for (size_t field = 0; field < schema_entity(kind)->field_count; field++)
				span_text(fuzz->sources, table_value(table, field).span);
	free(table);
	buf_clear(&buf);
}

void fuzz_csv(const struct fuzz *fuzz, struct text input)
{
	enum entity_kind kind = (enum entity_kind)(fuzz_choice(&input) % ENTITIES);
	const struct reader reader = reader_of(fuzz);
	uint32_t source = fuzz_source(fuzz, input);
	struct table *table = memory_resize(NULL, sizeof *table);
	if (source && table_open_source(table, &reader, source, kind))
		while (table_next(table))
			for (size_t field = 0; field < schema_entity(kind)->field_count; field++) {
				struct value value = table_value(table, field);
				clean_text(fuzz->arena, value.text);
				span_text(fuzz->sources, value.span);
			}
	free(table);
}

void fuzz_xml(const struct fuzz *fuzz, struct text input)
{
	const struct reader reader = reader_of(fuzz);
	uint32_t source = fuzz_source(fuzz, input);
	const struct xml_node *node = source ? xmltree_parse(&reader, source) : NULL;
	while (node && xmltree_child(node, "item"))
		node = xmltree_child(node, "item");
}

void fuzz_theme(const struct fuzz *fuzz, struct text input)
{
	static struct theme_draft draft;
	const struct reader reader = reader_of(fuzz);
	uint32_t source = fuzz_source(fuzz, input);
	const struct xml_node *root = source ? xmltree_parse(&reader, source) : NULL;
	draft = (struct theme_draft){ .arena = fuzz->arena, .sources = fuzz->sources, .diag = fuzz->diag };
	if (root)
		theme_draft_read(&draft, root);
}

/* What was read and written again must be the same. */
static void check_round_trips(struct text input)
{
	struct decimal decimal, decimal_again;
	struct date date, date_again;
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	if (decimal_parse(input, &decimal)) {
		decimal_write(&buf, decimal);
		if (!decimal_parse(buf_view(&buf), &decimal_again) || decimal_compare(decimal, decimal_again) != 0)
			abort();
	}
	buf_reset(&buf);
	if (date_parse(input, &date) == DATE_GOOD) {
		date_write_iso(&buf, date);
		if (!date_parse_iso(buf_view(&buf), &date_again) || date_compare(date, date_again) != 0 ||
		    date_compare(date, date_from_days(date_days(date))) != 0)
			abort();
	}
	buf_clear(&buf);
}

void fuzz_values(const struct fuzz *fuzz, struct text input)
{
	check_round_trips(input);
	struct encoding_result result = encoding_decode(fuzz->arena, input, NULL);
	if (result.outcome != ENCODING_GOOD)
		return;
	struct text cleaned = clean_code(fuzz->arena, clean_text(fuzz->arena, result.text));
	check_round_trips(cleaned);
	clean_upper(fuzz->arena, clean_spaces(fuzz->arena, cleaned));
	clean_is_missing(cleaned);
	clean_is_scientific(cleaned);
	clean_is_formula_error(cleaned);
	clean_is_blank(result.text);
}

/* The first byte chooses the encoding that was asked for. */
void fuzz_encoding(const struct fuzz *fuzz, struct text input)
{
	static const char *const wanted[] = { NULL, "UTF-8", "GBK", "utf-16le", "UTF-16BE", "latin-1" };
	unsigned choice = fuzz_choice(&input) % (sizeof wanted / sizeof *wanted);
	struct encoding_result result = encoding_decode(fuzz->arena, input, wanted[choice]);
	if (result.outcome == ENCODING_GOOD && utf8_check(result.text) != result.text.size)
		abort();
	if ((result.outcome == ENCODING_BAD || result.outcome == ENCODING_BINARY) && result.offset >= input.size)
		abort();
	encoding_of_xml(input);
}

void fuzz_font(const struct fuzz *fuzz, struct text input)
{
	static const uint16_t glyphs[] = { 1, 2, 3 };
	struct cff cff;
	for (size_t i = 0; i < sfnt_count(input) && i < 8; i++) {
		struct sfnt_names names;
		sfnt_names(fuzz->arena, input, i, &names);
		sfnt_directory(input, i);
	}
	if (!cff_open(&cff, input))
		return;
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_FILE);
	size_t count = cff.glyphs.count > 3 ? 3 : cff.glyphs.count ? cff.glyphs.count - 1 : 0;
	struct cff_choice choice = { .glyphs = glyphs, .count = count };
	cff_write(&cff, TEXT("ABCDEF+Name"), &choice, &buf);
	buf_clear(&buf);
	cff_clear(&cff);
}
