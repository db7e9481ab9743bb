/* SPDX-License-Identifier: MIT */
#include "build/begin.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/list.h"
#include "check/load.h"
#include "model/address.h"
#include "read/clean.h"
#include "read/input.h"
#include "read/table.h"
#include "read/xmltree.h"

/* ---- tables ------------------------------------------------------------------------------ */

void begin_header(const struct entity *entity, struct buf *buf)
{
	buf_string(buf, "\xEF\xBB\xBF");
	for (size_t i = 0; i < entity->field_count; i++) {
		if (i)
			buf_byte(buf, ',');
		buf_csv(buf, text_from(entity->fields[i].heading));
	}
	buf_string(buf, "\r\n");
}

#define EXAMPLE_PLACE "示例省示例市示例路1号,000000,,"

/* Of a row of delivery.csv what stands behind the channel, to show what the channel needs. */
static const char *const deliveries[CHANNELS] = {
	[CHANNEL_PLATFORM] = ",,,,,,按信用代码送到省级平台，不用写地址",
	[CHANNEL_PAPER] = "示例公司,综合部,示例收件人," EXAMPLE_PLACE "收件人和地址必填；收件单位不写即企业名称",
	[CHANNEL_MEDIUM] = "示例公司,信息部,示例收件人," EXAMPLE_PLACE "加密文件当面递交；收件人和地址必填",
	[CHANNEL_NOTICE] = ",,,,,office@example.org,只通知、不带诊断书；电子邮箱必填，只写一个",
	[CHANNEL_ATTACHMENT] = ",,,,,office@example.org,附加密的诊断书；campaign.xml 写 mail-attachment=yes 才能用",
};

/* Rows that begin with 填写说明 or 示例 are no data (read/table_aside.c), so that they may stay. */
static void write_deliveries(struct buf *buf)
{
	buf_string(buf, "填写说明：每家企业一行，以下各行不算数据，可以留着；"
			"没有写到的企业用 campaign.xml 里 <delivery default> 的渠道\r\n");
	for (int i = 0; i < CHANNELS; i++)
		buf_format(buf, "示例,%s,%s\r\n", choice_word(SET_CHANNEL, i), deliveries[i]);
}

static const struct {
	enum entity_kind kind;
	uint32_t kept; /* fields that stay from year to year, as bits; 0: no row does */
	void (*examples)(struct buf *buf); /* lines below the headings; NULL: none */
} tables[] = {
	{ .kind = ENTITY_ENTERPRISE },
	{ .kind = ENTITY_PARTICIPATION },
	{ .kind = ENTITY_AGENCY, .kept = ~(1u << FIELD_agency_committed) },
	{ .kind = ENTITY_CITY, .kept = 1u << FIELD_city_city },
	{ .kind = ENTITY_RECTIFICATION },
	{ .kind = ENTITY_NOMINATION },
	{ .kind = ENTITY_LEDGER },
	{ .kind = ENTITY_DELIVERY, .examples = write_deliveries },
};
enum { TABLES = sizeof tables / sizeof *tables };

/* Last year's rows; what is wrong with them was said last year, and will be again. */
static int64_t keep_rows(const struct begin_place *place, const char *folder, size_t index, struct buf *buf)
{
	const struct entity *entity = schema_entity(tables[index].kind);
	struct diag *aside = diag_new(place->arena, place->sources);
	const struct reader reader = { .arena = place->arena, .sources = place->sources, .diag = aside };
	const char *path = input_table(place->arena, folder, entity->file, NULL);
	struct table table;
	int64_t kept = 0;
	if (!tables[index].kept || !path || !table_open(&table, &reader, path, tables[index].kind))
		return 0;
	while (table_next(&table)) {
		if (table.fault != DIAG_KINDS)
			continue;
		for (size_t i = 0; i < entity->field_count; i++) {
			if (i)
				buf_byte(buf, ',');
			if (tables[index].kept & 1u << i)
				buf_csv(buf, clean_text(place->arena, table_value(&table, i).text));
		}
		buf_string(buf, "\r\n");
		kept++;
	}
	return kept;
}

