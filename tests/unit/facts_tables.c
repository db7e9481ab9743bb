/* SPDX-License-Identifier: MIT
 *
 * TABLES.md is true: every table of every scope has the columns it lists, and the
 * figures are those of the sample counted by hand.
 */
#include "facts_sample.h"

#include "base/file.h"
#include "facts/table.h"
#include "model/observed.h"

Suite *facts_tables_suite(void);

static struct sample s;
static struct facts *open[SCOPES];

static void setup(void)
{
	sample_init(&s);
	for (int scope = 0; scope < SCOPES; scope++)
		open[scope] = sample_open(&s, (enum facts_scope)scope);
	facts_choose_firm(open[SCOPE_FIRM], 1);
	facts_choose_agency(open[SCOPE_AGENCY], 0);
	facts_choose_city(open[SCOPE_CITY], 4);
}

static void teardown(void)
{
	for (int scope = 0; scope < SCOPES; scope++)
		facts_close(open[scope]);
	sample_clear(&s);
}

/* ---- the dictionary ----------------------------------------------------------- */

/* "| `name` (1 row) | a, b (why, so), c — remark |" → the name and "a,b,c,"; false for other lines. */
struct listed_table {
	struct text name;
	struct buf columns;
};

static struct listed_table tables[500];
static size_t table_count;

static const struct listed_table *find_listed(struct text name)
{
	for (size_t i = table_count; i-- > 0;)
		if (text_equal(tables[i].name, name))
			return &tables[i];
	return NULL;
}

static void add_column(struct buf *columns, struct text piece)
{
	piece = text_trim(piece);
	if (text_starts(piece, "all of `")) {
		struct text name = text_slice(piece, 8, text_find(text_slice(piece, 8, piece.size), TEXT("`")));
		const struct listed_table *other = find_listed(name);
		ck_assert_msg(other != NULL, "%.*s", TEXT_ARGS(name));
		buf_text(columns, buf_view(&other->columns));
	} else if (piece.size) {
		buf_text(columns, piece);
		buf_byte(columns, ',');
	}
}

/* "x (not in `public`)" is no column of scope public. */
static void read_columns(struct text cell, enum facts_scope scope, struct buf *columns)
{
	struct text but = text_format(s.arena, "(not in `%s`)", scope_name(scope));
	struct buf piece;
	int depth = 0;
	buf_init(&piece, BUF_LIMIT_PAGE);
	cell = text_slice(cell, 0, text_find(cell, TEXT(" — ")));
	for (size_t i = 0; i <= cell.size; i++) {
		char c = i < cell.size ? cell.at[i] : ',';
		if (c == '(' && depth == 0 && text_starts(text_slice(cell, i, cell.size), but.at))
			buf_reset(&piece);
		depth += (c == '(') - (c == ')');
		if (c == ',' && depth == 0) {
			add_column(columns, buf_view(&piece));
			buf_reset(&piece);
		} else if (depth == 0 && c != ')') {
			buf_byte(&piece, c);
		}
	}
	buf_clear(&piece);
}

static bool read_line(struct text line, enum facts_scope scope, struct listed_table *table)
{
	if (!text_starts(line, "| `"))
		return false;
	line = text_slice(line, 3, line.size);
	table->name = text_slice(line, 0, text_find(line, TEXT("`")));
	line = text_slice(line, text_find(line, TEXT("|")) + 1, line.size);
	buf_init(&table->columns, BUF_LIMIT_PAGE);
	read_columns(text_slice(line, 0, line.size - 1), scope, &table->columns);
	return true;
}

/* Not listed by hand: a field of an entity that the table has whole. */
static bool is_of_whole(enum facts_scope scope, struct text table_name, struct text name)
{
	const struct table *table = table_find(scope, table_name);
	for (size_t i = 0; i < table->column_count; i++)
		if (text_is(name, table->columns[i].name))
			return false;
	return table_column(table, scope, name) != NULL;
}

static bool is_in_list(struct text list, struct text name)
{
	struct text listed;
	while (text_next(&list, ',', &listed))
		if (text_equal(listed, name))
			return true;
	return false;
}

/* What TABLES.md lists, in its order; a field that has come to schema.def since need not be listed. */
static void compare(enum facts_scope scope, const struct listed_table *listed)
{
	struct rows rows;
	struct buf names;
	struct text sql = text_format(s.arena, "select * from %.*s", TEXT_ARGS(listed->name));
	ck_assert_msg(facts_query(open[scope], s.arena, sql, NO_SPAN, &rows), "%s: %.*s", scope_name(scope), TEXT_ARGS(listed->name));
	buf_init(&names, BUF_LIMIT_PAGE);
	for (size_t i = 0; i < rows.column_count; i++) {
		if (!is_in_list(buf_view(&listed->columns), rows.names[i]) && is_of_whole(scope, listed->name, rows.names[i]))
			continue;
		buf_text(&names, rows.names[i]);
		buf_byte(&names, ',');
	}
	ck_assert_msg(text_equal(buf_view(&names), buf_view(&listed->columns)), "%s.%.*s\n%s\n%s", scope_name(scope), TEXT_ARGS(listed->name), names.at,
		      listed->columns.at);
	buf_clear(&names);
}

