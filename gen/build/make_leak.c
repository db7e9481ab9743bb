/* SPDX-License-Identifier: MIT
 *
 * Which values must not stand in a public file: everything that schema.def does not call
 * public, and of enterprises that are not on the list also what would be public if they
 * were.  All of it follows from the table of fields: who may see a field, and what its
 * values tell; no field is named here.
 */
#include <stdlib.h>

#include "assess/chronicle.h"
#include "assess/movement.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "build/build.h"
#include "build/receipt.h"
#include "model/observed.h"
#include "model/place.h"
#include "model/records.h"
#include "model/remarks.h"
#include "model/short_name.h"
#include "publish/leak.h"

/* What is being collected, and what of it the site shows by itself: credit codes, where the campaign wants them. */
struct collection {
	struct leak *leak;
	const struct build *build;
	struct map shown;
};

/* Has the list shown the enterprise, now or before?  The ledger may add it on a day to come. */
static bool is_listed(const struct build *build, int32_t enterprise)
{
	const struct enterprise *enterprises = build->run.model->enterprises;
	return enterprise >= 0 &&
	       chronicle_shows_enterprise(build->run.assessment, build->run.shown->chronicle, &enterprises[enterprise]);
}

/* Chosen providers, and cases of listed enterprises. */
static bool is_shown_nomination(const struct build *build, const struct nomination *nomination)
{
	return nomination->verdict == VERDICT_CHOSEN &&
	       (nomination->award != AWARD_CASE || is_listed(build, nomination->enterprise));
}

/* Does the public see the public fields of a record? */
static bool is_published(const struct build *build, enum entity_kind kind, const void *record)
{
	switch (kind) {
	case ENTITY_CAMPAIGN:
	case ENTITY_PUBLICATION:
	case ENTITY_THRESHOLDS:
	case ENTITY_STAGE:
	case ENTITY_REPETITION:
	case ENTITY_REGION:
	case ENTITY_PREFECTURE:
	case ENTITY_TRACK:
	case ENTITY_KNOWN_TRACK:
	case ENTITY_HOLIDAY:
	case ENTITY_CITY: return true;
	case ENTITY_NOMINATION: return is_shown_nomination(build, record);
	case ENTITY_ENTERPRISE:
	case ENTITY_PARTICIPATION:
	case ENTITY_OBSERVATION:
	case ENTITY_RECTIFICATION:
	case ENTITY_LEDGER:
	case ENTITY_EARLIER: return is_listed(build, records_enterprise(build->run.model, kind, record));
	case ENTITY_AGENCY:
	case ENTITY_DELIVERY:
	case ENTITY_SENDING:
	case ENTITY_SCAN_MAP:
	case ENTITY_SCAN:
	case ENTITY_ITEM:
	case ENTITY_ANSWER:
	case ENTITY_ITEM_ROW:
	case ENTITY_HEAD:
	case ENTITIES: break;
	}
	return false;
}

/* What the message calls a value: the field's heading, and where that says too little, of what. */
static const char *what_of(enum entity_kind kind, size_t field)
{
#define OF_EARLIER(entity, name, type, set, heading, ...) "往年" heading,
#define OF_NOMINATION(entity, name, type, set, heading, ...) "推荐" heading,
	static const char *const of_earlier[] = { SCHEMA_EARLIER(OF_EARLIER) };
	static const char *const of_nomination[] = { SCHEMA_NOMINATION(OF_NOMINATION) };
	if (kind == ENTITY_EARLIER)
		return of_earlier[field];
	return kind == ENTITY_NOMINATION ? of_nomination[field] : schema_entity(kind)->fields[field].heading;
}

static void add_value(const struct collection *collection, const struct field *field, struct text value,
		      const char *what, int32_t owner)
{
	if (field->telling == TELLS_REMARK)
		leak_add_remark(collection->leak, value, what, owner);
	else if (field->telling == TELLS_WHOM && !map_find(&collection->shown, text_trim(value)))
		leak_add(collection->leak, value, what);
}

/* One field of all records of its entity. */
static void add_field(const struct collection *collection, enum entity_kind kind, size_t number, struct records records)
{
	const struct build *build = collection->build;
	const struct field *field = &schema_entity(kind)->fields[number];
	const char *what = what_of(kind, number);
	for (size_t i = 0; i < records.count; i++) {
		const char *record = (const char *)records.at + i * records.size;
		struct text value;
		if (field->visibility == VISIBLE_PUBLIC && is_published(build, kind, record))
			continue;
		memcpy(&value, record + field->offset, sizeof value);
		add_value(collection, field, value, what, records_enterprise(build->run.model, kind, record));
	}
}