static void add_file(struct begin *begin, struct begin_file file)
{
	begin->files[begin->count++] = file;
}

static void add_tables(const struct begin_place *place, const char *folder, struct begin *begin)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_FILE);
	for (size_t i = 0; i < TABLES; i++) {
		const struct entity *entity = schema_entity(tables[i].kind);
		buf_reset(&buf);
		begin_header(entity, &buf);
		int64_t kept = folder ? keep_rows(place, folder, i, &buf) : 0;
		if (tables[i].examples)
			tables[i].examples(&buf);
		add_file(begin, (struct begin_file){ .name = text_from(entity->file), .entity = entity, .kept = kept,
						     .has_examples = tables[i].examples != NULL,
						     .bytes = text_copy(place->arena, buf_view(&buf)) });
	}
	buf_clear(&buf);
	add_file(begin, (struct begin_file){ .name = TEXT("results/") });
}

/* ---- campaign.xml from last year's ---------------------------------------------------------- */

/* A part of the file in other words; in the order of the file, none over another. */
struct edit {
	uint32_t start, end;
	struct text text;
};

struct rewriting {
	const struct begin_place *place;
	struct begin *begin;
	struct text source;
	LIST(struct edit) edits;
};

static void put(struct rewriting *rewriting, uint32_t start, uint32_t end, struct text text)
{
	LIST_PUSH(&rewriting->edits, ((struct edit){ start, end, text }));
}

static void put_value(struct rewriting *rewriting, const struct xml_node *node, const char *name, struct text text)
{
	const struct xml_attribute *attribute = xmltree_attribute(node, name);
	if (attribute)
		put(rewriting, attribute->span.start, attribute->span.end, text);
}

static void ask_date(struct rewriting *rewriting, const struct xml_node *node, const char *name)
{
	put_value(rewriting, node, name, TEXT(BEGIN_TO_FILL));
	rewriting->begin->dates += xmltree_attribute(node, name) != NULL;
}

/* With the blanks in front of it and the quote behind it. */
static void remove_attribute(struct rewriting *rewriting, const struct xml_node *node, const char *name)
{
	const struct xml_attribute *attribute = xmltree_attribute(node, name);
	if (!attribute)
		return;
	uint32_t start = attribute->name_span.start;
	while (start && strchr(" \t\r\n", rewriting->source.at[start - 1]))
		start--;
	put(rewriting, start, attribute->span.end + 1, NO_TEXT);
}

static struct text year_text(const struct begin_place *place, int64_t year)
{
	return text_format(place->arena, "%lld", (long long)year);
}

static void put_title(struct rewriting *rewriting, const struct xml_node *root)
{
	const struct xml_attribute *title = xmltree_attribute(root, "title");
	struct text from = year_text(rewriting->place, rewriting->begin->from);
	struct text to = year_text(rewriting->place, rewriting->place->year);
	if (!title)
		return;
	for (uint32_t at = title->span.start; at + from.size <= title->span.end; at++)
		if (memcmp(rewriting->source.at + at, from.at, from.size) == 0) {
			put(rewriting, at, at + (uint32_t)from.size, to);
			rewriting->begin->names_year = true;
		}
}

/* The address that names last year's site names this year's. */
static void put_address(struct rewriting *rewriting, const struct xml_node *publication)
{
	const struct xml_attribute *url = xmltree_attribute(publication, "base-url");
	const struct begin_place *place = rewriting->place;
	if (url && address_other_year(url->value, place->year) == rewriting->begin->from)
		put_value(rewriting, publication, "base-url",
			  address_of_year(place->arena, address_of_root(url->value), place->year));
}

static int compare_edits(const void *left, const void *right)
{
	const struct edit *a = left, *b = right;
	return (a->start > b->start) - (a->start < b->start);
}

