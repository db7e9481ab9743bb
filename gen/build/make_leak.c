/* SPDX-License-Identifier: MIT
 *
 * Which values must not stand in a public file: everything the schema does not call
 * public, and all names of enterprises that are not on the list.  Codes, names and
 * contacts are hunted whatever the site says; of what people wrote in sentences only
 * what the site would not say by itself.
 */
#include "assess/chronicle.h"
#include "base/buf.h"
#include "base/file.h"
#include "build/build.h"
#include "model/place.h"
#include "model/schema.h"
#include "publish/leak.h"

/* Is it enough to know the value to know whom it is about? */
static bool is_telling(const struct field *field)
{
	static const char *const names[] = { "code", "contact", "phone", "mail" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(field->name, names[i]) == 0)
			return true;
	return false;
}

/* The text fields of a record that the public must not see. */
static void add_fields(struct leak *leak, enum entity_kind kind, const void *record, int32_t owner)
{
	const struct entity *entity = schema_entity(kind);
	for (size_t i = 0; i < entity->field_count; i++) {
		const struct field *field = &entity->fields[i];
		struct text value;
		if (field->visibility == VISIBLE_PUBLIC || field->offset == SCHEMA_NO_OFFSET)
			continue;
		if (field->type != FIELD_TEXT && field->type != FIELD_CREDIT)
			continue;
		memcpy(&value, (const char *)record + field->offset, sizeof value);
		if (is_telling(field))
			leak_add(leak, value, field->heading);
		else
			leak_add_remark(leak, value, field->heading, owner);
	}
}

/* The text fields of a record that the public sees anyway. */
static void know_fields(struct leak *leak, enum entity_kind kind, const void *record)
{
	const struct entity *entity = schema_entity(kind);
	for (size_t i = 0; i < entity->field_count; i++) {
		const struct field *field = &entity->fields[i];
		struct text value;
		if (field->visibility != VISIBLE_PUBLIC || field->offset == SCHEMA_NO_OFFSET || field->type != FIELD_TEXT)
			continue;
		memcpy(&value, (const char *)record + field->offset, sizeof value);
		leak_know(leak, value);
	}
}

/* Has the list shown the enterprise, now or before?  The ledger may add it on a day to come. */
static bool is_shown(const struct build *build, const struct enterprise *enterprise)
{
	return chronicle_shows_enterprise(build->run.assessment, build->run.shown->chronicle, enterprise);
}

static void add_enterprises(struct leak *leak, const struct build *build)
{
	const struct model *model = build->run.model;
	bool shows_codes = model->campaign.publication.credit_code == SHOWN_SHOWN;
	for (size_t i = 0; i < model->enterprise_count; i++) {
		struct enterprise enterprise = model->enterprises[i];
		if (is_shown(build, &enterprise)) {
			leak_allow(leak, enterprise.name);
			leak_allow(leak, enterprise.former);
			if (shows_codes)
				enterprise.code = NO_TEXT;
		} else
			leak_add(leak, enterprise.name, "企业名称");
		add_fields(leak, ENTITY_ENTERPRISE, &enterprise, (int32_t)i);
	}
	for (size_t i = 0; i < build->run.shown->chronicle->row_count; i++) {
		const struct ledger *row = &model->ledger[build->run.shown->chronicle->rows[i]];
		if (row->kind == LEDGER_RENAMED && is_shown(build, &model->enterprises[row->enterprise]))
			leak_allow(leak, row->name);
	}
}

/* Names and codes of the past that this year's list does not show. */
static void add_earlier(struct leak *leak, const struct build *build)
{
	const struct model *model = build->run.model;
	for (size_t i = 0; i < model->earlier_count; i++) {
		const struct earlier *earlier = &model->earlier[i];
		bool listed = earlier->enterprise >= 0 && is_shown(build, &model->enterprises[earlier->enterprise]);
		if (!listed) {
			leak_add(leak, earlier->name, "往年企业名称");
			leak_add(leak, earlier->code, "往年信用代码");
		}
	}
}

