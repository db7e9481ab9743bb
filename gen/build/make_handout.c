/* SPDX-License-Identifier: MIT
 *
 * One pack (handout.h): composed, fitted to its pages, searched, written.
 */
#include "build/handout.h"

#include "base/arena.h"
#include "build/packs.h"
#include "layout/page.h"

enum {
	BRIEF_PAGES = 2,
	/* Of lists on the first page of a brief and on the second: fewer where one page would not take them. */
	FINDINGS_MOST = 3,
	LINES_MOST = 12,
};

/* ---- whose ------------------------------------------------------------------------------------------ */

struct owner handout_owner(const struct model *model, const struct task *task)
{
	int32_t index = task->owner;
	if (task->kind == TASK_CITY) {
		const struct prefecture *city = &model->prefectures.at[index];
		return (struct owner){ OWNER_CITY, index, city->code, city->name };
	}
	const struct agency *agency = &model->agencies[index];
	return (struct owner){ OWNER_AGENCY, index, agency->code, agency->name.size ? agency->name : agency->code };
}

struct text handout_folder(struct arena *arena, struct owner owner)
{
	return text_format(arena, TREE_PACKS "%.*s/", TEXT_ARGS(pack_folder(arena, owner)));
}

static bool takes_part_in(const struct enterprise *enterprise, int32_t city)
{
	return enterprise->city == city && enterprise_takes_part(enterprise);
}

bool handout_has_documents(struct build *build)
{
	const struct model *model = build->run.model;
	struct text first = NO_TEXT;
	int64_t count = 0;
	for (size_t i = 0; i < build->plan.task_count; i++) {
		const struct task *task = &build->plan.tasks[i];
		for (size_t j = 0; task->kind == TASK_CITY && j < model->enterprise_count; j++) {
			if (!takes_part_in(&model->enterprises[j], task->owner))
				continue;
			struct text path = make_diagnosis_path(build->scratch, model, (int32_t)j);
			if (output_keeps_same(build->edition.output, path))
				continue;
			first = count++ ? first : text_copy(build->run.arena, path);
		}
		arena_clear(build->scratch);
	}
	if (count)
		DIAG(build->run.diag, DIAG_PACK_DOCUMENTS, .a = first, .n = count);
	return count == 0;
}

static enum facts_scope choose(struct build *build, struct owner owner)
{
	enum facts_scope scope = owner.kind == OWNER_CITY ? SCOPE_CITY : SCOPE_AGENCY;
	struct facts *facts = edition_facts(build, scope);
	if (facts && scope == SCOPE_CITY)
		facts_choose_city(facts, owner.index);
	else if (facts)
		facts_choose_agency(facts, owner.index);
	return scope;
}

/* ---- its papers ----------------------------------------------------------------------------------------- */

struct paper {
	const struct document_template *template;
	const char *name;
	size_t pages; /* exactly so many; 0: as many as it takes */
};

/* How much of its lists a paper shows. */
struct extent {
	int64_t findings, lines;
};

static struct datum brief_datum(struct arena *arena, struct owner owner, struct extent shown)
{
	static const struct text names[] = { TEXT_INIT("code"), TEXT_INIT("name"), TEXT_INIT("findings"),
					     TEXT_INIT("lines") };
	struct datum *items = ARENA_ARRAY(arena, struct datum, 4);
	items[0] = datum_text(owner.code);
	items[1] = datum_text(owner.name);
	items[2] = datum_number(arena, shown.findings);
	items[3] = datum_number(arena, shown.lines);
	return datum_object(names, items, 4);
}

/* A paper once laid out. */
struct laid {
	const struct doc *doc;
	const struct pages *pages;
};

static struct laid lay_out(struct build *build, struct owner owner, const struct paper *paper, struct extent shown)
{
	enum facts_scope scope = owner.kind == OWNER_CITY ? SCOPE_CITY : SCOPE_AGENCY;
	struct datum datum = brief_datum(build->scratch, owner, shown);
	const struct doc *doc = make_brief_document(build, paper->template, scope, &datum);
	return (struct laid){ doc, make_pages(build, doc) };
}

/* The rest is in the workbook, and the brief says so.  With one line the second page is none too full. */
static struct laid fit(struct build *build, struct owner owner, const struct paper *paper)
{
	struct extent shown = { FINDINGS_MOST, LINES_MOST };
	struct laid laid = lay_out(build, owner, paper, shown);
	if (!paper->pages || laid.pages->count <= paper->pages)
		return laid;
	for (shown.lines = 1; shown.findings > 0; shown.findings--)
		if (lay_out(build, owner, paper, shown).pages->count <= paper->pages)
			break;
	for (shown.lines = LINES_MOST; shown.lines > 0 && laid.pages->count > paper->pages; shown.lines--)
		laid = lay_out(build, owner, paper, shown);
	return laid;
}

