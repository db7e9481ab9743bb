/* SPDX-License-Identifier: MIT
 *
 * The forms in which a value is looked for, into the indexes: made when all values are known, since those need none of
 * which an earlier scan knows that they stand nowhere (leak_memory.h).
 */
#include "base/utf8.h"
#include "publish/leak_hunt.h"

void leak_open_indexes(struct leak *leak)
{
	leak->folded = leak_index_new(LEAK_WIDE);
	leak->plain = leak_index_new(LEAK_WIDE);
	leak->other = leak_index_new(LEAK_WIDE);
	leak->narrow = leak_index_new(LEAK_NARROW);
}

void leak_free_indexes(struct leak *leak)
{
	leak_index_free(leak->folded);
	leak_index_free(leak->plain);
	leak_index_free(leak->other);
	leak_index_free(leak->narrow);
}

bool leak_may_be_utf8(struct text bytes)
{
	size_t start = 0;
	while (start < 3 && start < bytes.size && ((unsigned char)bytes.at[start] & 0xC0) == 0x80)
		start++;
	struct text rest = text_slice(bytes, start, bytes.size);
	return !memchr(bytes.at, '\0', bytes.size) && utf8_check(rest) + 3 >= rest.size;
}

static struct leak_index *index_for(const struct leak *leak, struct text form)
{
	if (form.size < LEAK_WIDE)
		return leak->narrow;
	return leak_may_be_utf8(form) ? leak->plain : leak->other;
}

void leak_form_value(struct leak *leak, uint32_t index)
{
	struct leak_value *hunted = &leak->values.at[index];
	const struct text value = hunted->value;
	if (hunted->is_formed || hunted->is_recalled)
		return;
	hunted->is_formed = true;
	/* As it is, the value is looked for only when it cannot be found by its folded form. */
	enum leak_form first = leak_add_variants(leak, index) ? LEAK_UTF8 + 1 : LEAK_UTF8;
	for (enum leak_form form = first; form < LEAK_FORMS; form++) {
		if (!leak_encoder_write(leak->encoder, form, value, &leak->form) || leak->form.size < LEAK_NARROW)
			continue;
		leak_index_add(index_for(leak, buf_view(&leak->form)), buf_view(&leak->form),
		               index * LEAK_FORMS + form);
		leak->longest = leak->form.size > leak->longest ? leak->form.size : leak->longest;
	}
}

void leak_forget_forms(struct leak *leak)
{
	leak_free_indexes(leak);
	leak_open_indexes(leak);
	leak->variants.count = leak->covers.count = 0;
	for (size_t i = 0; i < leak->values.count; i++) {
		struct leak_value *value = &leak->values.at[i];
		value->is_formed = value->is_recalled = value->is_known = false;
		value->cover = 0;
	}
}
