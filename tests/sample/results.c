/* SPDX-License-Identifier: MIT */
#include "results.h"

#include <stdio.h>

#include "dates.h"
#include "registers.h"
#include "rng.h"
#include "words.h"

enum { FILE_NAME_MAX = 64 };

static const char *const round_names[ROUND_COUNT] = {"自评", "线上核查", "整改复核", "现场核查"};
static const char *const round_ids[ROUND_COUNT] = {"self", "online", "recheck", "onsite"};
static const char *const track_ids[TRACK_COUNT] = {"ics", "platform"};
static const char *const verdict_names[] = {"符合", "部分符合", "不符合", "不适用", "未评"};

/* Which cities deliver what in another shape than XML in UTF-8 with LF: 无锡 苏州 盐城 泰州, and 徐州 from a spreadsheet. */
static const bool is_online_csv[CITY_COUNT] = {[1] = true, [4] = true, [8] = true, [11] = true};
enum { CITY_WITH_BOM = 1, CITY_WITH_GB18030 = 2 };

void results_init(struct results *results, const char *year_dir)
{
	*results = (struct results){.is_failed = false};
	int size = snprintf(results->dir, sizeof results->dir, "%s/results", year_dir);
	results->is_failed = size < 0 || (size_t)size >= sizeof results->dir;
	results->rectifications = sheet_open(year_dir, "rectifications.csv", SHEET_UTF8);
	if (results->rectifications == NULL)
		results->is_failed = true;
	else
		sheet_text_line(results->rectifications, "统一社会信用代码,参培类型,条目编号,整改措施,责任部门,计划完成日期,"
												 "实际完成日期,整改状态");
}

/* Open a file with its first line where it is not open yet; NULL when that failed. */
static struct sheet *file_begin(struct results *results, struct sheet **sheet, const char *name, enum sheet_kind kind)
{
	if (*sheet != NULL || results->is_failed)
		return *sheet;
	*sheet = sheet_open(results->dir, name, kind);
	if (*sheet == NULL)
		results->is_failed = true;
	return *sheet;
}

static struct sheet *csv_begin(struct results *results, struct sheet **sheet, const char *name, enum sheet_kind kind)
{
	bool is_new = *sheet == NULL;
	if (file_begin(results, sheet, name, kind) != NULL && is_new)
		sheet_text_line(*sheet, "统一社会信用代码,参培类型,轮次,条目编号,结果,现状说明,证据,日期");
	return *sheet;
}