/* Chosen providers, and cases of listed enterprises, are public with what is said about them. */
static void add_nominations(struct leak *leak, const struct build *build)
{
	const struct model *model = build->run.model;
	for (size_t i = 0; i < model->nomination_count; i++) {
		const struct nomination *nomination = &model->nominations[i];
		bool is_case = nomination->award == AWARD_CASE;
		bool listed = is_case && nomination->enterprise >= 0 &&
			is_shown(build, &model->enterprises[nomination->enterprise]);
		if (nomination->verdict == VERDICT_CHOSEN && (listed || !is_case))
			know_fields(leak, ENTITY_NOMINATION, nomination);
		else {
			leak_add_remark(leak, nomination->name, "推荐名称", nomination->enterprise);
			leak_add_remark(leak, nomination->summary, "简介", nomination->enterprise);
		}
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
	for (int i = 0; i < CITIES; i++)
		leak_know(leak, text_from(cities[i].name));
	for (int i = 0; i < INDUSTRIES; i++)
		leak_know(leak, text_from(industries[i].name));
}

static bool is_below(struct text path, const char *folder)
{
	size_t size = folder ? strlen(folder) : 0;
	return size && text_starts(path, folder) && path.size > size && path.at[size] == '/';
}

/* The templates and texts of the site, as they were read. */
static void know_site(struct leak *leak, struct build *build)
{
	const struct sources *sources = build->run.sources;
	const char *texts = file_join(build->run.arena, build->press.content, TEXT("site"));
	const char *chapters = file_join(build->run.arena, build->press.content, TEXT("report-public"));
	for (uint32_t number = 1; number <= sources_count(sources); number++) {
		const struct source *source = sources_find(sources, number);
		if (is_below(source->name, texts) || is_below(source->name, chapters) || is_below(source->name, build->press.theme_folder) ||
		    is_below(source->name, build->press.default_folder))
			leak_know_page(leak, source->text);
	}
}

/* What was written down about enterprises. */
static void add_remarks(struct leak *leak, const struct model *model)
{
	for (size_t i = 0; i < model->participation_count; i++)
		add_fields(leak, ENTITY_PARTICIPATION, &model->participations[i], model->participations[i].enterprise);
	for (size_t i = 0; i < model->agency_count; i++)
		add_fields(leak, ENTITY_AGENCY, &model->agencies[i], -1);
	for (size_t i = 0; i < model->rectification_count; i++)
		add_fields(leak, ENTITY_RECTIFICATION, &model->rectifications[i], model->rectifications[i].enterprise);
	for (size_t i = 0; i < model->ledger_count; i++)
		add_fields(leak, ENTITY_LEDGER, &model->ledger[i], model->ledger[i].enterprise);
	for (size_t i = 0; i < model->observation_count; i++) {
		int32_t owner = model->participations[model->observations[i].participation].enterprise;
		leak_add_remark(leak, model->observations[i].note, "现状说明", owner);
		leak_add_remark(leak, model->observations[i].evidence, "证据", owner);
	}
}

/* The catalogue's requirements and advice; names of areas and classes are public. */
static void add_catalogue(struct leak *leak, const struct catalogue *catalogue)
{
	for (int32_t i = 0; i < catalogue->item_count; i++)
		add_fields(leak, ENTITY_ITEM, &catalogue->items[i], -1);
	for (int32_t i = 0; i < catalogue->area_count; i++)
		leak_know(leak, catalogue->areas[i].name);
	for (int32_t i = 0; i < catalogue->class_count; i++) {
		leak_know(leak, catalogue->classes[i].name);
		leak_know(leak, catalogue->classes[i].group);
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

/* Everything that is confidential in this year. */
static void add_all(struct leak *leak, const struct build *build)
{
	const struct model *model = build->run.model;
	add_enterprises(leak, build);
	add_earlier(leak, build);
	add_remarks(leak, model);
	add_nominations(leak, build);
	for (int track = 0; track < model->campaign.track_count; track++)
		if (model->catalogues[track])
			add_catalogue(leak, model->catalogues[track]);
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
		if (!is_shown(build, &model->enterprises[i]))
			continue;
		note_public(leak, &public_here, model->enterprises[i].name);
		note_public(leak, &public_here, model->enterprises[i].former);
		if (shows_codes)
			note_public(leak, &public_here, model->enterprises[i].code);
	}
	for (size_t i = 0; i < model->earlier_count; i++) {
		const struct earlier *earlier = &model->earlier[i];
		if (earlier->level > 0 && earlier->enterprise >= 0 &&
		    is_shown(build, &model->enterprises[earlier->enterprise]))
			note_public(leak, &public_here, earlier->name);
	}
	leak_add_others(leak, build->edition.others, &public_here);
	map_clear(&public_here);
}

bool make_leak_scan(struct build *build)
{
	struct leak *leak = leak_new(build->run.arena);
	add_all(leak, build);
	add_staff_remarks(leak, build);
	if (build->edition.others)
		add_other_years(leak, build);
	know_campaign(leak, build->run.model);
	know_site(leak, build);
	bool good = leak_scan(leak, build->edition.output, build->run.diag, &build->edition.leaks);
	struct buf report;
	buf_init(&report, BUF_LIMIT_FILE);
	leak_report(leak, &build->edition.leaks, &report);
	good &= output_write(build->edition.output, text_from(build_makes_site(build) ? TREE_LEAK_REPORT : TREE_LEAK_REPORT_PUBLIC), buf_view(&report));
	buf_clear(&report);
	leak_free(leak);
	return good;
}
