/* SPDX-License-Identifier: MIT
 *
 * Facts and content → document → pages → PDF (and HTML for the report).
 */
#include <stdio.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "build/as_of.h"
#include "build/build.h"
#include "build/provenance.h"
#include "build/reply_form.h"
#include "compose/printed.h"
#include "layout/layout.h"
#include "model/place.h"
#include "render/canvas.h"

struct wish {
	const struct document_template *template;
	enum facts_scope scope;
	struct document_file remarks;
	struct issue issue;
	const char *beside;         /* the name of … */
	const struct datum *letter; /* … what a letter or brief alone knows */
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
	const struct text names[] = { TEXT("is_draft"), TEXT("document"), text_from(wish->beside ? wish->beside : "") };
	const struct datum items[] = {
		datum_boolean(build->options->draft != NULL), issued_datum(build->scratch, &build->run, &wish->issue),
		wish->letter ? *wish->letter : datum_boolean(false),
	};
	const struct datum extra = datum_object(names, items, wish->letter ? 3 : 2);
	const struct document_options options = {
		.template = wish->template, .source = &source, .remarks = wish->remarks, .extra = &extra, .diag = build->run.diag,
		.printed = build->edition.printed,
	};
	struct doc *doc = document_compose(build->scratch, &options);
	if (wish->scope == SCOPE_FIRM)
		strip_letterhead(build, doc);
	return doc;
}

bool make_pdf(struct build *build, const struct pages *pages, struct text path, struct buf *pdf)
{
	struct canvas *canvas = haru_canvas_new(build->press.theme, build->press.fonts, pdf);
	if (build->options->archive)
		haru_canvas_archive(canvas);
	bool good = canvas_paint(canvas, pages);
	if (!good)
		DIAG(build->run.diag, DIAG_PDF_FAILED, .a = path, .b = text_from(canvas_error(canvas)));
	canvas_free(canvas);
	return good;
}

static bool write_pdf(struct build *build, const struct pages *pages, struct text path)
{
	struct buf pdf;
	buf_init(&pdf, BUF_LIMIT_FILE);
	bool good = make_pdf(build, pages, path, &pdf) && output_write(build->edition.output, path, buf_view(&pdf));
	buf_clear(&pdf);
	return good;
}

void make_file_name(struct buf *buf, struct text name)
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
	make_file_name(&path, firm->name);
	buf_byte(&path, '-');
	make_file_name(&path, firm->code);
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

