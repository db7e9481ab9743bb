/* SPDX-License-Identifier: MIT */
#include "assess/duty_count.h"

#include "base/arena.h"
#include "model/parts.h"
#include "model/track.h"

int64_t duty_done(const struct duty_group *group)
{
	return group->by_state[DUTY_ON_TIME] + group->by_state[DUTY_LATE];
}

int64_t duty_expected(const struct duty_group *group)
{
	return duty_done(group) + group->by_state[DUTY_OVERDUE] + group->by_state[DUTY_AHEAD];
}

/* ---- groups: 0 … count - 1 in order, then one for who has none, then the province -------------------- */

static size_t count_groups(const struct duty_view *view)
{
	return view->is_by_agency ? view->model->agency_count : (size_t)view->model->prefectures.count;
}

/* Of the agency that checks it; the self-assessment, of the one that advises. */
int32_t duty_agency(const struct model *model, const struct participation *row, enum duty duty)
{
	int32_t consultant = model->enterprises[row->enterprise].consultant;
	if (duty == DUTY_SELF)
		return consultant >= 0 ? consultant : row->checker;
	return row->checker >= 0 ? row->checker : consultant;
}

static size_t group_of(const struct duty_view *view, const struct participation *row, enum duty duty)
{
	const struct model *model = view->model;
	int32_t index = view->is_by_agency ? duty_agency(model, row, duty) : model->enterprises[row->enterprise].city;
	return index >= 0 ? (size_t)index : count_groups(view);
}

static struct text group_name(const struct duty_view *view, size_t index)
{
	size_t count = count_groups(view);
	if (index > count)
		return TEXT("全省");
	if (index == count)
		return TEXT("（未知）");
	if (!view->is_by_agency)
		return view->model->prefectures.at[index].name;
	const struct agency *agency = &view->model->agencies[index];
	return agency->name.size ? agency->name : agency->code;
}

/* ---- counting ------------------------------------------------------------------------------------------ */

static struct text name_of(const struct duty_view *view, const struct participation *row)
{
	const struct model *model = view->model;
	const struct enterprise *enterprise = &model->enterprises[row->enterprise];
	struct text name = enterprise->name.size ? enterprise->name : enterprise->code;
	struct text platform = parts_platform(row), label = parts_label(view->arena, model, row);
	if (parts_count_tracks(model, enterprise) < 2)
		label = platform;
	return label.size ? text_format(view->arena, "%.*s（%.*s）", TEXT_ARGS(name), TEXT_ARGS(label)) : name;
}

static bool is_open(enum duty_state state)
{
	return state == DUTY_OVERDUE || state == DUTY_AHEAD;
}

static bool is_named(enum duty_state state)
{
	return state == DUTY_LATE || is_open(state);
}

enum duty_state duty_counted(const struct duty_view *view, size_t participation, enum duty duty)
{
	enum duty_state state = duty_state(view->model, &view->model->participations[participation], duty, view->day);
	return is_open(state) && view->is_withdrawn[participation] ? DUTY_NOT_EXPECTED : state;
}

static void make_room(const struct duty_view *view, struct duty_group *groups, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t names = (size_t)(groups[i].by_state[DUTY_LATE] + groups[i].by_state[DUTY_OVERDUE] +
					groups[i].by_state[DUTY_AHEAD]);
		groups[i].name = group_name(view, i);
		groups[i].names = ARENA_ARRAY(view->arena, struct duty_who, names);
	}
}

static void add_name(struct duty_group *group, struct duty_who name)
{
	group->names[group->name_count++] = name;
}

static size_t keep_expected(struct duty_group *groups, size_t count)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++)
		if (i == count - 1 || duty_expected(&groups[i]))
			groups[kept++] = groups[i];
	return kept;
}

size_t duty_groups(const struct duty_view *view, enum duty duty, struct duty_group **groups)
{
	const struct model *model = view->model;
	size_t count = count_groups(view) + 2;
	enum duty_state *states = ARENA_ARRAY(view->arena, enum duty_state, model->participation_count);
	struct duty_group *all = *groups = ARENA_ARRAY(view->arena, struct duty_group, count);
	struct duty_group *province = &all[count - 1];
	for (size_t i = 0; i < model->participation_count; i++) {
		states[i] = duty_counted(view, i, duty);
		if (states[i] == DUTY_NOT_EXPECTED)
			continue;
		all[group_of(view, &model->participations[i], duty)].by_state[states[i]]++;
		province->by_state[states[i]]++;
	}
	make_room(view, all, count);
	for (size_t i = 0; i < model->participation_count; i++) {
		if (!is_named(states[i]))
			continue;
		const struct participation *row = &model->participations[i];
		const struct duty_who name = { name_of(view, row), states[i] };
		add_name(&all[group_of(view, row, duty)], name);
		add_name(province, name);
	}
	return keep_expected(all, count);
}
