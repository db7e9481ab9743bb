/* SPDX-License-Identifier: MIT
 *
 * What depends on files that do not change is worked out once: the fields that headings name, and
 * the trees of good XML files.  Both follow from their arguments alone, so what was said once stays
 * true.  The linker gives schema_field and xmltree_parse to this file (--wrap in the Makefile).
 */
#include "base/arena.h"
#include "fuzz.h"
#include "held.h"
#include "model/schema.h"
#include "read/input.h"
#include "read/xmltree.h"

enum { SLOTS = 1 << 12, LONGEST = 512, TREES = 8 };

static struct slot {
	const struct entity *entity;
	const struct field *field;
	size_t size;
	char heading[LONGEST];
} slots[SLOTS];

const struct field *__real_schema_field(const struct entity *entity, struct text heading);
const struct field *__wrap_schema_field(const struct entity *entity, struct text heading);
struct xml_node *__real_xmltree_parse(const struct reader *reader, uint32_t number);
struct xml_node *__wrap_xmltree_parse(const struct reader *reader, uint32_t number);

const struct field *__wrap_schema_field(const struct entity *entity, struct text heading)
{
	if (heading.size == 0 || heading.size > LONGEST || fuzz_is_whole())
		return __real_schema_field(entity, heading);
	struct slot *slot = &slots[(text_hash(heading) ^ (uintptr_t)entity >> 4) % SLOTS];
	if (slot->entity == entity && slot->size == heading.size && memcmp(slot->heading, heading.at, heading.size) == 0)
		return slot->field;
	*slot = (struct slot){ .entity = entity, .field = __real_schema_field(entity, heading), .size = heading.size };
	memcpy(slot->heading, heading.at, heading.size);
	return slot->field;
}

/* Places hold the number of the source, so a tree serves only under the number it was read by. */
struct xml_node *__wrap_xmltree_parse(const struct reader *reader, uint32_t number)
{
	static struct tree {
		const char *bytes;
		uint32_t number;
		struct xml_node *root;
	} trees[TREES];
	static struct arena *arena; /* lives until the process ends */
	struct text bytes = sources_find(reader->sources, number)->text;
	if (fuzz_is_whole() || !held_is_good(bytes))
		return __real_xmltree_parse(reader, number);
	struct tree *tree = trees;
	while (tree < trees + TREES && tree->root && (tree->bytes != bytes.at || tree->number != number))
		tree++;
	if (tree == trees + TREES)
		return __real_xmltree_parse(reader, number);
	if (!tree->root) {
		arena = arena ? arena : arena_new();
		struct reader lasting = *reader;
		lasting.arena = arena;
		*tree = (struct tree){ bytes.at, number, __real_xmltree_parse(&lasting, number) };
	}
	return tree->root;
}