static bool is_text(const struct field *field)
{
	return (field->type == FIELD_TEXT || field->type == FIELD_CREDIT) && field->offset != SCHEMA_NO_OFFSET;
}

static void add_records(const struct collection *collection, enum entity_kind kind, struct records records)
{
	const struct entity *entity = schema_entity(kind);
	for (size_t i = 0; i < entity->field_count; i++)
		if (is_text(&entity->fields[i]) && entity->fields[i].telling != TELLS_NOTHING)
			add_field(collection, kind, i, records);
}

enum { OF_NOBODY = -2, OF_SEVERAL = -3 };

/*
 * Is it news that a remark is about `owner`?  Each is kept once (model/remarks.h), and millions of rows may lead to it:
 * who they are about was said with the first, and with the first of another that it is not about one alone.
 */
static bool is_news(int32_t *known, int32_t owner)
{
	if (*known == owner || *known == OF_SEVERAL)
		return false;
	*known = *known == OF_NOBODY ? owner : OF_SEVERAL;
	return true;
}

/* The words beside results, which are no members of their records; each with everybody whom they are about. */
static void add_remarks(const struct collection *collection, enum observation_field said, bool is_superseded)
{
	const struct model *model = collection->build->run.model;
	const struct field *field = &schema_entity(ENTITY_OBSERVATION)->fields[said];
	int32_t *known = memory_resize(NULL, (model->remark_count + 1) * sizeof *known);
	for (size_t i = 0; i <= model->remark_count; i++)
		known[i] = OF_NOBODY;
	for (size_t part = 0; part < model->participation_count; part++) {
		const struct participation *own = &model->participations[part];
		const struct observed_rows rows = observed_of(model, own, is_superseded);
		for (size_t i = 0; i < rows.count; i++) {
			if (!rows.at[i].remark || !is_news(&known[rows.at[i].remark], own->enterprise))
				continue;
			const struct remark *remark = remark_of(model, &rows.at[i]);
			struct text words = said == FIELD_observation_note ? remark->note : remark->evidence;
			add_value(collection, field, words, field->heading, own->enterprise);
		}
	}
	free(known);
}

static void add_entity(const struct collection *collection, enum entity_kind kind, int track)
{
	const struct model *model = collection->build->run.model;
	add_records(collection, kind, records_of(model, kind, track));
	if (kind != ENTITY_OBSERVATION)
		return;
	for (int superseded = 0; superseded < 2; superseded++) { /* as secret as what took their place */
		add_remarks(collection, FIELD_observation_note, superseded);
		add_remarks(collection, FIELD_observation_evidence, superseded);
	}
}

/* The text fields of a record that the public sees. */
static void know_fields(struct leak *leak, enum entity_kind kind, const void *record)
{
	const struct entity *entity = schema_entity(kind);
	for (size_t i = 0; i < entity->field_count; i++) {
		const struct field *field = &entity->fields[i];
		struct text value;
		if (field->visibility != VISIBLE_PUBLIC || field->type != FIELD_TEXT || field->offset == SCHEMA_NO_OFFSET)
			continue;
		memcpy(&value, (const char *)record + field->offset, sizeof value);
		leak_know(leak, value);
	}
}

static void know_campaign(struct leak *leak, const struct model *model)
{
	const struct campaign *campaign = &model->campaign;
	know_fields(leak, ENTITY_CAMPAIGN, campaign);
	know_fields(leak, ENTITY_PUBLICATION, &campaign->publication);
	for (size_t i = 0; i < campaign->stage_count; i++)
		know_fields(leak, ENTITY_STAGE, &campaign->stages[i]);
	for (size_t i = 0; i < campaign->region_count; i++)
		know_fields(leak, ENTITY_REGION, &campaign->regions[i]);
	for (int track = 0; track < campaign->known_count; track++)
		know_fields(leak, ENTITY_TRACK, &campaign->tracks[track]);
	for (int track = 0; track < campaign->track_count; track++)
		for (int level = 1; model->catalogues[track] && level <= model->catalogues[track]->level_count; level++) {
			leak_know(leak, model->catalogues[track]->levels[level].name);
			leak_know(leak, model->catalogues[track]->levels[level].label);
		}
	for (int32_t i = 0; i < model->prefectures.count; i++)
		leak_know(leak, model->prefectures.at[i].name);
	for (int i = 0; i < INDUSTRIES; i++)
		leak_know(leak, text_from(industries[i].name));
}

