/* SPDX-License-Identifier: MIT
 *
 * What must not stand in a pack: names, codes and contacts of every enterprise that is not its
 * owner's.  Whose an enterprise is comes from the model here, not from the rows that were put in.
 */
#include "base/arena.h"
#include "build/packs.h"
#include "check/row_at.h"
#include "model/records.h"
#include "model/remarks.h"

/* Was any of its results found by that agency? */
static bool has_found(const struct model *model, const struct participation *row, int32_t agency)
{
	for (size_t i = 0; i < row->observation_count; i++)
		if (remark_of(model, &model->observations[row->first_observation + i])->agency == agency)
			return true;
	return false;
}

/* Of a city those in it; of an agency those that it advises or checks; all are the province's. */
static void find_own(const struct model *model, struct owner owner, bool *own)
{
	for (size_t i = 0; i < model->enterprise_count; i++)
		own[i] = owner.kind == OWNER_PROVINCE ||
			 (owner.kind == OWNER_CITY ? model->enterprises[i].city == owner.index
						   : model->enterprises[i].consultant == owner.index);
	for (size_t i = 0; owner.kind == OWNER_AGENCY && i < model->participation_count; i++) {
		const struct participation *row = &model->participations[i];
		if (row->checker == owner.index || has_found(model, row, owner.index))
			own[row->enterprise] = true;
	}
}

/* Every text of an enterprise's row that tells whom it is about. */
static void add_enterprise(struct leak *leak, const struct enterprise *enterprise, bool is_own)
{
	const struct entity *entity = schema_entity(ENTITY_ENTERPRISE);
	for (size_t i = 0; i < entity->field_count; i++) {
		const struct field *field = &entity->fields[i];
		struct text value;
		if ((field->type != FIELD_TEXT && field->type != FIELD_CREDIT) || field->telling != TELLS_WHOM)
			continue;
		memcpy(&value, (const char *)enterprise + field->offset, sizeof value);
		if (is_own)
			leak_allow(leak, value);
		else
			leak_add(leak, value, field->heading);
	}
}

/* In an own row everything is the owner's, whoever else is named there: he wrote it, or knows it. */
static void allow_rows(struct leak *leak, const struct model *model, const struct pack *pack, const bool *own)
{
	for (size_t i = 0; i < pack->count; i++) {
		const struct row_at *row = pack->problems[i].row;
		const uint32_t *found =
			row->is_row ? map_find(&model->enterprise_by_code, text_trim(row->cells[0].text)) : NULL;
		for (size_t j = 0; found && own[*found] && j < schema_entity(row->kind)->field_count; j++)
			leak_allow(leak, row->cells[j].text);
	}
}

/* The finds, told as what they are: somebody else's in this pack. */
static void tell(struct build *build, struct text folder, struct diag *found)
{
	struct diag_line *lines;
	size_t count = diag_list(found, LANGUAGE_CHINESE, build->scratch, &lines);
	for (size_t i = 0; i < count; i++)
		DIAG(build->run.diag, DIAG_PACK_LEAK, .a = folder, .b = lines[i].args.b, .c = lines[i].args.c);
}

/* What is not `owner`'s is hunted. */
static struct leak *hunt_others(struct build *build, struct owner owner, bool **own)
{
	const struct model *model = build->run.model;
	struct leak *leak = leak_new(build->scratch);
	*own = ARENA_ARRAY(build->scratch, bool, model->enterprise_count);
	find_own(model, owner, *own);
	/* What is one's own first: two enterprises may have one contact. */
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < model->enterprise_count; i++)
			if ((*own)[i] == (pass == 0))
				add_enterprise(leak, &model->enterprises[i], (*own)[i]);
	return leak;
}

bool pack_leak_scan(struct build *build, const struct pack *pack, struct text letter)
{
	const struct model *model = build->run.model;
	if (pack->owner.kind == OWNER_PROVINCE)
		return true;
	struct diag *found = diag_new(build->scratch, build->run.sources);
	bool *own;
	struct leak *leak = hunt_others(build, pack->owner, &own);
	allow_rows(leak, model, pack, own);
	/* What the owner was told before may be another's by now. */
	for (size_t i = 0; i < pack->mended_count; i++) {
		leak_allow(leak, pack->mended[i].message);
		leak_allow(leak, pack->mended[i].place);
	}
	leak_add_source(leak, (struct leak_source){ .text = letter, .what = "函\x1Fletter", .is_within = true });
	struct text folder = text_format(build->scratch, "%.*s/", TEXT_ARGS(pack->folder));
	bool is_clean = leak_scan_folder(leak, build->edition.output, folder, found);
	leak_free(leak);
	if (!is_clean)
		tell(build, pack->folder, found);
	return is_clean;
}

/* What an own enterprise writes of its own mending is its own, whoever is named there. */
static void allow_claims(struct leak *leak, const struct model *model, const bool *own)
{
	for (size_t i = 0; i < model->rectification_count; i++) {
		const struct rectification *claim = &model->rectifications[i];
		if (claim->participation < 0 || !own[model->participations[claim->participation].enterprise])
			continue;
		leak_allow(leak, claim->measure);
		leak_allow(leak, claim->department);
	}
}

bool pack_leak_scan_given(struct build *build, const struct pack_given *given)
{
	struct diag *found = diag_new(build->scratch, build->run.sources);
	bool *own;
	struct leak *leak = hunt_others(build, given->owner, &own);
	allow_claims(leak, build->run.model, own);
	leak_add_source(leak, (struct leak_source){ .text = given->words, .what = "简报\x1F" "brief",
						      .is_within = true });
	bool is_clean = leak_scan_given(leak, given->files, given->count, found);
	leak_free(leak);
	if (!is_clean)
		tell(build, given->folder, found);
	return is_clean;
}
