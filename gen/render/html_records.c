/* SPDX-License-Identifier: MIT */
#include "render/html_records.h"

#include "base/buf.h"

enum part { PART_NUMBER, PART_TITLE, PART_CODE, PART_MARK, PART_RISK, PART_META, PARTS };
static const char *const part_names[PARTS] = { "number", "title", "code", "mark", "risk", "meta" };

static size_t part_of(struct text heading)
{
	size_t part = 0;
	while (part < PARTS && !text_is(heading, part_names[part]))
		part++;
	return part;
}

static struct text part_text(const struct table *table, size_t row, enum part part)
{
	for (size_t i = 0; i < table->column_count; i++)
		if (part_of(table->columns[i].heading) == part)
			return table->cells[row * table->column_count + i].text;
	return NO_TEXT;
}

static const char *risk_class(struct text word)
{
	static const struct {
		const char *word, *name;
	} risks[] = { { "高", "risk high" }, { "中", "risk medium" }, { "低", "risk low" } };
	for (size_t i = 0; i < sizeof risks / sizeof *risks; i++)
		if (text_starts(word, risks[i].word))
			return risks[i].name;
	return "risk";
}

static void write_part(struct buf *out, const char *class, struct text text)
{
	if (!text.size)
		return;
	buf_format(out, " <span class=\"%s\">", class);
	buf_html(out, text);
	buf_string(out, "</span>");
}

static void write_fields(struct buf *out, const struct table *table, size_t row)
{
	buf_string(out, "<dl>");
	for (size_t i = 0; i < table->column_count; i++) {
		struct text words = text_trim(table->cells[row * table->column_count + i].text);
		if (part_of(table->columns[i].heading) < PARTS || !words.size)
			continue;
		buf_string(out, "<div><dt>");
		buf_html(out, table->columns[i].heading);
		buf_string(out, "</dt><dd>");
		buf_html(out, words);
		buf_string(out, "</dd></div>");
	}
	buf_string(out, "</dl>");
}

void html_records_write(struct buf *out, const struct table *table)
{
	for (size_t row = 0; row < table->row_count; row++) {
		struct text risk = part_text(table, row, PART_RISK), meta = part_text(table, row, PART_META);
		buf_string(out, "<article class=\"record\"><h5>");
		buf_html(out, part_text(table, row, PART_NUMBER));
		write_part(out, "title", part_text(table, row, PART_TITLE));
		write_part(out, "code", part_text(table, row, PART_CODE));
		write_part(out, "mark", part_text(table, row, PART_MARK));
		write_part(out, risk_class(risk), risk);
		buf_string(out, "</h5>");
		if (meta.size) {
			buf_string(out, "<p class=\"meta\">");
			buf_html(out, meta);
			buf_string(out, "</p>");
		}
		write_fields(out, table, row);
		buf_string(out, "</article>\n");
	}
}