struct text make_reply_path(struct arena *arena, const struct model *model, int32_t enterprise)
{
	return firm_path(arena, model, enterprise, TREE_REPLY_END);
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

/* No form for an enterprise that has nothing to answer. */
static bool make_reply(struct build *build, int32_t enterprise, struct text number)
{
	struct reply_form form = { .model = build->run.model, .today = build->run.today, .number = number };
	struct buf buf;
	size_t items;
	form.facts = edition_facts(build, SCOPE_FIRM);
	if (!form.facts)
		return false;
	facts_choose_firm(form.facts, enterprise);
	buf_init(&buf, BUF_LIMIT_FILE);
	bool good = reply_form_write(&form, build->scratch, &buf, &items);
	struct text path = make_reply_path(build->scratch, build->run.model, enterprise);
	good = good && (items == 0 || output_write(build->edition.output, path, buf_view(&buf)));
	buf_clear(&buf);
	return good;
}

/* ---- documents that may leave the house ------------------------------------------------ */

/* One that is made: of which day, and its bytes. */
struct made {
	struct build *then; /* as_of the day of the issue */
	struct text number; /* in scratch */
	const struct doc *doc;
	const struct pages *pages;
	struct printed printed; /* where its values came from; of the report */
	struct buf pdf;
};

static void made_clear(struct made *made)
{
	printed_clear(&made->printed);
	made->printed = (struct printed){ 0 };
	buf_clear(&made->pdf);
}

/* A run that only shows something does so as if it left for the first time. */
static struct issue issue_or_first(struct build *build, const struct issue *issue, struct subject subject)
{
	return issue ? *issue : issued_anew(build->scratch, &build->run, &(struct issued){ 0 }, subject);
}

const struct doc *make_diagnosis_document(struct build *build, int32_t enterprise, const struct issue *issue)
{
	struct facts *facts = edition_facts(build, SCOPE_FIRM);
	if (!facts)
		return NULL;
	facts_choose_firm(facts, enterprise);
	const uint32_t *remarks = map_find(&build->press.remarks_by_code, build->run.model->enterprises[enterprise].code);
	struct document_file file = remarks ? build->press.remarks[*remarks] : (struct document_file){ 0 };
	const struct issue made = issue_or_first(build, issue, (struct subject){ enterprise, NULL });
	return compose(build, &(struct wish){ .template = build->press.diagnosis, .scope = SCOPE_FIRM,
					      .remarks = file, .issue = made });
}

const struct doc *make_report_document(struct build *build, const struct issue *issue)
{
	const struct issue made = issue_or_first(build, issue, (struct subject){ -1, RECORDED_REPORT });
	return compose(build, &(struct wish){ .template = build->press.report,
					      .scope = SCOPE_PROVINCE, .issue = made });
}

/* What may leave the house is composed from what the public may know: no other fact can get into it. */
const struct doc *make_public_document(struct build *build, const struct issue *issue)
{
	const struct issue made = issue_or_first(build, issue, (struct subject){ -1, RECORDED_REPORT_PUBLIC });
	return compose(build, &(struct wish){ .template = build->press.report_public,
					      .scope = SCOPE_PUBLIC, .issue = made });
}

const struct doc *make_letter_document(struct build *build, enum facts_scope scope, const struct datum *letter)
{
	return compose(build, &(struct wish){ .template = build->press.letter, .scope = scope,
					      .beside = "letter", .letter = letter });
}

const struct doc *make_brief_document(struct build *build, const struct document_template *template,
				      enum facts_scope scope, const struct datum *brief)
{
	return compose(build, &(struct wish){ .template = template, .scope = scope,
					      .beside = "brief", .letter = brief });
}

static const struct doc *compose_issue(struct build *build, const struct issue *issue)
{
	if (!issue->subject.word)
		return make_diagnosis_document(build, issue->subject.enterprise, issue);
	return text_is(text_from(issue->subject.word), RECORDED_REPORT) ? make_report_document(build, issue)
								       : make_public_document(build, issue);
}

static bool make_issue(struct build *build, const struct issue *issue, struct text path, struct made *made)
{
	struct build *then = as_of(build, issue->day);
	*made = (struct made){ .then = then, .number = issue->number };
	buf_init(&made->pdf, BUF_LIMIT_FILE);
	then->edition.printed = issue->subject.word ? &made->printed : NULL;
	made->doc = compose_issue(then, issue);
	then->edition.printed = NULL;
	if (!made->doc)
		return false;
	made->pages = make_pages(then, made->doc);
	return make_pdf(then, made->pages, path, &made->pdf);
}

/*
 * As it left the house, where that is still true and comes out byte for byte; else anew, under the
 * next number.  False after reporting; made_clear in any case.
 */
static bool make_subject(struct build *build, struct subject subject, struct text path, struct made *made)
{
	struct issue issue;
	if (issued_stands(&build->run, &build->issued, subject, &issue)) {
		char hash[65];
		if (!make_issue(build, &issue, path, made))
			return false;
		hash_of(buf_view(&made->pdf), hash);
		if (text_is(issued_last(&build->issued, build->run.model, subject)->document->sha256, hash))
			return true;
		made_clear(made);
	}
	issue = issued_anew(build->scratch, &build->run, &build->issued, subject);
	return make_issue(build, &issue, path, made);
}

bool make_diagnosis(struct build *build, int32_t enterprise)
{
	struct made made;
	struct text path = make_diagnosis_path(build->scratch, build->run.model, enterprise);
	bool good = make_subject(build, (struct subject){ enterprise, NULL }, path, &made);
	struct build *then = made.then;
	good = good && make_check_diagnosis(then, made.doc, enterprise) &&
	       output_write(build->edition.output, path, buf_view(&made.pdf));
	good = good && (!build->options->pictures || make_pictures(then, made.doc, made.pages, enterprise));
	good = good && (!build->press.tear_out || make_tear_out(then, enterprise));
	good = good && (!build->options->reply_forms || make_reply(then, enterprise, made.number));
	made_clear(&made);
	return good;
}

/* One edition: its document, on the web and on paper, and where its figures come from. */
static bool make_edition(struct build *build, const char *word, const char *name)
{
	bool is_public = text_is(text_from(word), RECORDED_REPORT_PUBLIC);
	struct made made;
	struct text path = text_format(build->scratch, "%s.pdf", name);
	bool good = make_subject(build, (struct subject){ -1, word }, path, &made);
	if (good) {
		enum facts_scope scope = is_public ? SCOPE_PUBLIC : SCOPE_PROVINCE;
		const struct provenance_document document = { made.doc, &made.printed, scope };
		struct text figures = is_public ? TEXT(TREE_FIGURES_PUBLIC) : TEXT(TREE_FIGURES);
		good = provenance_write(made.then, &document, figures);
	}
	good = good && make_html(made.then, made.doc, text_format(build->scratch, "%s.html", name));
	good = good && output_write(build->edition.output, path, buf_view(&made.pdf));
	made_clear(&made);
	return good;
}

bool make_report(struct build *build)
{
	return make_edition(build, RECORDED_REPORT, TREE_REPORT) &&
	       (!build->press.report_public || make_edition(build, RECORDED_REPORT_PUBLIC, TREE_REPORT_PUBLIC));
}