static bool is_below(struct text path, const char *folder)
{
	size_t size = folder ? strlen(folder) : 0;
	return size && text_starts(path, folder) && path.size > size && path.at[size] == '/';
}

/* The templates and texts of the site and the public report, as they were read: what they say, and where finds are told. */
static void know_site(struct leak *leak, struct build *build)
{
	const struct sources *sources = build->run.sources;
	const char *texts = file_join(build->run.arena, build->press.content, TEXT("site"));
	const char *chapters = file_join(build->run.arena, build->press.content, TEXT("report-public"));
	for (uint32_t number = 1; number <= sources_count(sources); number++) {
		const struct source *source = sources_find(sources, number);
		bool is_text = is_below(source->name, texts) || is_below(source->name, chapters);
		bool is_theme = is_below(source->name, build->press.theme_folder) || is_below(source->name, build->press.default_folder);
		struct leak_source page = { .text = source->text, .place = { number, 0, 0 }, .is_prose = is_text };
		if (!is_text && !is_theme)
			continue;
		page.what = is_text ? "正文\x1Ftext" : "模板\x1Ftemplate";
		leak_know_page(leak, source->text);
		leak_add_source(leak, page);
	}
}

/* ---- cells that the public sees -------------------------------------------------------- */

/* A cell as a source: its bytes in the file where they stand there as they are, else its row. */
static struct leak_source cell_source(const struct build *build, struct span row, struct text value)
{
	struct text bytes = span_text(build->run.sources, row);
	size_t at = text_find(bytes, value);
	struct leak_source source = { .text = value, .place = row, .is_prose = true, .is_within = at >= bytes.size };
	if (!source.is_within)
		source.place.start += (uint32_t)at;
	return source;
}

/* What staff wrote into a record for the public: not what identifies somebody, whose place is in the list. */
static void add_cells(struct leak *leak, const struct build *build, enum entity_kind kind, const void *record)
{
	const struct entity *entity = schema_entity(kind);
	for (size_t i = 0; i < entity->field_count; i++) {
		const struct field *field = &entity->fields[i];
		struct text value;
		if (field->visibility != VISIBLE_PUBLIC || !is_text(field) || field->telling == TELLS_WHOM)
			continue;
		memcpy(&value, (const char *)record + field->offset, sizeof value);
		struct leak_source source = cell_source(build, records_place(kind, record), value);
		source.what = what_of(kind, i);
		source.is_of_firm = records_enterprise(build->run.model, kind, record) >= 0;
		leak_add_source(leak, source);
	}
}

static void add_sources(struct leak *leak, const struct build *build)
{
	const struct model *model = build->run.model;
	const struct chronicle *chronicle = build->run.shown->chronicle;
	for (int kind = 0; kind < ENTITIES; kind++) {
		struct records records = records_of(model, (enum entity_kind)kind, 0);
		if (kind == ENTITY_LEDGER || kind == ENTITY_PREFECTURE) /* of the ledger what the day knows; places are no prose */
			continue;
		for (size_t i = 0; i < records.count; i++) {
			const char *record = (const char *)records.at + i * records.size;
			if (is_published(build, (enum entity_kind)kind, record))
				add_cells(leak, build, (enum entity_kind)kind, record);
		}
	}
	for (size_t i = 0; i < chronicle->row_count; i++)
		add_cells(leak, build, ENTITY_LEDGER, &model->ledger[chronicle->rows[i]]);
}

/* ---- names as they are spoken of --------------------------------------------------------- */

static void add_names(struct leak *leak, const struct build *build, struct text name, bool is_hunted)
{
	struct text forms[SHORT_NAMES];
	size_t count = short_names(build->run.arena, build->run.model, name, forms);
	leak_add_mention(leak, name);
	for (size_t i = 0; i < count; i++)
		if (is_hunted)
			leak_add_short_name(leak, forms[i]);
		else
			leak_add_mention(leak, forms[i]);
}