/* The tables of a section of the file; first is where the scope's own begin in `tables`. */
static size_t read_section(struct text file, const char *heading, enum facts_scope scope)
{
	size_t first = table_count, at = text_find(file, text_from(heading));
	ck_assert_msg(at < file.size, "%s", heading);
	struct text rest = text_slice(file, at + 3, file.size), line;
	while (text_next(&rest, '\n', &line) && !text_starts(line, "## "))
		table_count += read_line(line, scope, &tables[table_count]);
	return table_count - first;
}

START_TEST(has_the_columns_of_the_dictionary)
{
	static const char *const headings[SCOPES] = {
		[SCOPE_PUBLIC] = "## `public`", [SCOPE_FIRM] = "## `firm`", [SCOPE_AGENCY] = "## `city`, `agency`", [SCOPE_CITY] = "## `city`, `agency`",
		[SCOPE_PROVINCE] = "## `province`",
	};
	struct file_bytes bytes;
	ck_assert_int_eq(file_map("gen/facts/TABLES.md", 1 << 20, &bytes), 0);
	/* What "all of" speaks of stands under province and firm. */
	read_section(bytes.text, "## `province`", SCOPE_PROVINCE);
	read_section(bytes.text, "## `firm`", SCOPE_FIRM);
	size_t before = table_count;
	for (int scope = 0; scope < SCOPES; scope++) {
		size_t first = table_count, known = 0;
		read_section(bytes.text, "## Every scope", (enum facts_scope)scope);
		read_section(bytes.text, headings[scope], (enum facts_scope)scope);
		for (size_t i = first; i < table_count; i++)
			compare((enum facts_scope)scope, &tables[i]);
		while (table_of((enum facts_scope)scope, known))
			known++;
		ck_assert_msg(known == table_count - first, "%s: %zu tables, %zu in TABLES.md", scope_name((enum facts_scope)scope), known, table_count - first);
	}
	ck_assert_uint_gt(before, 20);
	for (size_t i = 0; i < table_count; i++)
		buf_clear(&tables[i].columns);
	table_count = 0;
	file_release(&bytes);
}
END_TEST

/* ---- what public may show ---------------------------------------------------------- */

