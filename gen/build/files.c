/* SPDX-License-Identifier: MIT
 *
 * Content files: found by name, opened as sources so that every complaint has a place.
 */
#include "base/file.h"
#include "build/build.h"
#include "build/folders.h"
#include "compose/claim_words.h"
#include "compose/site_claims.h"
#include "read/input.h"
#include "theme/site.h"

static const char common_queries[] = "common.sql"; /* of a folder: what all its texts may name */

enum { FILES_MOST = 200 }; /* chapters of a report; more is a mistake */

/* No link on the way may leave `beneath`. */
static struct reader reader_of(const struct build *build, const char *beneath)
{
	return (struct reader){ .arena = build->run.arena, .sources = build->run.sources, .diag = build->run.diag, .beneath = beneath,
				.largest = INPUT_TEXT_LIMIT };
}

static bool open_beneath(struct build *build, const char *beneath, const char *path, struct document_file *file)
{
	const struct reader reader = reader_of(build, beneath);
	uint32_t number = input_open(&reader, path, INPUT_CSV);
	if (!number)
		return false;
	*file = (struct document_file){ .text = sources_find(build->run.sources, number)->text, .source = number };
	return true;
}

static bool open_file(struct build *build, const char *path, struct document_file *file)
{
	return open_beneath(build, build->press.content, path, file);
}

/* The .sql file of the same name beside a text holds the queries that it names. */
static const char *queries_beside(const struct build *build, const char *path)
{
	struct text base = text_slice(text_from(path), 0, strlen(path) - strlen(".md"));
	return text_string(build->run.arena, text_format(build->run.arena, "%.*s.sql", TEXT_ARGS(base)));
}

/* A text and its queries. */
static bool open_text(struct build *build, const char *path, struct document_file *file)
{
	struct document_file queries = { 0 };
	const char *beside = queries_beside(build, path);
	if (!open_file(build, path, file) || (file_exists(beside) && !open_file(build, beside, &queries)))
		return false;
	file->sql = queries.text;
	file->sql_source = queries.source;
	return true;
}

/* Every *.sql of a folder belongs to a text, or is common.sql: a misspelt one would be missed in silence. */
static bool check_queries(struct build *build, const char *folder)
{
	const struct reader reader = reader_of(build, build->press.content);
	struct input_names names;
	if (!input_list(&reader, folder, ".sql", &names))
		return false;
	for (size_t i = 0; i < names.count; i++) {
		struct text base = text_slice(names.at[i], 0, names.at[i].size - strlen(".sql"));
		struct text text = text_format(build->run.arena, "%.*s.md", TEXT_ARGS(base));
		if (!text_is(names.at[i], common_queries) && !file_exists(file_join(build->run.arena, folder, text)))
			DIAG(build->run.diag, DIAG_QUERY_FILE_ALONE,
			     .a = text_from(file_join(build->run.arena, folder, names.at[i])));
	}
	return true;
}

/* Every *.md of a folder, sorted by name, with its queries. */
static bool open_folder(struct build *build, const char *folder, struct document_file *files, size_t *count)
{
	const struct reader reader = reader_of(build, build->press.content);
	struct input_names names;
	*count = 0;
	if (!input_list(&reader, folder, ".md", &names))
		return false;
	if (names.error || names.count == 0 || names.count > FILES_MOST) {
		DIAG(build->run.diag, DIAG_FILE_UNREADABLE, .a = text_from(folder), .b = names.error ? file_reason(names.error) : TEXT("*.md"));
		return false;
	}
	*count = names.count;
	bool good = true;
	for (size_t i = 0; i < names.count; i++)
		good &= open_text(build, file_join(build->run.arena, folder, names.at[i]), &files[i]);
	return good & check_queries(build, folder);
}

/* Remarks are found by the credit code that names their file: a wrong one would lose them in silence. */
static void check_remarks(struct build *build, struct text code, uint32_t source)
{
	int32_t found = run_find_enterprise(build->run.model, code);
	if (found < 0 || !text_equal(build->run.model->enterprises[found].code, code))
		DIAG(build->run.diag, DIAG_DOCUMENT_REMARKS, .span = { source, 0, 0 }, .a = code);
}

static bool load_remarks(struct build *build)
{
	const struct reader reader = reader_of(build, build->press.content);
	struct input_names names;
	const char *folder = file_join(build->run.arena, build->press.content, TEXT("remarks"));
	if (!file_exists(folder))
		return true;
	if (!input_list(&reader, folder, ".md", &names))
		return false;
	if (names.error) {
		DIAG(build->run.diag, DIAG_FILE_UNREADABLE, .a = text_from(folder), .b = file_reason(names.error));
		return false;
	}
	bool good = true;
	build->press.remarks = ARENA_ARRAY(build->run.arena, struct document_file, names.count);
	for (size_t i = 0; i < names.count; i++) {
		struct text code = text_slice(names.at[i], 0, names.at[i].size - strlen(".md"));
		good &= open_file(build, file_join(build->run.arena, folder, names.at[i]), &build->press.remarks[i]);
		check_remarks(build, code, build->press.remarks[i].source);
		map_add(&build->press.remarks_by_code, code, (uint32_t)i);
		build->press.remark_count++;
	}
	return good;
}

static const struct document_template *compile(struct build *build, const struct document_file *files, size_t count,
					       struct document_file shared)
{
	const struct document_content content = {
		.files = files, .file_count = count, .partials = &build->press.replaced,
		.partial_count = build->press.replaced.text.at != NULL,
		.phrases = build->press.phrases, .shared = shared,
	};
	return document_compile(build->run.arena, build->run.diag, &content);
}

