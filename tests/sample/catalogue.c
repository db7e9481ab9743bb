/* SPDX-License-Identifier: MIT */
/* A scan in place: attribute values are cut out of the text with NULs, so nothing is copied. */
#include "catalogue.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "words.h"

enum { TAG_ATTRIBUTES_MAX = 12 };

struct attribute {
	const char *name, *value;
};

struct tag {
	const char *name;
	struct attribute attributes[TAG_ATTRIBUTES_MAX];
	size_t count;
};

/* Which classes the sample's province is weak in; the names are those of data/models. */
static const struct {
	const char *name;
	uint8_t weakness;
} class_weakness[] = {
	{"工业网络边界安全", 10}, {"供应链安全保障", 9}, {"监测预警与应急响应", 5}, {"工业数据安全", 5},
	{"工业主机安全", 4},      {"工业控制软件安全", 4}, {"工业设备安全", 3},     {"人员管理与培训", 2},
	{"安全规划与架构", 2},    {"物理与环境安全", 1}, {"边缘层", 8},            {"数据安全", 6},
	{"工业PaaS层", 5},        {"安全管理", 4},       {"工业SaaS层", 4},        {"工业IaaS层", 3},
};

static const char *const element_names[ELEMENT_COUNT] = {
	[ELEMENT_UNITS] = "机构建设",
	[ELEMENT_RULES] = "制度流程",
	[ELEMENT_TOOLS] = "技术工具",
	[ELEMENT_PEOPLE] = "人员能力",
};

static char *skip_space(char *at)
{
	return at + strspn(at, " \t\r\n");
}

/* Cut one name="value" at *at and move past it; false at the end of the tag. */
static bool attribute_parse(char **at, struct attribute *attribute)
{
	char *name = skip_space(*at);
	char *equals = name + strcspn(name, "= \t\r\n/>");
	char *quote = strpbrk(equals, "\"'>");
	if (equals == name || quote == NULL || *quote == '>')
		return false;
	char *end = strchr(quote + 1, *quote);
	if (end == NULL)
		return false;
	*equals = '\0';
	*end = '\0';
	*attribute = (struct attribute){name, quote + 1};
	*at = end + 1;
	return true;
}

/* Cut the next opening tag at or after *at; false at the end of the text. */
static bool tag_parse(char **at, struct tag *tag)
{
	char *open = *at;
	for (;;) {
		open = strchr(open, '<');
		if (open == NULL)
			return false;
		if (strncmp(open, "<!--", 4) == 0) {
			char *close = strstr(open, "-->");
			if (close == NULL)
				return false;
			open = close;
		} else if (strchr("/?!", open[1]) == NULL) {
			break;
		}
		open++;
	}
	tag->name = ++open;
	tag->count = 0;
	char *rest = open + strcspn(open, " \t\r\n/>");
	bool has_attributes = *rest == ' ' || *rest == '\t' || *rest == '\n' || *rest == '\r';
	if (*rest != '\0')
		*rest++ = '\0';
	while (has_attributes && tag->count < TAG_ATTRIBUTES_MAX && attribute_parse(&rest, &tag->attributes[tag->count]))
		tag->count++;
	*at = rest;
	return true;
}

/* The value of an attribute, or "" where the tag has none. */
static const char *tag_value(const struct tag *tag, const char *name)
{
	for (size_t i = 0; i < tag->count; i++)
		if (strcmp(tag->attributes[i].name, name) == 0)
			return tag->attributes[i].value;
	return "";
}

static uint32_t milli_from_text(const char *text)
{
	char *rest;
	uint32_t milli = (uint32_t)strtoul(text, &rest, 10) * 1000;
	if (*rest++ == '.')
		for (uint32_t place = 100; *rest >= '0' && *rest <= '9' && place > 0; rest++, place /= 10)
			milli += place * (uint32_t)(*rest - '0');
	return milli == 0 ? 1000 : milli;
}

static enum element element_from_text(const char *text)
{
	unsigned element = 0;
	while (element < ELEMENT_TOOLS && strcmp(text, element_names[element]) != 0)
		element++;
	return strcmp(text, element_names[ELEMENT_PEOPLE]) == 0 ? ELEMENT_PEOPLE : (enum element)element;
}

static uint8_t weakness_from_class(const char *name)
{
	for (size_t i = 0; i < sizeof class_weakness / sizeof *class_weakness; i++)
		if (strcmp(name, class_weakness[i].name) == 0)
			return class_weakness[i].weakness;
	return 4;
}

static void level_add(struct catalogue *catalogue, const struct tag *tag)
{
	int n = tag_value(tag, "n")[0] - '0';
	if (n < 1 || n > CATALOGUE_LEVELS_MAX)
		return;
	catalogue->levels[n] = (struct level){tag_value(tag, "name"), tag_value(tag, "label")};
	if (n > catalogue->top)
		catalogue->top = n;
}

/* What an item inherits from the class and area that it stands in. */
struct place {
	uint8_t weakness;
	const char *area;
	const struct area_words *words;
};

