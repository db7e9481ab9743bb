/* SPDX-License-Identifier: MIT */
#include "build/key_used.h"

#include "build/run.h"
#include "send/key.h"

bool key_used_check(const struct run *run, const struct key *key)
{
	const struct model *model = run->model;
	const struct recorded *last = NULL;
	for (size_t i = 0; i < model->recorded_count; i++)
		if (model->recorded[i].key.size)
			last = &model->recorded[i];
	if (!last || text_is(last->key, key->fingerprint) || run->options->new_key)
		return true;
	DIAG(run->diag, DIAG_KEY_OTHER, .a = text_from(run->options->key), .b = last->batch, .c = last->key,
	     .d = text_from(key->fingerprint));
	return false;
}
