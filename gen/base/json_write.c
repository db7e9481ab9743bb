/* SPDX-License-Identifier: MIT */
#include "base/json_write.h"

#include <assert.h>

#include "base/buf.h"

void json_write_init(struct json_write *json, struct buf *buf)
{
	*json = (struct json_write){ .buf = buf };
}

void json_write_end(const struct json_write *json)
{
	assert(json->depth == 0 && !json->has_key);
}

/* Before a member's name, an element, or the one value that stands alone. */
static void separate(struct json_write *json)
{
	static const char *const commas[] = { [JSON_TIGHT] = ",", [JSON_SPACED] = ", ", [JSON_LINES] = ",\n" };
	struct json_level *level = &json->levels[json->depth];
	assert(json->depth || !level->is_begun);
	if (level->is_begun)
		buf_string(json->buf, commas[level->layout]);
	else if (level->layout == JSON_LINES)
		buf_byte(json->buf, '\n');
	level->is_begun = true;
}

static void begin_value(struct json_write *json)
{
	assert(json->has_key == (json->levels[json->depth].close == '}'));
	if (!json->has_key)
		separate(json);
	json->has_key = false;
}

static void open_level(struct json_write *json, const char marks[2], enum json_layout layout)
{
	begin_value(json);
	assert(json->depth < JSON_WRITE_DEEPEST);
	json->levels[++json->depth] = (struct json_level){ .layout = layout, .close = marks[1] };
	buf_byte(json->buf, marks[0]);
}

void json_write_object(struct json_write *json, enum json_layout layout)
{
	open_level(json, "{}", layout);
}

void json_write_list(struct json_write *json, enum json_layout layout)
{
	open_level(json, "[]", layout);
}

void json_write_close(struct json_write *json)
{
	const struct json_level *level = &json->levels[json->depth];
	assert(json->depth > 0 && !json->has_key);
	if (level->layout == JSON_LINES)
		buf_byte(json->buf, '\n');
	buf_byte(json->buf, level->close);
	json->depth--;
}

void json_write_key(struct json_write *json, struct text name)
{
	const struct json_level *level = &json->levels[json->depth];
	assert(level->close == '}' && !json->has_key);
	separate(json);
	buf_json(json->buf, name);
	buf_string(json->buf, level->layout == JSON_TIGHT ? ":" : ": ");
	json->has_key = true;
}

void json_write_text(struct json_write *json, struct text value)
{
	begin_value(json);
	buf_json(json->buf, value);
}

void json_write_integer(struct json_write *json, int64_t value)
{
	begin_value(json);
	buf_format(json->buf, "%lld", (long long)value);
}

void json_write_number(struct json_write *json, struct text digits)
{
	begin_value(json);
	buf_text(json->buf, digits);
}

void json_write_bool(struct json_write *json, bool value)
{
	begin_value(json);
	buf_string(json->buf, value ? "true" : "false");
}

void json_write_null(struct json_write *json)
{
	begin_value(json);
	buf_string(json->buf, "null");
}

void json_write_named_text(struct json_write *json, const char *name, struct text value)
{
	json_write_key(json, text_from(name));
	json_write_text(json, value);
}

void json_write_named_integer(struct json_write *json, const char *name, int64_t value)
{
	json_write_key(json, text_from(name));
	json_write_integer(json, value);
}