/* A file of the theme, or of the theme it inherits. */
bool files_open_theme(struct build *build, const char *name, struct document_file *file)
{
	const char *folder = build->press.theme_folder;
	if (build->press.default_folder && !file_exists(file_join(build->run.arena, folder, text_from(name))))
		folder = build->press.default_folder;
	return open_beneath(build, folder, file_join(build->run.arena, folder, text_from(name)), file);
}

const struct document_template *files_load_text(struct build *build, const char *name)
{
	struct document_file *file = ARENA_NEW(build->run.arena, struct document_file);
	if (!open_text(build, file_join(build->run.arena, build->press.content, text_from(name)), file))
		return NULL;
	return compile(build, file, 1, (struct document_file){ 0 });
}

/* A document of all files of a folder. */
static const struct document_template *load_chapters(struct build *build, const char *name)
{
	struct document_file *chapters = ARENA_ARRAY(build->run.arena, struct document_file, FILES_MOST);
	struct document_file shared = { 0 };
	const char *folder = file_join(build->run.arena, build->press.content, text_from(name));
	const char *common = file_join(build->run.arena, folder, text_from(common_queries));
	size_t count;
	bool good = open_folder(build, folder, chapters, &count);
	if (!good || (file_exists(common) && !open_file(build, common, &shared)))
		return NULL;
	return compile(build, chapters, count, shared);
}

bool files_load_shared(struct build *build)
{
	if (!file_is_folder(build->press.content)) {
		DIAG(build->run.diag, DIAG_CONTENT_MISSING, .a = folders_content_places(build->run.arena, build->options));
		return false;
	}
	/* Texts of one's own need not have it: where one of them puts it in, its lack is reported there. */
	const char *replaced = file_join(build->run.arena, build->press.content, TEXT("replaced.md"));
	if (file_exists(replaced) && !open_file(build, replaced, &build->press.replaced))
		return false;
	build->press.replaced.name = TEXT("replaced");
	return open_file(build, file_join(build->run.arena, build->press.content, TEXT("phrases.txt")), &build->press.phrases);
}

static bool wants_public(const struct build *build)
{
	return build->options->public_edition || (build->options->scope && strcmp(build->options->scope, "public") == 0);
}

bool files_load_report(struct build *build)
{
	if (!files_load_shared(build))
		return false;
	build->press.report = load_chapters(build, "report");
	if (wants_public(build))
		build->press.report_public = load_chapters(build, "report-public");
	return build->press.report && (build->press.report_public || !wants_public(build));
}

bool files_load_letter(struct build *build)
{
	if (!files_load_shared(build))
		return false;
	build->press.letter = files_load_text(build, "letter.md");
	return build->press.letter != NULL;
}

/* The sheets of a workbook: their names, headings and cells are words, and nothing can be claimed there. */
static bool open_sheets(struct build *build, const char *name, struct document_file *file)
{
	if (!open_file(build, file_join(build->run.arena, build->press.content, text_from(name)), file))
		return false;
	claim_words_check_line(build->run.diag, file->text, span_of(build->run.sources, file->source, file->text));
	return true;
}

static bool load_handout(struct build *build)
{
	struct press *press = &build->press;
	press->brief_city = files_load_text(build, "brief-city.md");
	press->brief_agency = files_load_text(build, "brief-agency.md");
	press->annex_agencies = files_load_text(build, "annex-agencies.md");
	return press->brief_city && press->brief_agency && press->annex_agencies &&
	       open_sheets(build, "rows-city.sql", &press->rows_city) &&
	       open_sheets(build, "rows-agency.sql", &press->rows_agency);
}

static struct site *load_pages(struct build *build, const char *pages)
{
	const struct site_folders folders = {
		.theme = build->press.theme_folder, .inherited = build->press.default_folder,
		.content = build->press.content, .pages = pages,
	};
	struct site *site = site_load(build->run.arena, build->run.sources, build->run.diag, &folders);
	if (site)
		site_claims_check(build->run.diag, site);
	return site;
}

bool files_load_years(struct build *build)
{
	build->press.years = load_pages(build, "years.xml");
	return build->press.years != NULL;
}

bool files_load(struct build *build)
{
	if (!files_load_shared(build))
		return false;
	if (build->plan.parts & PART_SITE) {
		build->press.site = load_pages(build, "site.xml");
		if (!build->press.site)
			return false;
	}
	if (build->plan.parts & PART_REPORT) {
		if (!files_open_theme(build, "document.html", &build->press.frame) || !files_open_theme(build, "document.css", &build->press.frame_css))
			return false;
		build->press.report = load_chapters(build, "report");
		if (build->options->public_edition)
			build->press.report_public = load_chapters(build, "report-public");
		if (!build->press.report || (build->options->public_edition && !build->press.report_public))
			return false;
	}
	if (build->plan.parts & PART_DIAGNOSIS) {
		build->press.diagnosis = files_load_text(build, "diagnosis.md");
		if (build->options->tear_out)
			build->press.tear_out = files_load_text(build, "tear-out.md");
		if (!build->press.diagnosis || (build->options->tear_out && !build->press.tear_out))
			return false;
	}
	if (build->plan.parts & PART_PACKS && !load_handout(build))
		return false;
	/* Also where none is printed: what goes outside is searched for them. */
	return load_remarks(build);
}