static bool make_paper(struct build *build, struct owner owner, const struct paper *paper, struct buf *pdf,
		       struct buf *html)
{
	struct text path = text_format(build->scratch, "%.*s%s", TEXT_ARGS(handout_folder(build->scratch, owner)),
				       paper->name);
	struct laid laid = fit(build, owner, paper);
	if (paper->pages && laid.pages->count != paper->pages) {
		DIAG(build->run.diag, DIAG_PACK_BRIEF_LONG, .span = laid.doc->root->span, .a = path,
		     .n = (int64_t)laid.pages->count);
		return false;
	}
	make_html_body(build, laid.doc, html);
	return make_pdf(build, laid.pages, path, pdf);
}

/* ---- all of it -------------------------------------------------------------------------------------------- */

enum { FILES = 3 };

struct handout {
	struct owner owner;
	struct text folder;
	struct buf bytes[FILES], html;
	struct leak_given files[FILES];
	size_t count;
};

static struct buf *add_file(struct build *build, struct handout *handout, const char *name)
{
	handout->files[handout->count].path =
		text_format(build->scratch, "%.*s%s", TEXT_ARGS(handout->folder), name);
	return &handout->bytes[handout->count++];
}

static bool fill(struct build *build, struct handout *handout)
{
	bool is_city = handout->owner.kind == OWNER_CITY;
	enum facts_scope scope = choose(build, handout->owner);
	const struct paper brief = { is_city ? build->press.brief_city : build->press.brief_agency, HANDOUT_BRIEF,
				     BRIEF_PAGES };
	const struct paper annex = { build->press.annex_agencies, HANDOUT_ANNEX, 0 };
	return make_paper(build, handout->owner, &brief, add_file(build, handout, HANDOUT_BRIEF), &handout->html) &&
	       (!is_city ||
		make_paper(build, handout->owner, &annex, add_file(build, handout, HANDOUT_ANNEX), &handout->html)) &&
	       handout_write_rows(build, scope, add_file(build, handout, HANDOUT_ROWS));
}

static bool write_files(struct build *build, const struct handout *handout)
{
	bool good = true;
	for (size_t i = 0; i < handout->count && good; i++)
		good = !handout->bytes[i].overflowed &&
		       output_write(build->edition.output, handout->files[i].path, handout->files[i].bytes);
	return good;
}

/*
 * Made once, in diagnosis/, and so the same bytes.  What is in them was asked in scope firm of an enterprise of
 * this city: whoever else is named there, it wrote itself.
 */
static bool add_documents(struct build *build, const struct handout *handout)
{
	const struct model *model = build->run.model;
	bool good = true;
	for (size_t i = 0; handout->owner.kind == OWNER_CITY && i < model->enterprise_count && good; i++) {
		if (!takes_part_in(&model->enterprises[i], handout->owner.index))
			continue;
		struct text from = make_diagnosis_path(build->scratch, model, (int32_t)i);
		size_t name = from.size;
		while (name && from.at[name - 1] != '/')
			name--;
		good = output_copy(build->edition.output, from,
				   text_format(build->scratch, "%.*s" HANDOUT_DOCUMENTS "%.*s",
					       TEXT_ARGS(handout->folder), (int)(from.size - name), from.at + name));
	}
	return good;
}

bool make_handout(struct build *build, const struct task *task)
{
	struct handout *handout = ARENA_NEW(build->scratch, struct handout);
	handout->owner = handout_owner(build->run.model, task);
	handout->folder = handout_folder(build->scratch, handout->owner);
	for (size_t i = 0; i < FILES; i++)
		buf_init(&handout->bytes[i], BUF_LIMIT_FILE);
	buf_init(&handout->html, BUF_LIMIT_FILE);
	bool good = fill(build, handout);
	for (size_t i = 0; i < FILES; i++)
		handout->files[i].bytes = buf_view(&handout->bytes[i]);
	const struct pack_given given = { handout->owner, handout->folder, buf_view(&handout->html), handout->files,
					  handout->count };
	good = good && pack_leak_scan_given(build, &given) && write_files(build, handout) &&
	       add_documents(build, handout);
	for (size_t i = 0; i < FILES; i++)
		buf_clear(&handout->bytes[i]);
	buf_clear(&handout->html);
	return good;
}
