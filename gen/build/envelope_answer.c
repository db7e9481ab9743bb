/* SPDX-License-Identifier: MIT */
#include "build/envelope_answer.h"

#include "base/hash.h"
#include "build/build.h"
#include "build/envelopes.h"
#include "build/reply_form.h"

/* "整改反馈表-示例公司-9132….xlsx": whoever gets a folder full of them sees whose each is. */
static struct text name_of(struct arena *arena, const struct enterprise *enterprise)
{
	struct buf name;
	buf_init(&name, BUF_LIMIT_PAGE);
	buf_string(&name, "整改反馈表-");
	make_file_name(&name, enterprise->name);
	buf_byte(&name, '-');
	make_file_name(&name, enterprise->code);
	buf_string(&name, ".xlsx");
	struct text copy = text_copy(arena, buf_view(&name));
	buf_clear(&name);
	return copy;
}

bool envelope_answer_make(struct build *build, struct envelope *envelope, struct date day, struct buf *buf)
{
	struct run *run = &build->run;
	struct reply_form form = { .model = run->model, .today = day, .number = envelope->copy.number };
	size_t items = 0;
	char hash[65];
	form.facts = edition_facts(build, SCOPE_FIRM);
	if (!form.facts)
		return false;
	facts_choose_firm(form.facts, envelope->enterprise);
	bool is_good = reply_form_write(&form, build->scratch, buf, &items) && !buf->overflowed;
	arena_clear(build->scratch);
	if (!is_good || !items)
		return is_good;
	hash_of(buf_view(buf), hash);
	envelope->copy.form = name_of(run->arena, &run->model->enterprises[envelope->enterprise]);
	envelope->copy.form_sha256 = text_copy(run->arena, text_from(hash));
	return true;
}
