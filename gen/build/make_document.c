/* SPDX-License-Identifier: MIT
 *
 * Facts and content → document → pages → PDF (and HTML for the report).
 */
#include <stdio.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "build/build.h"
#include "build/provenance.h"
#include "compose/printed.h"
#include "layout/layout.h"
#include "model/place.h"
#include "render/canvas.h"

struct wish {
	const struct document_template *template;
	enum facts_scope scope;
	struct document_file remarks;
};

/* What an enterprise is given is no official document, whatever its content says. */
static void strip_letterhead(struct build *build, struct doc *doc)
{
	if (!doc->issuer.size && !doc->issue_number.size && !doc->copies_to.size && !doc->printer.size && !doc->printed.size)
		return;
	DIAG(build->run.diag, DIAG_LETTERHEAD_FIRM, .span = doc->root->span);
	doc->issuer = doc->issue_number = doc->copies_to = doc->printer = doc->printed = NO_TEXT;
}

const struct pages *make_pages(struct build *build, const struct doc *doc)
{
	return layout_document(build->scratch, build->press.shaper, build->press.theme, doc, build->run.diag);
}

static struct doc *compose(struct build *build, const struct wish *wish)
{
	const struct compose_source source = edition_source(build, wish->scope);
	static const struct text names[] = { TEXT_INIT("is_draft") };
	const struct datum items[] = { datum_boolean(build->options->draft != NULL) };
	const struct datum extra = datum_object(names, items, 1);
	const struct document_options options = {
		.template = wish->template, .source = &source, .remarks = wish->remarks, .extra = &extra, .diag = build->run.diag,
		.printed = build->edition.printed,
	};
	struct doc *doc = document_compose(build->scratch, &options);
	if (wish->scope == SCOPE_FIRM)
		strip_letterhead(build, doc);
	return doc;
}

static bool write_pdf(struct build *build, const struct pages *pages, struct text path)
{
	struct buf pdf;
	buf_init(&pdf, BUF_LIMIT_FILE);
	struct canvas *canvas = haru_canvas_new(build->press.theme, build->press.fonts, &pdf);
	if (build->options->archive)
		haru_canvas_archive(canvas);
	bool good = canvas_paint(canvas, pages);
	if (!good)
		DIAG(build->run.diag, DIAG_PDF_FAILED, .a = path, .b = text_from(canvas_error(canvas)));
	canvas_free(canvas);
	if (good)
		good = output_write(build->edition.output, path, buf_view(&pdf));
	buf_clear(&pdf);
	return good;
}

/* Letters, digits and ideographs stay; anything else a file system or a shell could stumble over becomes "_". */
static void write_name(struct buf *buf, struct text name)
{
	enum { LONGEST = 48 }; /* characters: 144 bytes of Chinese, under every file system's 255 */
	size_t offset = 0;
	for (int count = 0; offset < name.size && count < LONGEST; count++) {
		uint32_t character = utf8_next(name, &offset);
		bool is_plain = (character >= '0' && character <= '9') || ((character | 0x20) >= 'a' && (character | 0x20) <= 'z') ||
				utf8_is_han(character) || character == 0xFF08 || character == 0xFF09;
		utf8_write(buf, is_plain && character != UTF8_BAD ? character : '_');
	}
}

/* internal/diagnosis/<city>/<name>-<code><end> */
static struct text firm_path(struct arena *arena, const struct model *model, int32_t enterprise, const char *end)
{
	const struct enterprise *firm = &model->enterprises[enterprise];
	struct buf path;
	buf_init(&path, BUF_LIMIT_PAGE);
	struct text city = firm->city >= 0 ? model->prefectures.at[firm->city].name : TEXT("_");
	buf_format(&path, TREE_DIAGNOSES "%.*s/", TEXT_ARGS(city));
	write_name(&path, firm->name);
	buf_byte(&path, '-');
	write_name(&path, firm->code);
	buf_string(&path, end);
	struct text copy = text_copy(arena, buf_view(&path));
	buf_clear(&path);
	return copy;
}

