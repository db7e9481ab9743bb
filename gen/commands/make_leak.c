/* SPDX-License-Identifier: MIT
 *
 * Which values must not stand in a public file: everything the schema does not call
 * public, and all names of enterprises that are not on the list.
 */
#include "base/buf.h"
#include "commands/build.h"
#include "model/schema.h"
#include "publish/leak.h"

static bool is_listed(const struct assessment *assessment, const struct enterprise *enterprise)
{
	for (int track = 0; track < TRACKS; track++)
		if (enterprise->participation[track] >= 0 && assessment->decisions[enterprise->participation[track]].outcome == OUTCOME_REACHED)
			return true;
	return false;
}

/* The text fields of a record that the public must not see. */
static void add_fields(struct leak *leak, enum entity_kind kind, const void *record)
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
		leak_add(leak, value, field->heading);
	}
}

static void add_enterprises(struct leak *leak, const struct build *build)
{
	const struct model *model = build->run.model;
	bool shows_codes = model->campaign.publication.credit_code == SHOWN_SHOWN;
	for (size_t i = 0; i < model->enterprise_count; i++) {
		struct enterprise enterprise = model->enterprises[i];
		if (is_listed(build->run.assessment, &enterprise)) {
			leak_allow(leak, enterprise.name);
			if (shows_codes)
				enterprise.code = NO_TEXT;
		} else
			leak_add(leak, enterprise.name, "企业名称");
		add_fields(leak, ENTITY_ENTERPRISE, &enterprise);
	}
}

/* Names and codes of the past that this year's list does not show. */
static void add_earlier(struct leak *leak, const struct build *build)
{
	const struct model *model = build->run.model;
	for (size_t i = 0; i < model->earlier_count; i++) {
		const struct earlier *earlier = &model->earlier[i];
		bool listed = earlier->enterprise >= 0 && is_listed(build->run.assessment, &model->enterprises[earlier->enterprise]);
		if (!listed) {
			leak_add(leak, earlier->name, "往年企业名称");
			leak_add(leak, earlier->code, "往年信用代码");
		}
	}
}

bool make_leak_scan(struct build *build)
{
	const struct model *model = build->run.model;
	struct leak *leak = leak_new(build->run.arena);
	struct leak_summary summary;
	add_enterprises(leak, build);
	add_earlier(leak, build);
	for (size_t i = 0; i < model->participation_count; i++)
		add_fields(leak, ENTITY_PARTICIPATION, &model->participations[i]);
	for (size_t i = 0; i < model->rectification_count; i++)
		leak_add(leak, model->rectifications[i].measure, "整改措施");
	for (size_t i = 0; i < model->observation_count; i++) {
		leak_add(leak, model->observations[i].note, "现状说明");
		leak_add(leak, model->observations[i].evidence, "证据");
	}
	bool good = leak_scan(leak, build->output, build->run.diag, &summary);
	struct buf report;
	buf_init(&report, BUF_LIMIT_PAGE);
	buf_format(&report, "{\"files\":%llu,\"bytes\":%llu,\"values\":%llu,\"too_short\":%llu,\"hits\":%llu}\n", (unsigned long long)summary.files,
		   (unsigned long long)summary.bytes, (unsigned long long)summary.values, (unsigned long long)summary.too_short,
		   (unsigned long long)summary.hits);
	good &= output_write(build->output, TEXT("internal/leak-report.json"), buf_view(&report));
	buf_clear(&report);
	return good;
}