static struct sheet *xml_begin(struct results *results, struct sheet **sheet, const char *name)
{
	bool is_new = *sheet == NULL;
	if (file_begin(results, sheet, name, SHEET_UTF8) != NULL && is_new) {
		sheet_text_line(*sheet, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
		sheet_text_line(*sheet, "<assessments>");
	}
	return *sheet;
}

static bool is_xml(const struct participation *part, enum round round)
{
	return round == ROUND_ONSITE || (round == ROUND_ONLINE && !is_online_csv[part->enterprise->city]);
}

/* The file that receives a round of a participation. */
static struct sheet *sheet_find(struct results *results, const struct participation *part, enum round round)
{
	size_t city = part->enterprise->city;
	char name[FILE_NAME_MAX], agency[REGISTERS_AGENCY_MAX];
	registers_agency_code(agency, part->supporter);
	if (is_xml(part, round)) {
		struct sheet **sheets = round == ROUND_ONSITE ? results->onsite_xml : results->online_xml;
		snprintf(name, sizeof name, "%s-%s.xml", round_ids[round], agency);
		return xml_begin(results, &sheets[part->supporter], name);
	}
	if (round == ROUND_RECHECK)
		return csv_begin(results, &results->recheck, "recheck.csv", SHEET_UTF8);
	snprintf(name, sizeof name, "%s-%s.csv", round_ids[round], places_cities[city].pinyin);
	if (round == ROUND_SELF)
		return csv_begin(results, &results->self[city], name, city == CITY_WITH_GB18030 ? SHEET_GB18030 : SHEET_UTF8);
	return csv_begin(results, &results->online[city], name, city == CITY_WITH_BOM ? SHEET_UTF8_BOM : SHEET_UTF8);
}

/* One result as it will stand in a file. */
struct row {
	const struct item *item;
	enum round round;
	uint8_t verdict;
	bool in_scope;
	char note[WORDS_TEXT_MAX], evidence[WORDS_TEXT_MAX];
};

/* Enterprises explain little about themselves; inspectors explain what they found, at length where it matters. */
static void note_draw(struct row *row, struct rng *rng)
{
	row->note[0] = '\0';
	if (row->verdict == VERDICT_EXEMPT)
		snprintf(row->note, sizeof row->note, "%s", row->item->words->absence);
	else if (row->verdict == VERDICT_OPEN)
		words_write(row->note, PHRASE_OPEN, row->item, rng);
	if (!verdicts_is_finding(row->verdict) || (row->round == ROUND_SELF && !rng_chance(rng, 300)))
		return;
	bool is_far = !row->in_scope && row->verdict == VERDICT_UNMET;
	words_write(row->note, is_far ? PHRASE_FAR : row->verdict == VERDICT_UNMET ? PHRASE_UNMET : PHRASE_PARTIAL,
				row->item, rng);
}

static void evidence_draw(struct row *row, struct rng *rng)
{
	static const uint32_t of_findings[ROUND_COUNT] = {0, 250, 350, 700};
	static const uint32_t of_met[ROUND_COUNT] = {0, 0, 500, 40};
	uint32_t per_mille = 0;
	if (verdicts_is_finding(row->verdict) && row->in_scope)
		per_mille = of_findings[row->round];
	else if (row->verdict == VERDICT_MET)
		per_mille = of_met[row->round];
	row->evidence[0] = '\0';
	if (per_mille > 0 && rng_chance(rng, per_mille))
		words_write(row->evidence, row->verdict == VERDICT_UNMET ? PHRASE_EVIDENCE_OF_ABSENCE : PHRASE_EVIDENCE,
					row->item, rng);
}

/* The day stands in the participation and is repeated only where inspectors wrote a note. */
static void csv_row(struct sheet *sheet, const struct participation *part, const struct row *row, struct rng *rng)
{
	bool has_day = row->round != ROUND_SELF && (row->note[0] != '\0' || row->round == ROUND_RECHECK);
	sheet_cell(sheet, part->enterprise->code);
	sheet_cell(sheet, registers_tracks[part->track]);
	sheet_cell(sheet, round_names[row->round]);
	sheet_cell(sheet, row->item->id);
	sheet_cell(sheet, verdict_names[row->verdict]);
	sheet_cell(sheet, row->note);
	sheet_cell(sheet, row->evidence);
	registers_date(sheet, has_day ? part->day[row->round] : DATES_NEVER, rng);
	sheet_line(sheet);
}

static void xml_row(struct sheet *sheet, const struct row *row)
{
	static const char *const methods[ELEMENT_COUNT] = {"文件查阅", "文件查阅", "现场核查", "人员访谈"};
	sheet_text(sheet, "<result item=\"");
	sheet_escaped(sheet, row->item->id);
	sheet_text(sheet, "\" value=\"");
	sheet_text(sheet, verdict_names[row->verdict]);
	if (row->note[0] == '\0' && row->evidence[0] == '\0') {
		sheet_text_line(sheet, "\"/>");
		return;
	}
	sheet_text(sheet, "\">");
	if (row->note[0] != '\0') {
		sheet_text(sheet, "<note>");
		sheet_escaped(sheet, row->note);
		sheet_text(sheet, "</note>");
	}
	if (row->evidence[0] != '\0') {
		sheet_text(sheet, "<evidence method=\"");
		sheet_text(sheet, methods[row->item->element]);
		sheet_text(sheet, "\">");
		sheet_escaped(sheet, row->evidence);
		sheet_text(sheet, "</evidence>");
	}
	sheet_text_line(sheet, "</result>");
}

static void assessment_begin(struct sheet *sheet, const struct participation *part, enum round round)
{
	char date[DATES_TEXT_MAX], agency[REGISTERS_AGENCY_MAX], line[256];
	dates_write(date, part->day[round], DATE_ISO);
	registers_agency_code(agency, part->supporter);
	snprintf(line, sizeof line, "<assessment enterprise=\"%s\" track=\"%s\" round=\"%s\" date=\"%s\" agency=\"%s\">",
			 part->enterprise->code, track_ids[part->track], round_ids[round], date, agency);
	sheet_text_line(sheet, line);
}

static void round_write(struct results *results, const struct participation *part, struct row *row,
						const struct catalogue *catalogue, const struct verdicts *verdicts)
{
	struct sheet *sheet = sheet_find(results, part, row->round);
	if (sheet == NULL)
		return;
	struct rng rng;
	rng_init(&rng, part->enterprise->seed, STREAM_RESULTS,
			 (part->enterprise->index * TRACK_COUNT + part->track) * ROUND_COUNT + row->round);
	bool in_xml = is_xml(part, row->round);
	if (in_xml)
		assessment_begin(sheet, part, row->round);
	for (size_t i = 0; i < catalogue->count; i++) {
		row->verdict = verdicts->seen[row->round][i];
		if (row->verdict == VERDICT_NONE)
			continue;
		row->item = &catalogue->items[i];
		row->in_scope = row->item->level <= part->aim;
		note_draw(row, &rng);
		evidence_draw(row, &rng);
		if (in_xml)
			xml_row(sheet, row);
		else
			csv_row(sheet, part, row, &rng);
		results->rows[row->round]++;
	}
	if (in_xml)
		sheet_text_line(sheet, "</assessment>");
}

/* What the recheck found, in the words of rectifications.csv. */
static const char *const states[] = {"已整改", "部分整改", "未整改", "", "未复核"};

static void rectification_row(struct results *results, const struct participation *part, const struct item *item,
							  uint8_t verdict, struct rng *rng)
{
	struct sheet *sheet = results->rectifications;
	char measure[WORDS_TEXT_MAX];
	words_write(measure, PHRASE_MEASURE, item, rng);
	int planned = part->rectified_day + (int)rng_below(rng, 3);
	int done = part->rectified_day - (int)rng_below(rng, 3);
	bool is_done = verdict == VERDICT_MET || verdict == VERDICT_PARTIAL || (verdict == VERDICT_OPEN && rng_chance(rng, 500));
	sheet_cell(sheet, part->enterprise->code);
	sheet_cell(sheet, registers_tracks[part->track]);
	sheet_cell(sheet, item->id);
	sheet_cell(sheet, measure);
	sheet_cell(sheet, item->department);
	registers_date(sheet, planned, rng);
	registers_date(sheet, is_done ? done : DATES_NEVER, rng);
	sheet_cell(sheet, states[verdict]);
	sheet_line(sheet);
	results->rectification_rows++;
}

static void rectifications_write(struct results *results, const struct participation *part,
								 const struct catalogue *catalogue, const struct verdicts *verdicts)
{
	struct rng rng;
	rng_init(&rng, part->enterprise->seed, STREAM_RECTIFICATIONS, part->enterprise->index * TRACK_COUNT + part->track);
	for (size_t i = 0; i < catalogue->count; i++)
		if (verdicts->seen[ROUND_RECHECK][i] != VERDICT_NONE)
			rectification_row(results, part, &catalogue->items[i], verdicts->seen[ROUND_RECHECK][i], &rng);
}

void results_write(struct results *results, const struct participation *part, const struct catalogue *catalogue,
				   const struct verdicts *verdicts)
{
	for (unsigned round = 0; round < ROUND_COUNT; round++) {
		struct row row = {.round = (enum round)round};
		if (part->has[round])
			round_write(results, part, &row, catalogue, verdicts);
	}
	if (results->rectifications != NULL)
		rectifications_write(results, part, catalogue, verdicts);
}

static bool sheets_close(struct sheet *const sheets[], size_t count, bool in_xml)
{
	bool is_whole = true;
	for (size_t i = 0; i < count; i++) {
		if (in_xml && sheets[i] != NULL)
			sheet_text_line(sheets[i], "</assessments>");
		is_whole = sheet_close(sheets[i]) && is_whole;
	}
	return is_whole;
}

bool results_close(struct results *results)
{
	bool is_whole = sheets_close(results->self, CITY_COUNT, false);
	is_whole = sheets_close(results->online, CITY_COUNT, false) && is_whole;
	is_whole = sheets_close(results->online_xml, AGENCY_COUNT, true) && is_whole;
	is_whole = sheets_close(results->onsite_xml, AGENCY_COUNT, true) && is_whole;
	is_whole = sheet_close(results->recheck) && is_whole;
	is_whole = sheet_close(results->rectifications) && is_whole;
	return is_whole && !results->is_failed;
}
