/* SPDX-License-Identifier: MIT */
#include "commands/register_remark.h"

#include "base/arena.h"
#include "base/buf.h"
#include "build/record.h"
#include "model/choice.h"
#include "send/state.h"

void register_remarks_init(struct register_remarks *remarks, const struct recorded *lines, size_t count)
{
	size_t copies = 0;
	for (size_t i = 0; i < count; i++)
		copies += lines[i].copy_count;
	remarks->before = NULL;
	remarks->copies = (struct map){ 0 };
	remarks->at = ARENA_ARRAY(remarks->arena, const struct recorded_copy *, copies);
}

void register_remarks_clear(struct register_remarks *remarks)
{
	map_clear(&remarks->copies);
}

static const char *word(const struct register_remarks *remarks, const char *chinese, const char *english)
{
	return remarks->is_english ? english : chinese;
}

/* ---- the list and its documents ------------------------------------------------------------------ */

/* The first is told by its size; a later one by how it differs from the one before. */
static struct text difference(const struct register_remarks *remarks, const struct recorded *line)
{
	struct record_difference *differences;
	size_t kinds[RECORD_ALTERED + 1] = { 0 };
	if (!remarks->before)
		return text_from(word(remarks, "首次登记", "the first"));
	size_t count = record_differences(remarks->arena, remarks->before, line, &differences);
	for (size_t i = 0; i < count; i++)
		kinds[differences[i].change]++;
	return text_format(remarks->arena, remarks->is_english ? "%zu added, %zu removed, %zu values changed"
			   : "新增 %zu，移出 %zu，改动 %zu 处", kinds[RECORD_ADDED], kinds[RECORD_REMOVED],
			   kinds[RECORD_ALTERED]);
}

static struct text of_version(struct register_remarks *remarks, const struct recorded *line)
{
	struct text text = difference(remarks, line);
	remarks->before = line;
	if (!line->document_count)
		return text;
	return text_format(remarks->arena, remarks->is_english ? "%.*s; %zu documents" : "%.*s；文书 %zu 份",
			   TEXT_ARGS(text), line->document_count);
}

/* "2021-BG → 2021-BG更1", the first of them. */
static struct text of_replaced(const struct register_remarks *remarks, const struct recorded *line)
{
	if (!line->document_count)
		return NO_TEXT;
	const struct recorded_document *first = &line->documents[0];
	const char *more = line->document_count > 1 ? word(remarks, " 等", " …") : "";
	return text_format(remarks->arena, remarks->is_english ? "documents replaced: %zu (%.*s → %.*s%s)"
			   : "更正版 %zu 份（%.*s → %.*s%s）",
			   line->document_count, TEXT_ARGS(first->was), TEXT_ARGS(first->number), more);
}

/* ---- copies ---------------------------------------------------------------------------------------- */

/* "平台"; one that the program does not know as it stands. */
static struct text channel_of(const struct register_remarks *remarks, const struct recorded_copy *copy)
{
	int channel = choice_find(SET_CHANNEL, copy->channel);
	if (channel < 0 || remarks->is_english)
		return copy->channel;
	return text_from(choice_word(SET_CHANNEL, channel));
}

/* "2021-11-30-1：7 份，更正 1 份；平台 3 纸质 4": a table shows its beginning */
static struct text of_batch(struct register_remarks *remarks, const struct recorded *line)
{
	size_t counts[CHANNELS] = { 0 }, corrected = 0;
	struct buf buf;
	for (size_t i = 0; i < line->copy_count; i++) {
		const struct recorded_copy *copy = &line->copies[i];
		int channel = choice_find(SET_CHANNEL, copy->channel);
		counts[channel < 0 ? 0 : channel] += channel >= 0;
		corrected += copy->was.size > 0;
		remarks->at[remarks->copies.count] = copy;
		map_add(&remarks->copies, copy->copy, (uint32_t)remarks->copies.count);
	}
	buf_init(&buf, BUF_LIMIT_PAGE);
	buf_format(&buf, remarks->is_english ? "%.*s: %zu copies" : "%.*s：%zu 份", TEXT_ARGS(line->batch),
		   line->copy_count);
	if (corrected)
		buf_format(&buf, remarks->is_english ? ", %zu corrections" : "，更正 %zu 份", corrected);
	const char *between = word(remarks, "；", "; ");
	for (int i = 0; i < CHANNELS; i++) {
		if (!counts[i])
			continue;
		buf_format(&buf, "%s%s %zu", between,
			   remarks->is_english ? choice_xml(SET_CHANNEL, i) : choice_word(SET_CHANNEL, i), counts[i]);
		between = " ";
	}
	struct text text = text_copy(remarks->arena, buf_view(&buf));
	buf_clear(&buf);
	return text;
}