/* The declaration says UTF-8, which is what the rest is now. */
static uint32_t write_declaration(struct text source, struct buf *buf)
{
	size_t end = text_find(source, TEXT("?>"));
	buf_string(buf, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
	if (text_starts(source, "<?xml") && end < source.size)
		return (uint32_t)(end + strlen("?>"));
	buf_byte(buf, '\n');
	return 0;
}

static struct text rewritten(struct rewriting *rewriting)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_PAGE);
	uint32_t at = write_declaration(rewriting->source, &buf);
	if (rewriting->edits.count)
		qsort(rewriting->edits.at, rewriting->edits.count, sizeof *rewriting->edits.at, compare_edits);
	for (size_t i = 0; i < rewriting->edits.count; i++) {
		const struct edit *edit = &rewriting->edits.at[i];
		buf_text(&buf, text_slice(rewriting->source, at, edit->start - at));
		buf_text(&buf, edit->text);
		at = edit->end;
	}
	buf_text(&buf, text_slice(rewriting->source, at, rewriting->source.size));
	struct text text = text_copy(rewriting->place->arena, buf_view(&buf));
	buf_clear(&buf);
	return text;
}

static void add_model(const struct begin_place *place, struct begin *begin, struct text id)
{
	const char *comma = begin->models.size ? ", " : "";
	begin->models = text_format(place->arena, "%.*s%s%.*s", TEXT_ARGS(begin->models), comma, TEXT_ARGS(id));
}

static void note_models(const struct begin_place *place, struct begin *begin, const struct xml_node *root)
{
	for (const struct xml_node *node = xmltree_child(root, "track"); node; node = xmltree_next(node)) {
		const struct xml_attribute *model = xmltree_attribute(node, "model");
		if (model)
			add_model(place, begin, model->value);
	}
}

/* Before a list is proposed nobody knows of a later one, nor its 文号: both are written when there is one. */
static bool rewrite_campaign(const struct begin_place *place, const char *folder, struct begin *begin)
{
	const struct reader reader = { .arena = place->arena, .sources = place->sources, .diag = place->diag };
	const struct xml_node *root = xmltree_load(&reader, file_join(place->arena, folder, TEXT("campaign.xml")));
	if (!root)
		return false;
	struct rewriting rewriting = { .place = place, .begin = begin };
	rewriting.source = sources_find(place->sources, root->span.source)->text;
	const struct xml_node *publication = xmltree_child(root, "publication");
	put_value(&rewriting, root, "year", year_text(place, place->year));
	put_title(&rewriting, root);
	ask_date(&rewriting, root, "notice");
	for (const struct xml_node *node = xmltree_child(root, "stage"); node; node = xmltree_next(node))
		ask_date(&rewriting, node, "deadline");
	put_value(&rewriting, publication, "state", text_from(choice_word(SET_STATE, STATE_PROPOSED)));
	ask_date(&rewriting, publication, "date");
	ask_date(&rewriting, publication, "objection-until");
	remove_attribute(&rewriting, publication, "proposed");
	remove_attribute(&rewriting, publication, "document-number");
	remove_attribute(&rewriting, publication, "valid-until");
	put_address(&rewriting, publication);
	note_models(place, begin, root);
	add_file(begin, (struct begin_file){ .name = TEXT("campaign.xml"), .bytes = rewritten(&rewriting) });
	LIST_FREE(&rewriting.edits);
	return true;
}

/* ---- campaign.xml from nothing ------------------------------------------------------------------ */

struct found_model {
	struct text id, track;
};
typedef LIST(struct found_model) model_list;

