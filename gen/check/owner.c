/* SPDX-License-Identifier: MIT */
#include "check/owner.h"

#include "base/diag.h"
#include "model/model.h"

static bool is_within(struct span inner, struct span outer)
{
	return inner.source && inner.source == outer.source && inner.start >= outer.start && inner.start <= outer.end;
}

static struct owner owner_city(const struct model *model, int32_t enterprise)
{
	int32_t city = enterprise >= 0 ? model->enterprises[enterprise].city : MISSING;
	if (city < 0)
		return (struct owner){ .kind = OWNER_PROVINCE };
	const struct prefecture *prefecture = &model->prefectures.at[city];
	return (struct owner){ OWNER_CITY, prefecture->code, prefecture->name };
}

static struct owner owner_agency(const struct model *model, const struct participation *row)
{
	int32_t consultant = model->enterprises[row->enterprise].consultant;
	int32_t index = row->checker >= 0 ? row->checker : consultant;
	if (index < 0)
		return owner_city(model, row->enterprise);
	const struct agency *agency = &model->agencies[index];
	return (struct owner){ OWNER_AGENCY, agency->code, agency->name.size ? agency->name : agency->code };
}

static int32_t enterprise_at(const struct model *model, struct span span)
{
	for (size_t i = 0; i < model->enterprise_count; i++)
		if (is_within(span, model->enterprises[i].place))
			return (int32_t)i;
	return MISSING;
}

static bool is_of_enterprises(const struct model *model, struct span span)
{
	return model->enterprise_count && span.source == model->enterprises[0].place.source;
}

static const struct participation *participation_of(const struct model *model, const struct diag_args *args)
{
	int32_t blamed = args->participation;
	if (blamed > 0 && (size_t)blamed <= model->participation_count)
		return &model->participations[blamed - 1];
	for (size_t i = 0; i < model->participation_count; i++)
		if (is_within(args->span, model->participations[i].place))
			return &model->participations[i];
	return NULL;
}

struct owner owner_of(const struct model *model, const struct diag_args *args)
{
	struct span span = args->span;
	if (!model || !span.source)
		return (struct owner){ .kind = OWNER_PROVINCE };
	int32_t enterprise = enterprise_at(model, span);
	if (enterprise >= 0)
		return owner_city(model, enterprise);
	const struct participation *row = participation_of(model, args);
	if (!row)
		return (struct owner){ .kind = OWNER_PROVINCE };
	return is_of_enterprises(model, span) ? owner_city(model, row->enterprise) : owner_agency(model, row);
}
