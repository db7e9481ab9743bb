/* SPDX-License-Identifier: MIT */
#include "build/envelopes.h"

#include "build/build.h"
#include "build/leaving.h"

struct planning {
	struct build *build;
	const struct copies *copies;
	const struct envelope_day *day;
	int64_t running; /* the last running number of the day */
	struct envelopes envelopes;
};

/* ---- to whom --------------------------------------------------------------------------- */

static const struct delivery *delivery_of(const struct model *model, int32_t enterprise)
{
	int32_t index = model->enterprises[enterprise].delivery;
	return index >= 0 ? &model->deliveries[index] : NULL;
}

/* Channel and address; NO_TEXT: not known. */
static struct text address_of(const struct model *model, int32_t enterprise, int8_t *channel)
{
	const struct delivery *delivery = delivery_of(model, enterprise);
	*channel = delivery ? delivery->channel : model->campaign.sending.default_;
	switch ((enum channel)*channel) {
	case CHANNEL_PLATFORM:
		return model->enterprises[enterprise].code; /* the platform knows each by it */
	case CHANNEL_PAPER:
	case CHANNEL_MEDIUM:
		return delivery ? delivery->address : NO_TEXT;
	case CHANNEL_NOTICE:
	case CHANNEL_ATTACHMENT:
		return delivery ? text_trim(delivery->mail) : NO_TEXT;
	case CHANNELS:
		break;
	}
	return NO_TEXT;
}

static struct text recipient_of(struct arena *arena, const struct delivery *delivery)
{
	const struct text parts[] = { delivery ? delivery->unit : NO_TEXT, delivery ? delivery->department : NO_TEXT,
				      delivery ? delivery->recipient : NO_TEXT };
	struct text all = NO_TEXT;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i].size)
			all = text_format(arena, "%.*s%s%.*s", TEXT_ARGS(all), all.size ? " " : "",
				TEXT_ARGS(parts[i]));
	return all;
}

/* Letters of either case are the same to whoever carries it. */
static bool is_same_address(struct text a, struct text b)
{
	bool is_same = a.size == b.size;
	for (size_t i = 0; i < a.size && is_same; i++) {
		char left = a.at[i], right = b.at[i];
		bool is_letter = (left >= 'a' && left <= 'z') || (left >= 'A' && left <= 'Z');
		is_same = left == right || (is_letter && (left ^ right) == 0x20);
	}
	return is_same;
}

/* ---- what went before -------------------------------------------------------------------- */

enum before { BEFORE_NOTHING, BEFORE_SENT, BEFORE_ELSEWHERE };

static bool is_elsewhere(const struct planning *planning, const struct copy *copy)
{
	const struct sending *sending = &planning->build->run.model->campaign.sending;
	return copy->state == SEND_DELIVERED || copy->state == SEND_ANSWERED ||
	       (copies_is_open(copy) && !copies_is_overdue(copy, planning->day->day, sending->reply_days));
}

static enum before what_went(const struct planning *planning, const struct envelope *envelope)
{
	enum before before = BEFORE_NOTHING;
	int32_t i = copies_last_of(planning->copies, envelope->copy.code);
	for (; i >= 0; i = planning->copies->list.at[i].before) {
		const struct copy *copy = &planning->copies->list.at[i];
		if (!text_equal(copy->copy->sha256, envelope->document->sha256) || !copies_counts(copy))
			continue;
		if (is_same_address(copy->copy->address, envelope->copy.address))
			return BEFORE_SENT;
		if (is_elsewhere(planning, copy))
			before = BEFORE_ELSEWHERE;
	}
	return before;
}

/* What it takes the place of: the last that the enterprise was sent with other bytes. */
static void name_corrected(const struct planning *planning, struct envelope *envelope)
{
	int32_t i = copies_last_of(planning->copies, envelope->copy.code);
	for (; i >= 0; i = planning->copies->list.at[i].before) {
		const struct copy *copy = &planning->copies->list.at[i];
		if (!copies_counts(copy) || text_equal(copy->copy->sha256, envelope->document->sha256))
			continue;
		envelope->copy.was = copy->copy->number;
		envelope->copy.was_sha256 = copy->copy->sha256;
		return;
	}
}

/* ---- one enterprise ------------------------------------------------------------------------ */

static void hold(struct planning *planning, const struct envelope *envelope, const char *reason)
{
	const struct model *model = planning->build->run.model;
	const struct enterprise *enterprise = &model->enterprises[envelope->enterprise];
	const struct delivery *delivery = delivery_of(model, envelope->enterprise);
	DIAG(planning->build->run.diag, DIAG_DISPATCH_HELD, .span = delivery ? delivery->place : enterprise->place,
	     .a = enterprise->name.size ? enterprise->name : enterprise->code, .b = text_from(reason));
	planning->envelopes.held++;
}

