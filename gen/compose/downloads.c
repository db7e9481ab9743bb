/* SPDX-License-Identifier: MIT */
#include "compose/downloads.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/json_write.h"
#include "compose/site.h"
#include "compose/workbook.h"

#define COLUMNS \
	"select year as 年度, enterprise as 企业名称, city as 设区市, industry as 行业, track as 类型, level_label as 级别, " \
	"level_name as 级别名称, movement as 变化, link as 链接"
/* Where an enterprise has several platforms of a track on the list: which of them the entry is about. */
#define PLATFORM ", named_platform as 平台名称"
#define IN_ORDER " from listed order by ordinal"
#define IN_VERSION " from version_listed where is_current order by ordinal"
/* Where the ledger changed the list: the same columns, behind them what became of each entry; withdrawn ones stay. */
#define CHANGES ", status as 状态, first_label as 原级别, since as 变动日期, reason as 公开说明"
#define CODE ", code as 统一社会信用代码"
/* While the list is a draft or proposed, the file says so wherever it is passed on to: the last column. */
#define NOTE_OF(row) ", (select state_note from " row ") as 状态说明"

/* Of all years, newest first; what was withdrawn stays, and says so. */
#define OVER_YEARS \
	"select e.year as 年度, e.name as 企业名称, e.city as 设区市, e.track as 类型, e.label as 级别, " \
	"coalesce(e.status, '有效') as 状态, e.first_label as 原级别, y.state as 名单状态, e.link as 链接"
#define OVER_YEARS_IN_ORDER \
	" from year_entries e join years y on y.year = e.year order by e.year desc, e.ordinal"

enum { FIELDS_MOST = 16, DOWNLOADS = 3 };

/* A file as it was written. */
struct download {
	const char *kind; /* csv, json, xlsx */
	size_t size;      /* bytes */
	char hash[65];    /* sha256 */
};

static size_t find_fields(struct facts_field fields[FIELDS_MOST])
{
	return facts_fields(SCOPE_PUBLIC, TEXT("listed"), fields, FIELDS_MOST);
}

static struct datum describe_fields(struct arena *arena)
{
	enum { NAMES = 2 };
	static const struct text names[NAMES] = { TEXT_INIT("name"), TEXT_INIT("type") };
	struct facts_field fields[FIELDS_MOST];
	size_t count = find_fields(fields);
	struct datum *items = ARENA_ARRAY(arena, struct datum, count);
	for (size_t i = 0; i < count; i++) {
		struct datum *values = ARENA_ARRAY(arena, struct datum, NAMES);
		values[0] = datum_text(text_from(fields[i].heading));
		values[1] = datum_text(text_from(fields[i].is_number ? "integer" : "string"));
		items[i] = datum_object(names, values, NAMES);
	}
	return datum_list(items, count);
}

/* The columns of every download, up to the credit code. */
static const char *columns_of(struct arena *arena)
{
	struct facts_field fields[FIELDS_MOST];
	size_t count = find_fields(fields);
	struct text sql = TEXT(COLUMNS);
	for (size_t i = 0; i < count; i++)
		sql = text_format(arena, "%.*s, \"%s\" as \"%s\"", TEXT_ARGS(sql), fields[i].name, fields[i].heading);
	return text_string(arena, sql);
}

static bool ask(struct arena *arena, const struct site_options *options, const char *sql, struct rows *rows)
{
	return options->source.query(options->source.context, arena, text_from(sql), NO_SPAN, rows);
}

static const struct value *cell_at(const struct rows *rows, size_t row, size_t column)
{
	return &rows->values[row * rows->column_count + column];
}

