/* SPDX-License-Identifier: MIT */
#include "compose/site_colours.h"

#include "base/arena.h"
#include "theme/theme.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct datum hex_of(struct arena *arena, struct colour colour)
{
	return datum_text(text_format(arena, "#%02x%02x%02x", colour.red, colour.green, colour.blue));
}

struct datum site_colours(struct arena *arena, const struct theme *theme)
{
	static const struct text names[] = { TEXT_INIT("name"), TEXT_INIT("light"), TEXT_INIT("dark") };
	static const struct text both[] = { TEXT_INIT("colours"), TEXT_INIT("colour") };
	size_t count = theme ? theme->colour_count : 0;
	struct datum *colours = ARENA_ARRAY(arena, struct datum, count);
	struct text *colour_names = ARENA_ARRAY(arena, struct text, count);
	for (size_t i = 0; i < count; i++) {
		colour_names[i] = theme->colours[i].name;
		struct datum *values = ARENA_ARRAY(arena, struct datum, COUNT(names));
		values[0] = datum_text(theme->colours[i].name);
		values[1] = hex_of(arena, theme->colours[i].light);
		values[2] = hex_of(arena, theme->colours[i].dark);
		colours[i] = datum_object(names, values, COUNT(names));
	}
	struct datum *forms = ARENA_ARRAY(arena, struct datum, COUNT(both));
	forms[0] = datum_list(colours, count);
	forms[1] = datum_object(colour_names, colours, count);
	return datum_object(both, forms, COUNT(both));
}