/* Columns of scope public that are no public field of schema.def, each with its reason. */
static const char *const whitelist[] = {
	/* follow from the publication itself */
	"campaign.shows_code", "campaign.previous_year", "campaign.generated",
	"levels.track_code", "levels.track", "levels.level", "levels.label", "levels.name",
	"tracks.track_code", "tracks.track", "tracks.model_id", "tracks.edition", "tracks.basis", "tracks.note", "tracks.method",
	"tracks.rounds", "tracks.partial", "tracks.level_count", "tracks.item_count", "tracks.area_count", "tracks.class_count",
	"track_shares.track_code", "track_shares.track", "track_shares.level", "track_shares.label", "track_shares.share",
	"stages.ordinal", "cities.city_code", "cities.city", "cities.ordinal", "cities.short", "cities.tile_column", "cities.tile_row",
	/* what is published of a listed enterprise */
	"listed.ordinal", "listed.slug", "listed.year", "listed.track_code", "listed.track", "listed.level", "listed.level_label",
	"listed.level_name", "listed.movement", "listed.link", "listed.code", "listed.status_code", "listed.status", "listed.first_level",
	"listed.first_label", "listed.former_name", "listed.since", "listed.reason",
	"listed_enterprises.slug", "listed_enterprises.code",
	"history.slug", "history.year", "history.track_code", "history.track", "history.label",
	"enterprise_pages.slug", "enterprise_pages.code", "enterprise_pages.is_listed",
	/* the list as it was on other days, and what was published of the changes */
	"campaign.has_changes", "campaign.is_list_only", "campaign.root_url",
	"versions.ordinal", "versions.date", "versions.state", "versions.is_current", "versions.listed", "versions.corrected",
	"versions.withdrawn", "versions.entries",
	"version_listed.version", "version_listed.is_current", "version_listed.ordinal", "version_listed.slug", "version_listed.year",
	"version_listed.track_code", "version_listed.track", "version_listed.level", "version_listed.level_label", "version_listed.level_name",
	"version_listed.movement", "version_listed.link", "version_listed.code", "version_listed.status_code", "version_listed.status",
	"version_listed.first_label", "version_listed.since", "version_listed.reason",
	"altered.ordinal", "altered.slug", "altered.year", "altered.track_code", "altered.track", "altered.level", "altered.level_label",
	"altered.level_name", "altered.movement", "altered.link", "altered.is_withdrawn", "altered.is_corrected", "altered.is_added",
	"altered.former_name", "altered.status_code", "altered.status", "altered.first_label",
	"altered.first_level", "altered.since", "altered.reason",
	"version_changes.version_from", "version_changes.version_to", "version_changes.is_step", "version_changes.slug", "version_changes.link",
	"version_changes.track_code", "version_changes.track", "version_changes.status_before", "version_changes.label_before",
	"version_changes.status_after", "version_changes.label_after",
	"ledger.ordinal", "ledger.track_code", "ledger.track", "ledger.changes", "ledger.new_name", "ledger.slug", "ledger.link",
	"years.year", "years.title", "years.state", "years.date", "years.listed", "years.link",
	"years.is_list_only", "years.enterprises", "years_root.link", "newest.year", "newest.state", "newest.link", "newest_pages.slug", "newest_pages.link",
	"year_enterprises.ordinal", "year_enterprises.slug", "year_enterprises.name", "year_enterprises.city_code", "year_enterprises.city",
	"year_enterprises.first_year", "year_enterprises.last_year", "year_enterprises.is_listed", "year_enterprises.link",
	"year_entries.ordinal", "year_entries.slug", "year_entries.year", "year_entries.name", "year_entries.city", "year_entries.track_code",
	"year_entries.track", "year_entries.level", "year_entries.label", "year_entries.status", "year_entries.first_label",
	"year_entries.is_withdrawn", "year_entries.link", "year_versions.year", "year_versions.link", "year_versions.ordinal", "year_versions.date", "year_versions.state",
	"year_versions.listed", "year_versions.corrected", "year_versions.withdrawn", "year_pages.path",
	"campaign.is_draft", "campaign.state_note", "versions.state_note",
	/* counts of the listed */
	"overview.listed", "overview.listed_enterprises", "overview.cities",
	"overview.new", "overview.up", "overview.kept", "overview.down", "overview.previous_year", "overview.previous_listed",
	"city_summary.city_code", "city_summary.city", "city_summary.ordinal", "city_summary.slug", "city_summary.listed",
	"city_summary.listed_enterprises", "city_summary.new", "city_summary.up",
	"level_summary.track_code", "level_summary.track", "level_summary.level", "level_summary.label", "level_summary.name",
	"level_summary.slug", "level_summary.listed", "level_summary.share", "level_summary.previous",
	"industry_summary.industry_code", "industry_summary.industry", "industry_summary.slug", "industry_summary.listed",
	"movement_summary.movement", "movement_summary.ordinal", "movement_summary.listed",
	"city_level.city_code", "city_level.city", "city_level.ordinal", "city_level.track_code", "city_level.level",
	"city_level.label", "city_level.listed",
	/* the published models of this year and of the earlier list */
	"previous_editions.track_code", "previous_editions.track", "previous_editions.year", "previous_editions.edition",
	"previous_editions.edition_now", "previous_editions.changed",
	"tracks.ordinal", "listed_enterprises.tracks", "listed_enterprises.track_count", "listed_enterprises.summary", "overview.tracks",
	"overview.several_tracks", "listed.named_platform", "altered.named_platform", "version_listed.named_platform",
	 "city_track.city_code", "city_track.city", "city_track.ordinal", "city_track.slug", "city_track.track_code",
	"city_track.track", "city_track.listed", "city_track.new", "city_track.up", "city_track.kept", "city_track.down",
	"industry_track.industry_code", "industry_track.industry", "industry_track.slug", "industry_track.track_code", "industry_track.track",
	"industry_track.listed", "industry_track.new", "industry_track.up", "industry_track.kept", "industry_track.down",
	/* of the whole province, rounded */
	"participation_track.track_code", "participation_track.track", "participation_track.participants_about",
};

static bool is_whitelisted(const char *name)
{
	for (size_t i = 0; i < sizeof whitelist / sizeof *whitelist; i++)
		if (strcmp(whitelist[i], name) == 0)
			return true;
	return false;
}

START_TEST(shows_only_public_fields_in_public)
{
	const struct table *table;
	for (size_t n = 0; (table = table_of(SCOPE_PUBLIC, n)); n++) {
		struct column_walk walk = { .table = table, .scope = SCOPE_PUBLIC };
		const struct column *column;
		while ((column = column_next(&walk))) {
			const struct field *field = column_field(column);
			char *name = text_string(s.arena, text_format(s.arena, "%s.%s", table->name, column->name));
			if (field)
				ck_assert_msg(field->visibility == VISIBLE_PUBLIC, "%s", name);
			else
				ck_assert_msg(column->is_public && is_whitelisted(name), "%s", name);
		}
	}
}
END_TEST