/* A catalogue as far as its root says; the last by name of each track is taken. */
static void take_model(const struct begin_place *place, const char *path, model_list *list)
{
	struct diag *aside = diag_new(place->arena, place->sources);
	const struct reader reader = { .arena = place->arena, .sources = place->sources, .diag = aside };
	const struct xml_node *root = xmltree_load(&reader, path);
	const struct xml_attribute *id = xmltree_attribute(root, "id"), *track = xmltree_attribute(root, "track");
	struct text first = NO_TEXT;
	if (!root || !text_is(root->name, "model") || !id)
		return;
	struct text rest = track ? track->value : NO_TEXT;
	while (!first.size && text_next(&rest, ' ', &first))
		;
	for (size_t i = 0; i < list->count; i++)
		if (text_equal(list->at[i].track, first)) {
			list->at[i].id = id->value;
			return;
		}
	LIST_PUSH(list, ((struct found_model){ id->value, first }));
}

static void find_models(const struct begin_place *place, model_list *list)
{
	struct text *names;
	size_t count;
	const char *folder = place->models ? place->models : file_join(place->arena, place->data, TEXT("models"));
	if (file_list(place->arena, folder, ".xml", &names, &count))
		return;
	for (size_t i = 0; i < count; i++)
		take_model(place, file_join(place->arena, folder, names[i]), list);
}

static const char *const stages[][2] = {
	{ "mobilise", "组织动员" }, { "self", "企业自评估" }, { "rectify", "整改提升" }, { "onsite", "现场核查" },
	{ "summary", "工作总结" },
};
enum { STAGES = sizeof stages / sizeof *stages };

static void make_campaign(const struct begin_place *place, struct begin *begin)
{
	struct buf buf;
	model_list models = { 0 };
	find_models(place, &models);
	buf_init(&buf, BUF_LIMIT_PAGE);
	buf_string(&buf, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	buf_format(&buf, "<campaign year=\"%lld\" title=\"\"\n", (long long)place->year);
	buf_string(&buf, "          province=\"\" publisher=\"\">\n");
	for (size_t i = 0; i < STAGES; i++)
		buf_format(&buf, "  <stage id=\"%s\" name=\"%s\" deadline=\"%s\"/>\n", stages[i][0], stages[i][1],
			   BEGIN_TO_FILL);
	buf_format(&buf, "  <publication state=\"%s\" date=\"%s\" objection-until=\"%s\"/>\n",
		   choice_word(SET_STATE, STATE_PROPOSED), BEGIN_TO_FILL, BEGIN_TO_FILL);
	begin->dates = STAGES + 2;
	for (size_t i = 0; i < models.count; i++) {
		buf_string(&buf, "  <track id=\"");
		buf_xml(&buf, models.at[i].track);
		buf_string(&buf, "\" model=\"");
		buf_xml(&buf, models.at[i].id);
		buf_string(&buf, "\">\n    <rule method=\"min-of-pa\" rounds=\"onsite recheck online\"/>\n");
		buf_string(&buf, "  </track>\n");
		add_model(place, begin, models.at[i].id);
	}
	buf_string(&buf, "</campaign>\n");
	struct text bytes = text_copy(place->arena, buf_view(&buf));
	add_file(begin, (struct begin_file){ .name = TEXT("campaign.xml"), .bytes = bytes });
	buf_clear(&buf);
	LIST_FREE(&models);
}

/* ---- the year -------------------------------------------------------------------------------------- */

/* The newest year before this one that has a campaign.xml; 0: there is none. */
static int64_t year_before(const struct begin_place *place)
{
	int64_t *years, before = 0;
	size_t count = load_years(place->arena, place->data, &years);
	for (size_t i = 0; i < count; i++)
		if (years[i] < place->year)
			before = years[i];
	return before;
}

bool begin_year(const struct begin_place *place, struct begin *begin)
{
	*begin = (struct begin){ .from = year_before(place) };
	begin->files = ARENA_ARRAY(place->arena, struct begin_file, TABLES + 2);
	const char *folder = NULL;
	if (begin->from)
		folder = file_join(place->arena, place->data, year_text(place, begin->from));
	if (!folder)
		make_campaign(place, begin);
	else if (!rewrite_campaign(place, folder, begin))
		return false;
	add_tables(place, folder, begin);
	return true;
}