/* "20211130-0001 送达：平台，9132…；备注"; the day is the line's, where the register has no other. */
static struct text of_step(const struct register_remarks *remarks, const struct recorded *line)
{
	static const struct recorded_copy unknown = { 0 };
	const struct recorded_step *step = &line->step;
	const uint32_t *found = map_find(&remarks->copies, step->copy);
	const struct recorded_copy *copy = found ? remarks->at[*found] : &unknown;
	enum send_state state = send_state_of(step->state);
	struct text name = step->state, channel = channel_of(remarks, copy);
	if (state != SEND_STATE_COUNT && !remarks->is_english)
		name = send_state_chinese(state);
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	buf_format(&buf, "%.*s %.*s", TEXT_ARGS(step->copy), TEXT_ARGS(name));
	if (date_compare(step->day, line->day) != 0)
		buf_format(&buf, remarks->is_english ? " (%.*s)" : "（%.*s）", TEXT_ARGS(step->date));
	buf_format(&buf, remarks->is_english ? ": %.*s, %.*s" : "：%.*s，%.*s", TEXT_ARGS(channel),
		   TEXT_ARGS(copy->code));
	if (step->detail.size)
		buf_format(&buf, "%s%.*s", word(remarks, "；", "; "), TEXT_ARGS(step->detail));
	struct text text = text_copy(remarks->arena, buf_view(&buf));
	buf_clear(&buf);
	return text;
}

/* ---- certificates ------------------------------------------------------------------------------------ */

/* "证书 33 份（2021-0001 至 2021-0033），其中换发 1 份；作废 2 份" */
static struct text of_certificates(const struct register_remarks *remarks, const struct recorded *line)
{
	const struct recorded_certificate *first = NULL, *last = NULL;
	size_t given = 0, replaced = 0;
	for (size_t i = 0; i < line->certificate_count; i++) {
		const struct recorded_certificate *certificate = &line->certificates[i];
		if (text_is(certificate->state, RECORDED_VOID))
			continue;
		first = first ? first : certificate;
		last = certificate;
		given++;
		replaced += certificate->was.size > 0;
	}
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	if (given) {
		buf_format(&buf, remarks->is_english ? "%zu certificates (%.*s" : "证书 %zu 份（%.*s", given,
			   TEXT_ARGS(first->number));
		if (last != first)
			buf_format(&buf, remarks->is_english ? " to %.*s" : " 至 %.*s", TEXT_ARGS(last->number));
		buf_string(&buf, word(remarks, "）", ")"));
	}
	if (replaced)
		buf_format(&buf, remarks->is_english ? ", %zu in place of others" : "，其中换发 %zu 份", replaced);
	if (line->certificate_count > given) {
		buf_string(&buf, given ? word(remarks, "；", "; ") : "");
		buf_format(&buf, remarks->is_english ? "%zu void" : "作废 %zu 份", line->certificate_count - given);
	}
	struct text text = text_copy(remarks->arena, buf_view(&buf));
	buf_clear(&buf);
	return text;
}

struct text register_remark(struct register_remarks *remarks, const struct recorded *line)
{
	switch ((enum event)line->event) {
	case EVENT_PUBLISHED:
		return of_version(remarks, line);
	case EVENT_REPLACED:
		return of_replaced(remarks, line);
	case EVENT_DISPATCHED:
		return of_batch(remarks, line);
	case EVENT_STATE:
		return of_step(remarks, line);
	case EVENT_CERTIFIED:
		return of_certificates(remarks, line);
	case EVENTS:
		break;
	}
	return NO_TEXT;
}