/* ---- every field, to those who may see it ------------------------------------------------- */

/* Said by `code` and `item_id`, or kept in the participation. */
static bool is_reference(const struct field *field)
{
	return field->type == FIELD_ENTERPRISE || field->type == FIELD_ITEM || field->offset == SCHEMA_NO_OFFSET;
}

/* Does the table show the field?  In a table that has its entity whole a computed column may stand in its place, by its name. */
static bool shows(const struct table *table, enum facts_scope scope, int kind, size_t number)
{
	const struct field *field = &schema_entity((enum entity_kind)kind)->fields[number];
	struct column_walk walk = { .table = table, .scope = scope };
	const struct column *column;
	while ((column = column_next(&walk))) {
		if (column->has_field && column->entity == kind && (size_t)column->field == number)
			return true;
		if (!column->has_field && table->whole & 1u << kind && strcmp(column->name, field->name) == 0 && (int)field->visibility <= (int)scope)
			return true;
	}
	return false;
}

static bool scope_shows(enum facts_scope scope, int kind, size_t number)
{
	const struct table *table;
	bool does_show = false;
	for (size_t n = 0; !does_show && (table = table_of(scope, n)); n++)
		does_show = shows(table, scope, kind, number);
	return does_show;
}

START_TEST(shows_every_field_to_whom_it_may)
{
	const struct entity *entity = schema_entity((enum entity_kind)_i);
	if (_i == ENTITY_PREFECTURE) /* the table cities shows those of the province, in its own words */
		return;
	if (_i == ENTITY_KNOWN_TRACK) /* its words are those of the tracks that took them over */
		return;
	if (_i == ENTITY_HOLIDAY || _i == ENTITY_ITEM_ROW || _i == ENTITY_HEAD || _i == ENTITY_ANSWER) /* no model holds them */
		return;
	for (size_t i = 0; i < entity->field_count; i++)
		for (int scope = 0; scope < SCOPES; scope++) {
			bool may = (int)entity->fields[i].visibility <= scope, does = scope_shows((enum facts_scope)scope, _i, i);
			bool is_due = may && !is_reference(&entity->fields[i]);
			ck_assert_msg(!does || may, "%s shows %s.%s", scope_name((enum facts_scope)scope), entity->name, entity->fields[i].name);
			ck_assert_msg(does || !is_due, "%s lacks %s.%s", scope_name((enum facts_scope)scope), entity->name, entity->fields[i].name);
		}
}
END_TEST

/* Whoever sees his own rows only has no table that does not say whose its rows are. */
START_TEST(says_whose_rows_there_are)
{
	const struct table *table;
	for (int scope = SCOPE_FIRM; scope < SCOPE_PROVINCE; scope++)
		for (size_t n = 0; (table = table_of((enum facts_scope)scope, n)); n++)
			ck_assert_msg(table->about != ABOUT_UNSAID, "%s.%s", scope_name((enum facts_scope)scope), table->name);
}
END_TEST

/* ---- figures ----------------------------------------------------------------------------- */