static bool has_question(const struct planning *planning, const struct envelope *envelope)
{
	const struct delivery *delivery = delivery_of(planning->build->run.model, envelope->enterprise);
	return delivery && delivery->has_question;
}

static void add(struct planning *planning, struct envelope envelope)
{
	struct arena *arena = planning->build->run.arena;
	const struct date day = planning->day->day;
	planning->running++;
	envelope.copy.copy = text_format(arena, "%04d%02d%02d-%04lld", day.year, day.month, day.day,
					 (long long)planning->running);
	envelope.copy.recipient = recipient_of(arena, delivery_of(planning->build->run.model, envelope.enterprise));
	name_corrected(planning, &envelope);
	planning->envelopes.at[planning->envelopes.count++] = envelope;
}

static void consider(struct planning *planning, int32_t enterprise, const struct recorded_document *document)
{
	const struct model *model = planning->build->run.model;
	struct envelope envelope = { .enterprise = enterprise, .document = document };
	envelope.copy.address = address_of(model, enterprise, &envelope.channel);
	envelope.copy.code = model->enterprises[enterprise].code;
	envelope.copy.channel = text_from(choice_xml(SET_CHANNEL, envelope.channel));
	envelope.copy.number = document->number;
	envelope.copy.sha256 = document->sha256;
	enum before before = what_went(planning, &envelope);
	if (before == BEFORE_SENT)
		planning->envelopes.sent++;
	else if (has_question(planning, &envelope))
		hold(planning, &envelope, "delivery.csv 里的问题还没有解决\037what is doubtful in delivery.csv is not settled");
	else if (!envelope.copy.address.size)
		hold(planning, &envelope, "delivery.csv 没有这个渠道要用的地址\037delivery.csv has no address for its channel");
	else if (before == BEFORE_ELSEWHERE)
		hold(planning, &envelope, "同一文书已按另一个地址备好、发出或签收，确要改送先作废那一份\037"
					  "the same document went elsewhere or was received: void that copy first");
	else
		add(planning, envelope);
}

/* ---- all of them ----------------------------------------------------------------------------- */

static int64_t last_running(const struct copies *copies, struct date day)
{
	int64_t last = 0;
	for (size_t i = 0; i < copies->list.count; i++) {
		int64_t running = copies_running(copies->list.at[i].copy->copy, day);
		last = running > last ? running : last;
	}
	return last;
}

/* A build of parts lacks some: whoever has none would not be missed. */
static void tell_missing(struct planning *planning, const struct map *with, int32_t only)
{
	const struct model *model = planning->build->run.model;
	struct text first = NO_TEXT;
	int64_t missing = 0;
	for (size_t i = 0; i < model->enterprise_count; i++) {
		const struct enterprise *enterprise = &model->enterprises[i];
		if ((only >= 0 && only != (int32_t)i) || map_find(with, enterprise->code))
			continue;
		if (!missing++)
			first = enterprise->name.size ? enterprise->name : enterprise->code;
	}
	struct text more = missing > 1 ? TEXT(" …") : NO_TEXT;
	if (missing)
		DIAG(planning->build->run.diag, DIAG_DISPATCH_MISSING, .n = missing,
		     .a = text_format(planning->build->run.arena, "%.*s%.*s", TEXT_ARGS(first), TEXT_ARGS(more)));
	planning->envelopes.missing = (size_t)missing;
}

struct envelopes envelopes_plan(struct build *build, const struct leaving *leaving, const struct copies *copies,
				const struct envelope_day *day, int32_t only)
{
	const struct model *model = build->run.model;
	struct planning planning = { .build = build, .copies = copies, .day = day,
				     .running = last_running(copies, day->day) };
	struct map with = { 0 };
	planning.envelopes.at = ARENA_ARRAY(build->run.arena, struct envelope, leaving->count);
	for (size_t i = 0; i < leaving->count; i++) {
		const uint32_t *found = map_find(&model->enterprise_by_code, leaving->all[i].code);
		map_add(&with, leaving->all[i].code, 1);
		if (found && (only < 0 || only == (int32_t)*found))
			consider(&planning, (int32_t)*found, &leaving->all[i]);
	}
	tell_missing(&planning, &with, only);
	map_clear(&with);
	return planning.envelopes;
}

struct text envelopes_next_batch(struct arena *arena, const struct copies *copies, struct date day)
{
	struct text stem = text_format(arena, "%04d-%02d-%02d-", day.year, day.month, day.day);
	int64_t last = 0, number;
	for (size_t i = 0; i < copies->list.count; i++) {
		struct text batch = copies->list.at[i].batch;
		if (text_starts(batch, stem.at) &&
		    text_to_integer(text_slice(batch, stem.size, batch.size), &number) && number > last)
			last = number;
	}
	return text_format(arena, "%.*s%lld", TEXT_ARGS(stem), (long long)last + 1);
}