static void item_add(struct catalogue *catalogue, const struct tag *tag, const struct place *place)
{
	if (catalogue->count == CATALOGUE_ITEMS_MAX)
		return;
	catalogue->items[catalogue->count++] = (struct item){
		.id = tag_value(tag, "id"),
		.area = place->area,
		.department = "",
		.words = place->words,
		.element = element_from_text(tag_value(tag, "element")),
		.level = tag_value(tag, "level")[0] - '0',
		.weight_milli = milli_from_text(tag_value(tag, "weight")),
		.weakness = place->weakness,
		.is_veto = strcmp(tag_value(tag, "veto"), "yes") == 0,
	};
}

static void tag_use(struct catalogue *catalogue, const struct tag *tag, struct place *place)
{
	if (strcmp(tag->name, "level") == 0) {
		level_add(catalogue, tag);
	} else if (strcmp(tag->name, "class") == 0) {
		place->weakness = weakness_from_class(tag_value(tag, "name"));
	} else if (strcmp(tag->name, "area") == 0) {
		place->area = tag_value(tag, "id");
		place->words = words_find(place->area);
	} else if (strcmp(tag->name, "item") == 0) {
		item_add(catalogue, tag, place);
	} else if (strcmp(tag->name, "advice") == 0 && catalogue->count > 0) {
		catalogue->items[catalogue->count - 1].department = tag_value(tag, "department");
	}
}

/* True when the text's <model> is the one asked for; the catalogue is then filled from it. */
static bool catalogue_scan(struct catalogue *catalogue, const char *id)
{
	struct place place = {4, "", words_find("")};
	struct tag tag;
	char *at = catalogue->text;
	if (!tag_parse(&at, &tag) || strcmp(tag.name, "model") != 0 || strcmp(tag_value(&tag, "id"), id) != 0)
		return false;
	while (tag_parse(&at, &tag))
		tag_use(catalogue, &tag, &place);
	return true;
}

/* The whole file with a NUL behind it, or NULL. */
static char *file_read(const char *path)
{
	FILE *file = fopen(path, "rb");
	if (file == NULL)
		return NULL;
	char *text = NULL;
	size_t size = 0, room = 0;
	do {
		room = room == 0 ? 65536 : room * 2;
		char *grown = realloc(text, room);
		if (grown == NULL)
			break;
		text = grown;
		size += fread(text + size, 1, room - size - 1, file);
	} while (size == room - 1);
	fclose(file);
	if (text != NULL)
		text[size] = '\0';
	return text;
}

static int is_visible_xml(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);
	return entry->d_name[0] != '.' && length > 4 && strcmp(entry->d_name + length - 4, ".xml") == 0;
}

/* Try one file; a file of another model is forgotten again. */
static bool catalogue_try(struct catalogue *catalogue, const char *path, const char *id)
{
	*catalogue = (struct catalogue){.text = file_read(path)};
	if (catalogue->text != NULL && catalogue_scan(catalogue, id))
		return true;
	catalogue_clear(catalogue);
	return false;
}

static bool catalogue_search(struct catalogue *catalogue, const char *folder, const char *id)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, is_visible_xml, alphasort);
	bool is_found = false;
	for (int i = 0; i < count; i++) {
		char path[4096];
		int size = snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
		if (!is_found && size > 0 && (size_t)size < sizeof path)
			is_found = catalogue_try(catalogue, path, id);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	return is_found;
}

static bool catalogue_is_usable(const struct catalogue *catalogue)
{
	for (int level = 1; level <= catalogue->top; level++)
		if (catalogue->levels[level].name == NULL)
			return false;
	for (size_t i = 0; i < catalogue->count; i++)
		if (catalogue->items[i].level < 1 || catalogue->items[i].level > catalogue->top)
			return false;
	return catalogue->count > 0 && catalogue->top > 0;
}

bool catalogue_load(struct catalogue *catalogue, const char *folder, const char *id)
{
	char below[4096];
	int size = snprintf(below, sizeof below, "%s/models", folder);
	bool has_below = size > 0 && (size_t)size < sizeof below;
	if (!catalogue_search(catalogue, folder, id) && !(has_below && catalogue_search(catalogue, below, id))) {
		fprintf(stderr, "sample: no model %s under %s\n", id, folder);
		return false;
	}
	if (catalogue_is_usable(catalogue))
		return true;
	fprintf(stderr, "sample: model %s lacks items or levels, or an item is outside its levels\n", id);
	catalogue_clear(catalogue);
	return false;
}

void catalogue_clear(struct catalogue *catalogue)
{
	free(catalogue->text);
	catalogue->text = NULL;
}

const char *catalogue_level(const struct catalogue *catalogue, int level, unsigned form)
{
	static const char *const numbers[CATALOGUE_LEVELS_MAX + 1] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
	if (level <= 0)
		return "未达标";
	if (form == 2)
		return numbers[level];
	return form == 1 ? catalogue->levels[level].name : catalogue->levels[level].label;
}