static void add_all_names(struct leak *leak, const struct build *build)
{
	const struct model *model = build->run.model;
	for (size_t i = 0; i < model->enterprise_count; i++)
		add_names(leak, build, model->enterprises[i].name, !is_listed(build, (int32_t)i));
	for (size_t i = 0; i < model->earlier_count; i++)
		if (model->earlier[i].enterprise < 0 && model->earlier[i].name.size)
			add_names(leak, build, model->earlier[i].name, true);
}

/* What items ask and advise is said in words of the trade; so is what divisions of industry are called. */
static void know_words(struct leak *leak, const struct build *build)
{
	for (int i = 0; i < INDUSTRIES; i++)
		leak_know_word(leak, text_from(industries[i].name));
	const struct entity *entity = schema_entity(ENTITY_ITEM);
	for (int track = 0; track < build->run.model->campaign.track_count; track++) {
		struct records items = records_of(build->run.model, ENTITY_ITEM, track);
		for (size_t i = 0; i < items.count * entity->field_count; i++) {
			const struct field *field = &entity->fields[i % entity->field_count];
			struct text value;
			if (!is_text(field))
				continue;
			const char *item = (const char *)items.at + i / entity->field_count * items.size;
			memcpy(&value, item + field->offset, sizeof value);
			leak_know_word(leak, value);
		}
	}
}

/* Names of areas and classes are public, what they ask is not. */
static void know_catalogue(struct leak *leak, const struct catalogue *catalogue)
{
	for (int32_t i = 0; i < catalogue->area_count; i++) {
		leak_know(leak, catalogue->areas[i].name);
		leak_know_word(leak, catalogue->areas[i].name);
	}
	for (int32_t i = 0; i < catalogue->class_count; i++) {
		leak_know(leak, catalogue->classes[i].name);
		leak_know(leak, catalogue->classes[i].group);
		leak_know_word(leak, catalogue->classes[i].name);
	}
}

/* The staff's remarks, line by line: they are about one enterprise each. */
static void add_staff_remarks(struct leak *leak, const struct build *build)
{
	struct text line;
	for (size_t i = 0; i < build->press.remark_count; i++)
		for (struct text rest = build->press.remarks[i].text; text_next(&rest, '\n', &line);)
			leak_add_remark(leak, line, "评语", (int32_t)i);
}

/* Those that any version names, and those of earlier lists of enterprises that are on this one. */
static void allow_platforms(const struct collection *collection)
{
	const struct run *run = &collection->build->run;
	const struct model *model = run->model;
	const struct chronicle *chronicle = run->shown->chronicle;
	for (size_t i = 0; i < model->participation_count; i++)
		for (size_t version = 0; version < chronicle->version_count; version++)
			leak_allow(collection->leak, chronicle_platform(run->shown, chronicle, version, (int32_t)i));
	for (size_t i = 0; i < model->earlier_count; i++)
		if (model->earlier[i].level > 0 && is_listed(collection->build, model->earlier[i].enterprise) &&
		    movement_row_has_sibling(model, &model->earlier[i]))
			leak_allow(collection->leak, model->earlier[i].platform);
}

/* What the public is told: the names (and codes) of the listed, what was chosen with what is said about it. */
static void know_listed(struct collection *collection)
{
	const struct model *model = collection->build->run.model;
	const struct chronicle *chronicle = collection->build->run.shown->chronicle;
	bool shows_codes = model->campaign.publication.credit_code == SHOWN_SHOWN;
	for (size_t i = 0; i < model->enterprise_count; i++) {
		if (!is_listed(collection->build, (int32_t)i))
			continue;
		leak_allow(collection->leak, model->enterprises[i].name);
		leak_allow(collection->leak, model->enterprises[i].former);
		if (shows_codes)
			map_add(&collection->shown, text_trim(model->enterprises[i].code), 0);
	}
	allow_platforms(collection);
	/* The names of its history, also where another enterprise, which is not listed, has one of them. */
	for (size_t i = 0; i < model->earlier_count; i++)
		if (model->earlier[i].level > 0 && is_listed(collection->build, model->earlier[i].enterprise))
			leak_allow(collection->leak, model->earlier[i].name);
	for (size_t i = 0; i < chronicle->row_count; i++) {
		const struct ledger *row = &model->ledger[chronicle->rows[i]];
		if (row->kind == LEDGER_RENAMED && is_listed(collection->build, row->enterprise))
			leak_allow(collection->leak, row->name);
	}
	for (size_t i = 0; i < model->nomination_count; i++)
		if (is_shown_nomination(collection->build, &model->nominations[i]))
			know_fields(collection->leak, ENTITY_NOMINATION, &model->nominations[i]);
}