struct text make_diagnosis_path(struct arena *arena, const struct model *model, int32_t enterprise)
{
	return firm_path(arena, model, enterprise, TREE_DIAGNOSIS_END);
}

struct text make_tear_out_path(struct arena *arena, const struct model *model, int32_t enterprise)
{
	return firm_path(arena, model, enterprise, TREE_TEAR_OUT_END);
}

struct text make_picture_path(struct arena *arena, const struct model *model, int32_t enterprise, size_t number)
{
	char end[sizeof TREE_PICTURE_STEM TREE_PICTURE_END + 20] = TREE_PICTURE_STEM TREE_PICTURE_END;
	if (number > 1)
		snprintf(end, sizeof end, TREE_PICTURE_STEM "%zu" TREE_PICTURE_END, number);
	return firm_path(arena, model, enterprise, end);
}

/* No sheets for an enterprise without such findings: then the document says nothing at all. */
static bool make_tear_out(struct build *build, int32_t enterprise)
{
	const struct doc *doc = compose(build, &(struct wish){ .template = build->press.tear_out, .scope = SCOPE_FIRM });
	struct text path = make_tear_out_path(build->scratch, build->run.model, enterprise);
	return !doc->root->first || write_pdf(build, make_pages(build, doc), path);
}

const struct doc *make_diagnosis_document(struct build *build, int32_t enterprise)
{
	struct facts *facts = edition_facts(build, SCOPE_FIRM);
	if (!facts)
		return NULL;
	facts_choose_firm(facts, enterprise);
	const uint32_t *remarks = map_find(&build->press.remarks_by_code, build->run.model->enterprises[enterprise].code);
	struct document_file file = remarks ? build->press.remarks[*remarks] : (struct document_file){ 0 };
	return compose(build, &(struct wish){ build->press.diagnosis, SCOPE_FIRM, file });
}

bool make_diagnosis(struct build *build, int32_t enterprise)
{
	const struct doc *doc = make_diagnosis_document(build, enterprise);
	if (!doc)
		return false;
	const struct pages *pages = make_pages(build, doc);
	bool good = make_check_diagnosis(build, doc, enterprise) &&
		    write_pdf(build, pages, make_diagnosis_path(build->scratch, build->run.model, enterprise));
	good = good && (!build->options->pictures || make_pictures(build, doc, pages, enterprise));
	return good && (!build->press.tear_out || make_tear_out(build, enterprise));
}

const struct doc *make_report_document(struct build *build)
{
	return compose(build, &(struct wish){ .template = build->press.report, .scope = SCOPE_PROVINCE });
}

/* What may leave the house is composed from what the public may know: no other fact can get into it. */
const struct doc *make_public_document(struct build *build)
{
	return compose(build, &(struct wish){ .template = build->press.report_public, .scope = SCOPE_PUBLIC });
}

/* One edition: its document, on the web and on paper, and where its figures come from. */
static bool make_edition(struct build *build, enum facts_scope scope, const char *name)
{
	struct printed printed = { 0 };
	build->edition.printed = &printed;
	const struct doc *doc = scope == SCOPE_PUBLIC ? make_public_document(build) : make_report_document(build);
	build->edition.printed = NULL;
	const struct provenance_document document = { doc, &printed, scope };
	struct text figures = scope == SCOPE_PUBLIC ? TEXT(TREE_FIGURES_PUBLIC) : TEXT(TREE_FIGURES);
	bool good = provenance_write(build, &document, figures);
	good = good && make_html(build, doc, text_format(build->scratch, "%s.html", name));
	good = good && write_pdf(build, make_pages(build, doc), text_format(build->scratch, "%s.pdf", name));
	printed_clear(&printed);
	return good;
}

bool make_report(struct build *build)
{
	return make_edition(build, SCOPE_PROVINCE, TREE_REPORT) &&
	       (!build->press.report_public || make_edition(build, SCOPE_PUBLIC, TREE_REPORT_PUBLIC));
}
