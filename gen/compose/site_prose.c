/* SPDX-License-Identifier: MIT */
#include "compose/site_prose.h"

#include "base/diag.h"
#include "compose/document.h"
#include "compose/printed.h"
#include "compose/site_inside.h"
#include "compose/site_shown.h"
#include "theme/site.h"

bool site_prose_prepare(struct site_composer *composer, struct site_kind *kind)
{
	struct diag *diag = composer->options->diag;
	const struct site_file *file = site_content(composer->site, kind->page->content);
	if (!file || !composer->options->html)
		return true;
	const struct document_file body = site_text(composer->arena, composer->site, file);
	const struct site_file *phrases = &composer->site->phrases;
	const struct document_file words = { .text = phrases->text, .source = phrases->source };
	size_t before = diag_errors_told(diag);
	kind->text = document_compile(composer->arena, diag,
				      &(struct document_content){ .files = &body, .file_count = 1, .phrases = words });
	return diag_errors_told(diag) == before;
}

/* What the text claimed while it was composed, which held it against its rows. */
static void tell_claims(const struct site_composer *composer, const struct site_kind *kind,
			const struct printed *printed)
{
	for (size_t i = 0; i < printed->claims.count; i++) {
		const struct printed_claim *claim = &printed->claims.at[i];
		const struct site_claim said = {
			.kind = claim->kind, .subject = claim->subject, .words = claim->words, .query = claim->query,
			.path = composer->made.at[composer->made_count - 1], .span = claim->span, .rows = claim->rows,
			.page = kind->page,
		};
		composer->options->heard(composer->options->heard_context, &said);
	}
}

bool site_prose_make(struct site_composer *composer, const struct site_kind *kind, const struct datum *page,
		     struct datum *text)
{
	const struct site_options *options = composer->options;
	struct printed printed = { 0 };
	buf_reset(&composer->text);
	if (!kind->text)
		return true;
	const struct document_options document = {
		.template = kind->text, .source = &options->source, .extra = page, .diag = options->diag,
		.printed = options->heard ? &printed : NULL,
	};
	size_t before = diag_errors_told(options->diag);
	struct doc *doc = document_compose(composer->scratch, &document);
	doc->title = NO_TEXT; /* the page has its own h1 */
	tell_claims(composer, kind, &printed);
	printed_clear(&printed);
	options->html(options->html_context, doc, &composer->text);
	*text = datum_text(buf_view(&composer->text));
	return diag_errors_told(options->diag) == before;
}