/* UTF-8 with BOM and CRLF, which is what spreadsheets in China read without asking. */
static void write_csv(const struct rows *rows, struct buf *buf)
{
	buf_string(buf, "\xEF\xBB\xBF");
	for (size_t i = 0; i < rows->column_count; i++) {
		buf_string(buf, i ? "," : "");
		buf_csv(buf, rows->names[i]);
	}
	buf_string(buf, "\r\n");
	for (size_t row = 0; row < rows->row_count; row++) {
		for (size_t i = 0; i < rows->column_count; i++) {
			buf_string(buf, i ? "," : "");
			buf_csv(buf, cell_at(rows, row, i)->text);
		}
		buf_string(buf, "\r\n");
	}
}

static void write_value(struct json_write *json, const struct value *value)
{
	if (value->kind == VALUE_INTEGER)
		json_write_number(json, value->text);
	else
		json_write_text(json, value->text);
}

static void write_members(struct json_write *json, const struct rows *rows, size_t row)
{
	for (size_t i = 0; i < rows->column_count; i++) {
		json_write_key(json, rows->names[i]);
		write_value(json, cell_at(rows, row, i));
	}
}

static void write_json(const struct rows *campaign, const struct rows *rows, struct buf *buf)
{
	struct json_write json;
	json_write_init(&json, buf);
	json_write_object(&json, JSON_LINES);
	write_members(&json, campaign, 0);
	json_write_key(&json, TEXT("enterprises"));
	json_write_list(&json, JSON_LINES);
	for (size_t row = 0; row < rows->row_count; row++) {
		json_write_object(&json, JSON_SPACED);
		write_members(&json, rows, row);
		json_write_close(&json);
	}
	json_write_close(&json);
	json_write_close(&json);
	json_write_end(&json);
	buf_byte(buf, '\n');
}

static bool hand_over(const struct site_options *options, const char *path, const struct buf *buf)
{
	return !buf->overflowed && options->write(options->write_context, text_from(path), buf_view(buf));
}

static bool hand_over_listed(const struct site_options *options, const char *kind, const struct buf *buf,
			     struct download *download)
{
	char path[32];
	snprintf(path, sizeof path, "data/listed%s.%s", options->is_over_years ? "-all" : "", kind);
	*download = (struct download){ .kind = kind, .size = buf->size };
	hash_of(buf_view(buf), download->hash);
	return hand_over(options, path, buf);
}

/* Each version under its date, with the columns that its own day called for, so that it stays as it was. */
static bool write_versions(struct arena *arena, const struct site_options *options, bool has_code)
{
	struct rows versions, listed;
	struct buf buf;
	if (!ask(arena, options,
		 "select v.date, max(l.since is not null), v.state_note is not null, max(l.named_platform is not null) "
		 "from versions v "
		 "left join version_listed l on l.version = v.date group by v.ordinal",
		 &versions))
		return false;
	bool is_good = true;
	buf_init(&buf, BUF_LIMIT_FILE);
	for (size_t i = 0; i < versions.row_count && is_good; i++) {
		struct text date = cell_at(&versions, i, 0)->text;
		const char *code = has_code ? CODE : "";
		const char *changes = cell_at(&versions, i, 1)->integer ? CHANGES : "";
		struct text note = NO_TEXT;
		if (cell_at(&versions, i, 2)->integer)
			note = text_format(arena, NOTE_OF("versions where date = '%.*s'"), TEXT_ARGS(date));
		const char *platform = cell_at(&versions, i, 3)->integer ? PLATFORM : "";
		struct text sql = text_format(
			arena, "%s%s%s%s%.*s from version_listed where version = '%.*s' order by ordinal",
			columns_of(arena), platform, code, changes, TEXT_ARGS(note), TEXT_ARGS(date));
		is_good = ask(arena, options, sql.at, &listed);
		buf_reset(&buf);
		write_csv(&listed, &buf);
		is_good = is_good && hand_over(options, text_format(arena, "versions/%.*s/listed.csv", TEXT_ARGS(date)).at, &buf);
	}
	buf_clear(&buf);
	return is_good;
}

