/* SPDX-License-Identifier: MIT
 *
 * Facts and content → document → pages → PDF (and HTML for the report).
 */
#include "base/buf.h"
#include "base/utf8.h"
#include "commands/build.h"
#include "commands/figures.h"
#include "layout/layout.h"
#include "model/place.h"
#include "render/canvas.h"

static struct doc *compose(struct build *build, const struct document_template *template, enum facts_scope scope, struct document_file remarks)
{
	const struct compose_source source = build_source(build, scope);
	static const struct text names[] = { TEXT_INIT("is_draft") };
	const struct datum items[] = { datum_boolean(build->options->draft != NULL) };
	const struct datum extra = datum_object(names, items, 1);
	const struct document_options options = {
		.template = template, .source = &source, .remarks = remarks, .extra = &extra, .diag = build->run.diag,
	};
	return document_compose(build->scratch, &options);
}

static bool write_pdf(struct build *build, const struct doc *doc, struct text path)
{
	const struct pages *pages = layout_document(build->scratch, build->shaper, build->theme, doc, build->run.diag);
	struct buf pdf;
	buf_init(&pdf, BUF_LIMIT_FILE);
	struct canvas *canvas = haru_canvas_new(build->theme, build->fonts, &pdf);
	if (build->options->archive)
		haru_canvas_archive(canvas);
	bool good = canvas_paint(canvas, pages);
	if (!good)
		DIAG(build->run.diag, DIAG_PDF_FAILED, .a = path, .b = text_from(canvas_error(canvas)));
	canvas_free(canvas);
	if (good)
		good = output_write(build->output, path, buf_view(&pdf));
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
	buf_format(&path, "internal/diagnosis/%s/", firm->city >= 0 ? cities[firm->city].name : "_");
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
	return firm_path(arena, model, enterprise, ".pdf");
}

struct text make_tear_out_path(struct arena *arena, const struct model *model, int32_t enterprise)
{
	return firm_path(arena, model, enterprise, "-整改单.pdf");
}

/* No sheets for an enterprise without such findings: then the document says nothing at all. */
static bool make_tear_out(struct build *build, int32_t enterprise)
{
	const struct doc *doc = compose(build, build->tear_out, SCOPE_FIRM, (struct document_file){ 0 });
	return !doc->root->first || write_pdf(build, doc, make_tear_out_path(build->scratch, build->run.model, enterprise));
}

const struct doc *make_diagnosis_document(struct build *build, int32_t enterprise)
{
	struct facts *facts = build_facts(build, SCOPE_FIRM);
	if (!facts)
		return NULL;
	facts_choose_firm(facts, enterprise);
	const uint32_t *remarks = map_find(&build->remarks_by_code, build->run.model->enterprises[enterprise].code);
	struct document_file file = remarks ? build->remarks[*remarks] : (struct document_file){ 0 };
	return compose(build, build->diagnosis, SCOPE_FIRM, file);
}

bool make_diagnosis(struct build *build, int32_t enterprise)
{
	const struct doc *doc = make_diagnosis_document(build, enterprise);
	bool good = doc && write_pdf(build, doc, make_diagnosis_path(build->scratch, build->run.model, enterprise));
	return good && (!build->tear_out || make_tear_out(build, enterprise));
}

const struct doc *make_report_document(struct build *build)
{
	return compose(build, build->report, SCOPE_PROVINCE, (struct document_file){ 0 });
}

/* What may leave the house is composed from what the public may know: no other fact can get into it. */
static bool make_public_report(struct build *build)
{
	const struct doc *doc = compose(build, build->report_public, SCOPE_PUBLIC, (struct document_file){ 0 });
	return make_html(build, doc, TEXT(REPORT_PUBLIC ".html")) && write_pdf(build, doc, TEXT(REPORT_PUBLIC ".pdf"));
}

bool make_report(struct build *build)
{
	const struct doc *doc = make_report_document(build);
	bool good = figures_write(build, doc, TEXT("internal/report/figures.csv"));
	good = good && make_html(build, doc, TEXT("internal/report/report.html")) && write_pdf(build, doc, TEXT("internal/report/report.pdf"));
	return good && (!build->report_public || make_public_report(build));
}