/* What the root over the years shows: the lists of all of them. */
static void allow_years(struct leak *leak, const struct build *build)
{
	for (size_t i = 0; i < build->edition.year_count; i++)
		for (size_t j = 0; j < build->edition.years[i].entry_count; j++)
			leak_allow(leak, build->edition.years[i].entries[j].name);
}

/* Of scans, whose files no table describes: every host, address, user and rule that they name. */
static void add_scan_words(struct leak *leak, const struct model *model)
{
	for (size_t i = 0; i < model->scan_word_count; i++)
		leak_add(leak, model->scan_words[i].text, model->scan_words[i].is_rule ? "扫描规则" : "扫描主机");
}

/* What is confidential in this year: every text of every record of every entity, unless schema.def says otherwise. */
static void add_all(struct leak *leak, const struct build *build)
{
	const struct model *model = build->run.model;
	struct collection collection = { .leak = leak, .build = build };
	know_listed(&collection);
	for (int kind = 0; kind < ENTITIES; kind++)
		for (int track = 0; track < (kind == ENTITY_ITEM ? model->campaign.track_count : 1); track++)
			add_entity(&collection, (enum entity_kind)kind, track);
	add_scan_words(leak, model);
	for (int track = 0; track < model->campaign.track_count; track++)
		if (model->catalogues[track])
			know_catalogue(leak, model->catalogues[track]);
	map_clear(&collection.shown);
}

void make_leak_collect(struct build *build, struct leak *store)
{
	add_all(store, build);
}

static void note_public(struct leak *leak, struct map *public_here, struct text value)
{
	value = text_trim(value);
	if (!value.size)
		return;
	map_add(public_here, value, 0);
	leak_allow(leak, value);
}

/* What is confidential in other years, but for the names (and codes) that this year's list shows, now or as they were. */
static void add_other_years(struct leak *leak, const struct build *build)
{
	const struct model *model = build->run.model;
	bool shows_codes = model->campaign.publication.credit_code == SHOWN_SHOWN;
	struct map public_here = { 0 };
	for (size_t i = 0; i < model->enterprise_count; i++) {
		if (!is_listed(build, (int32_t)i))
			continue;
		note_public(leak, &public_here, model->enterprises[i].name);
		note_public(leak, &public_here, model->enterprises[i].former);
		if (shows_codes)
			note_public(leak, &public_here, model->enterprises[i].code);
	}
	for (size_t i = 0; i < model->earlier_count; i++) {
		const struct earlier *earlier = &model->earlier[i];
		if (earlier->level > 0 && is_listed(build, earlier->enterprise))
			note_public(leak, &public_here, earlier->name);
	}
	for (size_t i = 0; i < build->edition.year_count; i++)
		for (size_t j = 0; j < build->edition.years[i].entry_count; j++)
			note_public(leak, &public_here, build->edition.years[i].entries[j].name);
	leak_add_others(leak, build->edition.others, &public_here);
	map_clear(&public_here);
}

bool make_leak_scan(struct build *build)
{
	struct leak *leak = leak_new(build->run.arena);
	leak_remember(leak, receipts_scan_memory(build));
	allow_years(leak, build);
	add_all(leak, build);
	add_staff_remarks(leak, build);
	if (build->edition.others)
		add_other_years(leak, build);
	know_campaign(leak, build->run.model);
	know_site(leak, build);
	add_sources(leak, build);
	add_all_names(leak, build);
	know_words(leak, build);
	bool good = leak_scan(leak, build->edition.output, build->run.diag, &build->edition.leaks);
	struct buf report;
	buf_init(&report, BUF_LIMIT_FILE);
	leak_report(leak, &build->edition.leaks, &report);
	good &= output_write(build->edition.output, text_from(build_makes_site(build) ? TREE_LEAK_REPORT : TREE_LEAK_REPORT_PUBLIC), buf_view(&report));
	buf_clear(&report);
	leak_free(leak);
	return good && run_is_good(&build->run); /* its warnings stop under --strict */
}