static bool write_over_years(struct arena *arena, const struct site_options *options,
			     struct download downloads[DOWNLOADS])
{
	struct rows draft, listed;
	if (!ask(arena, options, "select is_draft from campaign", &draft) || draft.row_count != 1)
		return false;
	const char *note = draft.values[0].integer != 0 ? NOTE_OF("campaign") : "";
	if (!ask(arena, options, text_format(arena, "%s%s%s", OVER_YEARS, note, OVER_YEARS_IN_ORDER).at, &listed))
		return false;
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_FILE);
	write_csv(&listed, &buf);
	bool is_good = hand_over_listed(options, "csv", &buf, &downloads[0]);
	workbook_write(&listed, &buf);
	is_good = is_good && hand_over_listed(options, "xlsx", &buf, &downloads[1]);
	buf_clear(&buf);
	return is_good;
}

static bool write_listed(struct arena *arena, const struct site_options *options, struct download downloads[DOWNLOADS])
{
	struct rows campaign, shows, listed;
	if (!ask(arena, options, "select year, title, state, date from campaign", &campaign) || campaign.row_count != 1 ||
	    !ask(arena, options,
		 "select shows_code, has_changes, state_note is not null, "
		 "exists (select 1 from listed where named_platform is not null) "
		 "or exists (select 1 from altered where named_platform is not null) from campaign", &shows) ||
	    shows.row_count != 1)
		return false;
	bool has_code = shows.values[0].integer != 0, has_changes = shows.values[1].integer != 0;
	const char *note = shows.values[2].integer != 0 ? NOTE_OF("campaign") : "";
	const char *platform = shows.values[3].integer != 0 ? PLATFORM : "";
	struct text sql = text_format(arena, "%s%s%s%s%s%s", columns_of(arena), platform, has_code ? CODE : "",
				      has_changes ? CHANGES : "", note, has_changes ? IN_VERSION : IN_ORDER);
	if (!ask(arena, options, sql.at, &listed) || !write_versions(arena, options, has_code))
		return false;
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_FILE);
	write_csv(&listed, &buf);
	bool is_good = hand_over_listed(options, "csv", &buf, &downloads[0]);
	buf_reset(&buf);
	write_json(&campaign, &listed, &buf);
	is_good = is_good && hand_over_listed(options, "json", &buf, &downloads[1]);
	workbook_write(&listed, &buf);
	is_good = is_good && hand_over_listed(options, "xlsx", &buf, &downloads[2]);
	buf_clear(&buf);
	return is_good;
}

static struct datum describe(struct arena *arena, const struct download *download)
{
	static const struct text names[] = { TEXT_INIT("bytes"), TEXT_INIT("hash"), TEXT_INIT("digest") };
	struct datum *about = ARENA_ARRAY(arena, struct datum, sizeof names / sizeof *names);
	about[0] = datum_number(arena, (int64_t)download->size);
	about[1] = datum_text(text_copy(arena, text_from(download->hash)));
	about[2] = datum_text(text_format(arena, "sha256:%s", download->hash));
	return datum_object(names, about, sizeof names / sizeof *names);
}

bool downloads_write(struct arena *arena, const struct site_options *options, struct datum *downloads)
{
	struct download written[DOWNLOADS] = { { .kind = NULL } };
	struct text *kinds = ARENA_ARRAY(arena, struct text, DOWNLOADS + 1);
	struct datum *values = ARENA_ARRAY(arena, struct datum, DOWNLOADS + 1);
	size_t count = 0;
	struct arena *rows = arena_new(); /* the whole list, several times: let go before pages are made */
	bool is_good = (options->is_over_years ? write_over_years : write_listed)(rows, options, written);
	arena_free(rows);
	if (!is_good)
		return false;
	for (; count < DOWNLOADS && written[count].kind; count++) {
		kinds[count] = text_from(written[count].kind);
		values[count] = describe(arena, &written[count]);
	}
	kinds[count] = TEXT("fields");
	values[count++] = describe_fields(arena);
	*downloads = datum_object(kinds, values, count);
	return true;
}