static const struct {
	enum facts_scope scope;
	const char *sql, *answer;
} answers[] = {
	{ SCOPE_PROVINCE, "select outcome, level, level_label, movement, earlier_year from participations order by participation_id",
	  "达标|2|2星|保持|2020/达标|1|1星|下降|2020/未达标|0|未达标|∅|∅/未完成|0|未完成|∅|∅/达标|1|1星|新达标|∅/未达标|0|未达标|退出|2019/"
	  "达标|2|增强级|新达标|∅/达标|1|基本级|新达标|∅" },
	{ SCOPE_PROVINCE, "select met, partial, unmet, unassessed, not_applicable, applicable, total, percent(rate) from participations where participation_id = 4",
	  "4|1|0|0|1|5|6|80.0%" },
	{ SCOPE_PROVINCE, "select rate, self_rate, total from participations where participation_id = 3", "∅|1|6" },
	{ SCOPE_PROVINCE, "select round(self_lead * 6, 6) from participations order by participation_id limit 5", "1/2/-1/∅/∅" },
	{ SCOPE_PROVINCE, "select enterprises, participants, tracks, several_tracks, finished, unfinished, listed, listed_enterprises, not_reached from overview",
	  "7|8|2|1|7|1|5|4|2" },
	{ SCOPE_PROVINCE, "select reached_rate, percent(listed, participants, 1), new, up, kept, down, dropped, self_assessed, scale_enterprises, target from overview",
	  "0.625|62.5%|3|0|1|1|1|4|500|10" },
	{ SCOPE_PROVINCE, "select previous_year, previous_listed, previous_participants, agencies, provincial_agencies, online_count, onsite_count, key_enterprises from overview",
	  "2020|3|∅|2|1|7|1|1" },
	/* met 6+4+5+4+5+3+2 = 29 of 6+6+6+5+6+3+3 = 35 */
	{ SCOPE_PROVINCE, "select percent(compliance, 2), findings, high_findings, medium_findings, low_findings, rectifications, claimed, partly, open, unchecked from overview",
	  "82.86%|6|1|2|3|2|1|1|0|0" },
	{ SCOPE_PROVINCE, "select city, enterprises, participants, listed, agencies, previous_listed from city_summary where participants > 0",
	  "南京市|2|3|3|2|3/无锡市|1|1|1|0|0/徐州市|1|1|0|0|0/苏州市|3|3|1|0|0" },
	{ SCOPE_PROVINCE, "select track, participants, finished, unfinished, listed, not_reached, percent(rate), percent(self_rate), previous_listed from track_summary",
	  "工控|6|5|1|3|2|82.8%|88.9%|3/平台|2|2|0|2|0|83.3%|—|0" },
	{ SCOPE_PROVINCE, "select track_code, level, label, name, enterprises, share, previous from level_summary",
	  "ics|0|未达标|未达标|2|0.4|∅/ics|1|1星|基础建设级|2|0.4|1/ics|2|2星|规范防护级|1|0.2|2/platform|0|未达标|未达标|0|0|∅/platform|1|基本级|基本级|1|0.5|0/platform|2|增强级|增强级|1|0.5|0" },
	{ SCOPE_PROVINCE, "select code, word, participants, finished, listed, mean_level from industry_summary",
	  "C13|农副食品加工业|3|3|3|1.5/C26|化学原料和化学制品制造业|2|1|0|0/C39|计算机、通信和其他电子设备制造业|1|1|0|0/D46|水的生产和供应业|1|1|1|1/∅|∅|1|1|1|∅" },
	{ SCOPE_PROVINCE, "select track_code, track_name, decider_code, decider, ordinal from tracks", "ics|工控安全防护|province|省级|1/platform|平台安全防护|city|设区市|2" },
	{ SCOPE_PROVINCE, "select tracks, several_tracks from overview", "2|1" },
	{ SCOPE_PROVINCE, "select city, track, participants, finished, unfinished, listed, not_reached, reached_rate, met, applicable, mean_level, new, up, kept, down from city_track where participants > 0",
	  "南京市|工控|2|2|0|2|0|1|10|12|1.5|0|0|1|1/南京市|平台|1|1|0|1|0|1|3|3|2|1|0|0|0/无锡市|工控|1|1|0|1|0|1|4|5|1|1|0|0|0/"
	  "徐州市|工控|1|1|0|0|1|0|5|6|0|0|0|0|0/苏州市|工控|2|1|1|0|1|0|5|6|0|0|0|0|0/苏州市|平台|1|1|0|1|0|1|2|3|1|1|0|0|0" },
	{ SCOPE_PROVINCE, "select count(*), sum(participants), min(ordinal), max(ordinal) from city_track", "26|8|1|13" },
	{ SCOPE_PROVINCE, "select industry_code, track_code, participants, mean_level from industry_track",
	  "C13|ics|2|1.5/C13|platform|1|2/C26|ics|2|0/C26|platform|0|∅/C39|ics|1|0/C39|platform|0|∅/D46|ics|1|1/D46|platform|0|∅/∅|ics|0|∅/∅|platform|1|1" },
	{ SCOPE_PROVINCE, "select word, track, participants from size_track where track_code = 'platform'", "大型|平台|1/中型|平台|0/小型|平台|0/微型|平台|0/∅|平台|1" },
	{ SCOPE_PROVINCE, "select (select sum(participants) from origin_track), (select sum(participants) from grade_track)", "8|8" },
	{ SCOPE_PROVINCE, "select tracks, track_count from enterprises where enterprise_id in (0, 4, 6)", "工控、平台|2/平台|1/∅|0" },
	{ SCOPE_PROVINCE, "select word, participants from size_summary", "大型|3/中型|1/小型|1/微型|1/∅|2" },
	{ SCOPE_PROVINCE, "select id, expected, done, on_time, late, done_rate, on_time_rate from stage_summary",
	  "mobilise|∅|∅|∅|∅|∅|∅/self|8|8|4|4|1|0.5/rectify|5|1|1|0|0.2|1/onsite|2|1|0|1|0.5|0/summary|∅|∅|∅|∅|∅|∅" },
	{ SCOPE_PROVINCE, "select class_id, ordinal, met, partial, unmet, unassessed, not_applicable, applicable, percent(rate), percent(median) from class_summary where track_code = 'ics'",
	  "device|1|15|1|3|0|1|19|78.9%|75.0%/rules|2|9|0|0|1|0|10|90.0%|100.0%" },
	{ SCOPE_PROVINCE, "select item_id, met, unmet, unmet_enterprises from item_summary where track_code = 'ics' and item_id = 'A2-2-01'", "A2-2-01|3|1|2" },
	{ SCOPE_PROVINCE, "select track_code, risk, findings, enterprises from risk_summary", "ics|高|1|1/ics|中|1|1/ics|低|3|3/platform|高|0|0/platform|中|1|1/platform|低|0|0" },
	{ SCOPE_PROVINCE, "select round, participations, met, applicable from round_summary where track_code = 'ics'", "自评|3|16|18/线上核查|5|23|29/整改复核|0|0|0/现场核查|1|6|6" },
	{ SCOPE_PROVINCE, "select self_result, counted_result, items from self_against", "符合|符合|13/符合|不符合|3/不符合|符合|2" },
	{ SCOPE_PROVINCE, "select track, before_result, site_result, items from site_against", "工控|符合|符合|5/工控|不符合|符合|1" },
	{ SCOPE_PROVINCE, "select city, total, claimed, partly, confirmed, waiting, late, claimed_rate, confirmed_rate from rectification_summary where total > 0",
	  "南京市|1|0|1|0|1|1|0|0/苏州市|1|1|0|0|1|0|1|0" },
	{ SCOPE_PROVINCE, "select track_code, risk, ordinal, total, claimed, refuted from rectification_risks", "ics|高|1|1|1|0/ics|中|2|1|0|0" },
	{ SCOPE_PROVINCE, "select agency_code, agency, total, returned, waiting from rectification_agencies", "JG002|机构2|2|0|2" },
	{ SCOPE_PROVINCE, "select department, total, open, unchecked from rectification_departments", "装备部|1|0|0" },
	{ SCOPE_PROVINCE, "select claimed, confirmed, returned, waiting, refuted, unclaimed, claimed_rate, confirmed_rate from overview", "1|0|0|2|0|0|0.5|0" },
	{ SCOPE_PROVINCE, "select sum(must_rectify), count(*) from participations", "5|8" },
	{ SCOPE_PROVINCE, "select item_id, state_code, state, settled_round, reports, history, checker_code from rectifications",
	  "A1-2-01|waiting|待复核|∅|1|∅|JG002/A1-1-01|waiting|待复核|∅|1|∅|JG002" },
	{ SCOPE_PROVINCE, "select agency_code, consulted, checked, reached from agencies", "JG001|2|0|0/JG002|0|8|5" },
	{ SCOPE_PROVINCE, "select code, item_id, status, is_late from rectifications", "91320000CODE00001|A1-2-01|部分整改|1/91320000CODE00002|A1-1-01|已整改|0" },
	{ SCOPE_PROVINCE, "select name, city, listed from nominations", "好案例|南京市|1/坏案例|苏州市|0/机构2|南京市|0" },
	{ SCOPE_PROVINCE, "select year, name, track_code, level, label from earlier", "2020|甲一公司|ics|2|2星/2020|乙二公司|ics|2|2星/2020|旧公司|ics|1|2星/2019|辛八公司|ics|2|2星" },
	{ SCOPE_PROVINCE, "select ordinal, name, track_code, level, participation_id from listed", "1|甲一公司|ics|2|0/2|乙二公司|ics|1|1/3|己六公司|ics|1|4/4|甲一公司|platform|2|6/5|戊五公司|platform|1|7" },
	{ SCOPE_PROVINCE, "select item_id, result, round from results where participation_id = 0 and item_id = 'A1-2-01'", "A1-2-01|符合|现场核查" },
	{ SCOPE_PROVINCE, "select item_id, round, result, date from observations where participation_id = 4 and result <> '符合'", "A1-2-01|线上核查|不适用|2021-10-08/A2-2-01|线上核查|部分符合|2021-10-08" },
	{ SCOPE_PROVINCE, "select code, ordinal, item_id, risk, result, on_way, note from findings where participation_id in (1, 5)",
	  "91320000CODE00001|1|A1-2-01|中|不符合|1|说明1-1/91320000CODE00001|2|A2-2-01|低|不符合|1|说明1-3/91320000CODE00007|1|A3-1-02|低|未评|1|∅" },
	{ SCOPE_PROVINCE, "select p.name, count(*) from participations p join results r on r.participation_id = p.participation_id where p.track_code = 'platform' group by 1", "戊五公司|3/甲一公司|3" },
	{ SCOPE_PROVINCE, "select region, is_key, tracks, track_count, contact from enterprises where code in ('91320000CODE00000', '91320000CODE00002')", "∅|1|工控、平台|2|联系人0/昆山市|0|工控|1|联系人2" },
	{ SCOPE_PROVINCE, "select city, class_id, met, applicable from city_class where track_code = 'ics' and applicable > 0 and class_id = 'rules'", "南京市|rules|4|4/无锡市|rules|2|2/徐州市|rules|1|2/苏州市|rules|2|2" },
	{ SCOPE_PROVINCE, "select count(*) from participations where code = '91320000CODE00000' collate nocase and track_code = 'ics'", "1" },
	{ SCOPE_PROVINCE, "select count(*) from participations where code = null or participation_id = '3' or enterprise_id = 0.0", "3" },

	{ SCOPE_FIRM, "select name, tracks, track_count from firm", "乙二公司|工控|1" },
	{ SCOPE_FIRM, "select level, next_level, gap_level, target_level, top_level, has_way_up, method, days_to_next, peer_count, percent(peer_rate), peer_better from parts",
	  "1|2|2|∅|0|1|min-of-pa|40|5|83.3%|0" },
	{ SCOPE_FIRM, "select round_code, counts, level, met, applicable, date from rounds", "self|0|2|6|6|2021-10-08/online|1|1|4|6|2021-10-08/recheck|1|∅|∅|∅|∅/onsite|1|∅|∅|∅|∅" },
	{ SCOPE_FIRM, "select class_id, met, applicable, percent(rate), percent(self_rate), onsite_rate, percent(median) from class_results", "device|2|4|50.0%|100.0%|∅|75.0%/rules|2|2|100.0%|100.0%|∅|100.0%" },
	{ SCOPE_FIRM, "select element, met, applicable from element_results", "机构建设|1|2/制度流程|1|2/技术工具|2|2" },
	{ SCOPE_FIRM, "select area_id, level, is_limiting from area_results", "A1|1|1/A2|1|1/A3|2|0" },
	{ SCOPE_FIRM, "select ordinal, item_id, due, gain, area_left, lifts_area from steps", "1|A1-2-01|2021-12-20|∅|0|1/2|A2-2-01|2022-01-09|∅|0|1" },
	{ SCOPE_FIRM, "select ordinal, item_id, result, self_result, online_result, onsite_result, first_seen_round, rectification_status from findings",
	  "1|A1-2-01|不符合|符合|不符合|∅|线上核查|部分整改/2|A2-2-01|不符合|符合|不符合|∅|线上核查|∅" },
	{ SCOPE_FIRM, "select item_id, rectification_status, rectification_state, rectification_result from findings where rectification_state is not null",
	  "A1-2-01|部分整改|待复核|∅" },
	{ SCOPE_FIRM, "select item_id, status, is_late, result_now from rectifications", "A1-2-01|部分整改|1|不符合" },
	{ SCOPE_FIRM, "select count(*), min(note) from items", "6|说明1-0" },
	{ SCOPE_FIRM, "select count(*) from evidence", "12" },
	{ SCOPE_FIRM, "select year, level, label from history", "2020|2|2星" },
	{ SCOPE_FIRM, "select count(*) from not_applicable", "0" },

	{ SCOPE_PUBLIC, "select ordinal, name, track, level_label, movement, code from listed",
	  "1|甲一公司|工控|2星|保持|∅/2|乙二公司|工控|1星|下降|∅/3|己六公司|工控|1星|新达标|∅/4|甲一公司|平台|增强级|新达标|∅/5|戊五公司|平台|基本级|新达标|∅" },
	{ SCOPE_PUBLIC, "select name, tracks, track_count, summary from listed_enterprises",
	  "乙二公司|工控|1|工控 1星/甲一公司|工控、平台|2|工控 2星、平台 增强级/己六公司|工控|1|工控 1星/戊五公司|平台|1|平台 基本级" },
	{ SCOPE_PUBLIC, "select city, track_code, listed, new, up, kept, down from city_track where listed > 0",
	  "南京市|ics|2|0|0|1|1/南京市|platform|1|1|0|0|0/无锡市|ics|1|1|0|0|0/苏州市|platform|1|1|0|0|0" },
	{ SCOPE_PUBLIC, "select industry_code, slug, track, listed from industry_track", "C13|c13|工控|2/C13|c13|平台|1/D46|d46|工控|1/D46|d46|平台|0" },
	{ SCOPE_PUBLIC, "select * from participation_track", "ics|工控|10/platform|平台|0" },
	{ SCOPE_PUBLIC, "select h.year, l.name, h.level from history h join listed_enterprises l using (slug)", "2020|甲一公司|2/2020|乙二公司|2" },
	{ SCOPE_PUBLIC, "select * from overview", "5|4|2|1|3|3|0|1|1|2020|3" },
	{ SCOPE_PUBLIC, "select city, slug, listed, listed_enterprises, new from city_summary where listed > 0", "南京市|320100|3|2|1/无锡市|320200|1|1|1/苏州市|320500|1|1|1" },
	{ SCOPE_PUBLIC, "select slug, listed, percent(share), previous from level_summary", "ics-1|2|66.7%|1/ics-2|1|33.3%|2/platform-1|1|50.0%|0/platform-2|1|50.0%|0" },
	{ SCOPE_PUBLIC, "select industry_code, slug, listed from industry_summary", "C13|c13|3/D46|d46|1" },
	{ SCOPE_PUBLIC, "select movement, listed from movement_summary", "新达标|3/提升|0/保持|1/下降|1" },
	{ SCOPE_PUBLIC, "select sum(listed) from city_level where track_code = 'ics'", "3" },
	{ SCOPE_PUBLIC, "select award, name, city from nominations", "优秀案例|好案例|南京市/优秀服务商|机构2|∅" },
};

