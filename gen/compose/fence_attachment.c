/* SPDX-License-Identifier: MIT
 *
 * ```attachment name.csv {about="…"}: the rows of a query as a CSV file inside the
 * document, for spreadsheets: UTF-8 with mark, CRLF, cells that no spreadsheet runs.
 */
#include "base/buf.h"
#include "base/diag.h"
#include "compose/fence.h"
#include "doc/attributes.h"
#include "doc/values.h"

enum { ATTACHMENTS_MOST = 8, NAME_LONGEST = 120 /* bytes */ };

/* A plain name that every file system takes; only CSV is written. */
static bool is_file_name(struct text name)
{
	if (name.size <= 4 || name.size > NAME_LONGEST || name.at[0] == '.' ||
	    !text_equal(text_slice(name, name.size - 4, name.size), TEXT(".csv")))
		return false;
	for (size_t i = 0; i < name.size; i++)
		if ((unsigned char)name.at[i] < ' ' || name.at[i] == 0x7f || memchr("/\\:*?\"<>|", name.at[i], 9))
			return false;
	return true;
}

static struct text csv_of(struct arena *arena, const struct rows *rows)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	buf_string(&buf, "\xEF\xBB\xBF");
	for (size_t row = 0; row <= rows->row_count; row++) {
		for (size_t column = 0; column < rows->column_count; column++) {
			if (column)
				buf_byte(&buf, ',');
			buf_csv(&buf, row ? rows->values[(row - 1) * rows->column_count + column].text
			                  : rows->names[column]);
		}
		buf_string(&buf, "\r\n");
	}
	struct text text = text_copy(arena, buf_view(&buf));
	buf_clear(&buf);
	return text;
}

void fence_attachment(const struct fence_context *context, struct node *node)
{
	struct doc *doc = context->doc;
	struct rows rows;
	struct text name = values_fill(context->arena, context->values, node->title);
	bool is_wanted = doc && !text_is(doc->attaches, "no");
	if (is_wanted && (!is_file_name(name) || doc->attachment_count == ATTACHMENTS_MOST)) {
		DIAG(context->diag, DIAG_DOCUMENT_ATTRIBUTE, .span = node->span, .a = node->name, .b = name);
	} else if (is_wanted && fence_query(context, node, &rows) && rows.row_count) {
		if (!doc->attachments)
			doc->attachments = ARENA_ARRAY(context->arena, struct attachment, ATTACHMENTS_MOST);
		doc->attachments[doc->attachment_count++] = (struct attachment){
			.name = name,
			.description = values_fill(context->arena, context->values, attributes_find(node, "about")),
			.media_type = "text/csv",
			.bytes = csv_of(context->arena, &rows),
		};
	}
	node_remove(node);
}