START_TEST(counts_as_by_hand)
{
	ck_assert_str_eq(sample_ask(&s, open[answers[_i].scope], answers[_i].sql), answers[_i].answer);
	ck_assert_str_eq(sample_ask(&s, open[answers[_i].scope], answers[_i].sql), answers[_i].answer); /* prepared */
}
END_TEST

START_TEST(follows_the_chosen_firm)
{
	static const char sql[] = "select name, (select count(*) from parts), (select count(*) from items) from firm";
	struct facts *facts = open[SCOPE_FIRM];
	facts_choose_firm(facts, 0);
	ck_assert_str_eq(sample_ask(&s, facts, sql), "甲一公司|2|9");
	facts_choose_firm(facts, 4);
	ck_assert_str_eq(sample_ask(&s, facts, sql), "戊五公司|1|3");
	/* j0 and j1 met: 3 of 4, short of 0.9; j2 gives the missing weight 1. */
	ck_assert_str_eq(sample_ask(&s, facts, "select level, share, reached, got, failed_vetoes from shares"), "1|0.6|1|1|0/2|0.9|0|0.75|0");
	ck_assert_str_eq(sample_ask(&s, facts, "select item_id, gain, points from steps"), "B1-2-01|1|0.25");
	/* Two finished in the track: nothing is told about them. */
	ck_assert_str_eq(sample_ask(&s, facts, "select peer_count, peer_rate, peer_better, (select max(median) from class_results) from parts"), "2|∅|∅|∅");
	facts_choose_firm(facts, 6);
	ck_assert_str_eq(sample_ask(&s, facts, sql), "庚七公司|0|0");
	facts_choose_firm(facts, -1);
	ck_assert_str_eq(sample_ask(&s, facts, sql), "");
}
END_TEST

START_TEST(shows_codes_where_configured)
{
	s.model.campaign.publication.credit_code = SHOWN_SHOWN;
	ck_assert_str_eq(sample_ask(&s, open[SCOPE_PUBLIC], "select code from listed where ordinal = 1"), "91320000CODE00000");
}
END_TEST

START_TEST(keeps_addresses_apart)
{
	static const char sql[] = "select count(distinct slug), count(distinct name), max(length(slug)) from listed";
	ck_assert_str_eq(sample_ask(&s, open[SCOPE_PUBLIC], sql), "4|4|12");
	const char *before = sample_ask(&s, open[SCOPE_PUBLIC], "select distinct slug from listed where name = '甲一公司'");
	s.model.enterprises[1].name = s.model.enterprises[0].name;
	struct facts *facts = sample_open(&s, SCOPE_PUBLIC);
	ck_assert_str_eq(sample_ask(&s, facts, sql), "4|3|12");
	ck_assert_str_eq(sample_ask(&s, facts, "select slug from listed where name = '甲一公司' order by city_code limit 1"), before);
	facts_close(facts);
}
END_TEST

START_TEST(finds_lines)
{
	sources_root(s.sources, "data", "/srv/data");
	uint32_t number = sources_add(s.sources, TEXT("/srv/data/results/a.csv"), TEXT("a\r\nb\nc"), "UTF-8");
	observed_set_place(&s.model.observations[0], (struct span){ number, 5, 6 });
	observed_set_place(&s.model.observations[1], (struct span){ number, 3, 4 });
	ck_assert_str_eq(sample_ask(&s, open[SCOPE_PROVINCE], "select file, line from observations limit 3"), "data/results/a.csv|3/data/results/a.csv|2/∅|∅");
}
END_TEST

Suite *facts_tables_suite(void)
{
	Suite *suite = suite_create("facts/tables");
	TCase *tcase = tcase_create("tables");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, has_the_columns_of_the_dictionary);
	tcase_add_test(tcase, shows_only_public_fields_in_public);
	tcase_add_loop_test(tcase, shows_every_field_to_whom_it_may, 0, ENTITIES);
	tcase_add_test(tcase, says_whose_rows_there_are);
	tcase_add_loop_test(tcase, counts_as_by_hand, 0, (int)(sizeof answers / sizeof *answers));
	tcase_add_test(tcase, follows_the_chosen_firm);
	tcase_add_test(tcase, shows_codes_where_configured);
	tcase_add_test(tcase, keeps_addresses_apart);
	tcase_add_test(tcase, finds_lines);
	suite_add_tcase(suite, tcase);
	return suite;
}
