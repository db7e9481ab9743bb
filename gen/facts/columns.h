/* SPDX-License-Identifier: MIT
 *
 * Runs of columns that stand in several tables, so that they are called the same
 * everywhere.  For use inside an array of struct column.
 */
#ifndef XINGJI_FACTS_COLUMNS_H
#define XINGJI_FACTS_COLUMNS_H

#include "facts/cell.h"
#include "facts/summary.h"

#define TRACK_COLUMNS \
	PUBLIC_TEXT("track_code", cell_track_code, 0), PUBLIC_TEXT("track", cell_track, 0)
#define CITY_COLUMNS \
	PUBLIC_TEXT("city_code", cell_city_code, 0), PUBLIC_TEXT("city", cell_city, 0), PUBLIC_INTEGER("ordinal", cell_city_ordinal, 0)
#define LEVEL_COLUMNS \
	PUBLIC_INTEGER("level", cell_level, 0), PUBLIC_TEXT("label", cell_level_label, 0)
#define ITEM_PLACE_COLUMNS \
	FIELD("item_id", ITEM, item, id), TEXT_COLUMN("area_id", cell_area_id, 0), TEXT_COLUMN("area", cell_area, 0)
#define ITEM_LEVEL_COLUMNS \
	FIELD("level", ITEM, item, level), TEXT_COLUMN("level_label", cell_item_level_label, 0)
#define ITEM_RISK_COLUMNS \
	FIELD("risk", ITEM, item, risk), FIELD_AS("veto", cell_flag, ITEM, item, veto)
#define ADVICE_COLUMNS \
	FIELD("advice", ITEM, item, advice), FIELD("advice_days", ITEM, item, advice_days), \
	FIELD("advice_department", ITEM, item, advice_department)

#define ENTERPRISE_PLACE_COLUMNS \
	FIELD("code", ENTERPRISE, enterprise, code), FIELD("name", ENTERPRISE, enterprise, name), \
	CODE("city_code", ENTERPRISE, enterprise, city), FIELD("city", ENTERPRISE, enterprise, city), \
	TEXT_COLUMN("region", cell_region, 0), \
	CODE("industry_code", ENTERPRISE, enterprise, industry), FIELD("industry", ENTERPRISE, enterprise, industry), \
	FIELD("size", ENTERPRISE, enterprise, size), FIELD("origin", ENTERPRISE, enterprise, origin), \
	FIELD("grade", ENTERPRISE, enterprise, grade), FIELD_AS("is_key", cell_flag, ENTERPRISE, enterprise, is_key)
#define ENTERPRISE_COLUMNS \
	ENTERPRISE_PLACE_COLUMNS, \
	CODE("consultant_code", ENTERPRISE, enterprise, consultant), FIELD("consultant", ENTERPRISE, enterprise, consultant), \
	FIELD("committed", ENTERPRISE, enterprise, committed), FIELD("contact", ENTERPRISE, enterprise, contact), \
	FIELD("phone", ENTERPRISE, enterprise, phone), FIELD("mail", ENTERPRISE, enterprise, mail), \
	TEXT_COLUMN("tracks", cell_tracks, 0), INTEGER_COLUMN("track_count", cell_track_count, 0)

#define TALLY_COLUMNS \
	INTEGER_COLUMN("met", cell_tally, RESULT_MET), INTEGER_COLUMN("partial", cell_tally, RESULT_PARTIAL), \
	INTEGER_COLUMN("unmet", cell_tally, RESULT_UNMET), INTEGER_COLUMN("unassessed", cell_tally, RESULT_UNASSESSED), \
	INTEGER_COLUMN("not_applicable", cell_tally, RESULT_NOT_APPLICABLE), \
	INTEGER_COLUMN("applicable", cell_tally, TALLY_APPLICABLE)
#define RATE_COLUMN REAL_COLUMN("rate", cell_rate, 0, 0)

#define PARTICIPATION_COLUMNS \
	INTEGER_COLUMN("participation_id", cell_participation_id, 0), INTEGER_COLUMN("enterprise_id", cell_enterprise_id, 0), \
	ENTERPRISE_PLACE_COLUMNS, TRACK_COLUMNS, FIELD("platform", PARTICIPATION, participation, platform), \
	FIELD("target_level", PARTICIPATION, participation, target), \
	FIELD_AS("target_label", cell_label, PARTICIPATION, participation, target), \
	FIELD("self_date", PARTICIPATION, participation, self_date), FIELD("online_date", PARTICIPATION, participation, online_date), \
	FIELD("rectify_date", PARTICIPATION, participation, rectify_date), FIELD("onsite_date", PARTICIPATION, participation, onsite_date), \
	CODE("checker_code", PARTICIPATION, participation, checker), FIELD("checker", PARTICIPATION, participation, checker), \
	CODE("consultant_code", ENTERPRISE, enterprise, consultant), FIELD("consultant", ENTERPRISE, enterprise, consultant), \
	TEXT_COLUMN("outcome", cell_outcome, 0), INTEGER_COLUMN("level", cell_level, 0), \
	TEXT_COLUMN("level_label", cell_reached_label, 0), TEXT_COLUMN("level_name", cell_reached_name, 0), \
	INTEGER_COLUMN("next_level", cell_next_level, 0), TEXT_COLUMN("next_label", cell_next_label, 0), \
	INTEGER_COLUMN("gap_level", cell_gap_level, 0), TEXT_COLUMN("gap_label", cell_gap_label, 0), \
	TEXT_COLUMN("movement", cell_movement, 0), INTEGER_COLUMN("earlier_level", cell_earlier_level, 0), \
	TEXT_COLUMN("earlier_label", cell_earlier_label, 0), INTEGER_COLUMN("earlier_year", cell_earlier_year, 0), \
	INTEGER_COLUMN("self_level", cell_round_level, ROUND_SELF), INTEGER_COLUMN("online_level", cell_round_level, ROUND_ONLINE), \
	INTEGER_COLUMN("recheck_level", cell_round_level, ROUND_RECHECK), INTEGER_COLUMN("onsite_level", cell_round_level, ROUND_ONSITE), \
	TEXT_COLUMN("self_label", cell_round_label, ROUND_SELF), TEXT_COLUMN("online_label", cell_round_label, ROUND_ONLINE), \
	TEXT_COLUMN("recheck_label", cell_round_label, ROUND_RECHECK), TEXT_COLUMN("onsite_label", cell_round_label, ROUND_ONSITE), \
	TALLY_COLUMNS, INTEGER_COLUMN("total", cell_tally, TALLY_TOTAL), RATE_COLUMN, \
	REAL_COLUMN("self_rate", cell_round_rate, ROUND_SELF, 0), REAL_COLUMN("online_rate", cell_round_rate, ROUND_ONLINE, 0), \
	REAL_COLUMN("recheck_rate", cell_round_rate, ROUND_RECHECK, 0), REAL_COLUMN("onsite_rate", cell_round_rate, ROUND_ONSITE, 0), \
	REAL_COLUMN("self_lead", cell_self_lead, 0, 0), \
	INTEGER_COLUMN("gap_count", cell_gap_count, 0), INTEGER_COLUMN("way_count", cell_way_count, 0), \
	INTEGER_COLUMN("finding_count", cell_finding_count, 0), INTEGER_COLUMN("high_count", cell_risk_count, RISK_HIGH), \
	INTEGER_COLUMN("medium_count", cell_risk_count, RISK_MEDIUM), \
	INTEGER_COLUMN("low_count", cell_risk_count, RISK_LOW), INTEGER_COLUMN("must_rectify", cell_must_rectify, 0), \
	INTEGER_COLUMN("task_count", cell_task_count, 0)

/* Of a decision and the enterprise behind it (decided.c); the tracks are those that it takes part in. */
cell_getter cell_region, cell_tracks, cell_track_count, cell_outcome, cell_reached_label, cell_reached_name;
cell_getter cell_next_level, cell_next_label;
cell_getter cell_gap_level, cell_gap_label, cell_earlier_level, cell_earlier_label, cell_earlier_year, cell_round_level;
cell_getter cell_self_lead;
cell_getter cell_round_label, cell_gap_count, cell_way_count, cell_finding_count, cell_risk_count;
/* Of the slug and the public address of the row's enterprise; the code where it may be shown. */
cell_getter cell_slug, cell_link, cell_shown_code, cell_year;
/* How many tracks the campaign holds. */
cell_getter cell_held_tracks;
/* Of the finished participations of one track in a group; NULL where there are none. */
void cell_mean_level(struct cell *cell, const struct group *group, int track);
/* Of the closure of the row's participation and item (tables_closure.c); NULL where it was not to be rectified. */
cell_getter cell_is_late, cell_claim, cell_closure, cell_closure_code, cell_closure_history, cell_closure_reports;
cell_getter cell_settled_round, cell_settled_result, cell_settled_date;
cell_getter cell_advised, cell_claim_days, cell_confirm_days;
/* Median days of the row's group; NULL where none are known. */
cell_getter cell_group_claim_days, cell_group_confirm_days;
/* Has the row's participation something to mend?  Of how many items is it registered? */
cell_getter cell_must_rectify, cell_task_count;
/* Is the row's item a step of the way up?  Needs the decision. */
cell_getter cell_on_way;
/* Date of the run + advice_days. */
cell_getter cell_due;

/* Loads that several tables share. */
bool load_participation(struct row *row);     /* row->outer is the participation; tally and rounds of all items */
bool load_finding(struct row *row);           /* row->inner is the place in decision->findings */
int32_t count_findings(struct view *view, int32_t participation);
bool load_closure(struct row *row, size_t index); /* into assessment->closures */
int32_t count_items(struct view *view, int32_t track);
int32_t count_cities(struct view *view, int32_t outer);
bool load_listed(struct row *row);            /* row->inner is the place in the list */
int32_t count_listed(struct view *view, int32_t outer);

/* What became of a claim: beside the fields of the claim itself. */
#define CLOSURE_COLUMNS \
	INTEGER_COLUMN("is_late", cell_is_late, 0), TEXT_COLUMN("state_code", cell_closure_code, 0), \
	TEXT_COLUMN("state", cell_closure, 0), TEXT_COLUMN("settled_round", cell_settled_round, 0), \
	TEXT_COLUMN("settled_result", cell_settled_result, 0), TEXT_COLUMN("settled_date", cell_settled_date, 0), \
	INTEGER_COLUMN("reports", cell_closure_reports, 0), TEXT_COLUMN("history", cell_closure_history, 0), \
	TEXT_COLUMN("advised", cell_advised, 0), INTEGER_COLUMN("claim_days", cell_claim_days, 0), \
	INTEGER_COLUMN("confirm_days", cell_confirm_days, 0), FIELD("proof", RECTIFICATION, rectification, proof)

/* The participation's columns of public lists, once for scope public and province. */
#define LISTED_COLUMNS \
	PUBLIC_INTEGER("ordinal", cell_inner_ordinal, 0), LISTED_ENTRY_COLUMNS
#define LISTED_ENTRY_COLUMNS \
	PUBLIC_TEXT("slug", cell_slug, 0), \
	PUBLIC_INTEGER("year", cell_year, 0), FIELD_AS("name", cell_entry_name, ENTERPRISE, enterprise, name), \
	CODE("city_code", ENTERPRISE, enterprise, city), FIELD("city", ENTERPRISE, enterprise, city), \
	CODE("industry_code", ENTERPRISE, enterprise, industry), FIELD("industry", ENTERPRISE, enterprise, industry), \
	PUBLIC_TEXT("track_code", cell_track_code, 0), PUBLIC_TEXT("track", cell_track_alone, 0), \
	PUBLIC_INTEGER("level", cell_level, 0), PUBLIC_TEXT("level_label", cell_level_label, 0), \
	PUBLIC_TEXT("level_name", cell_level_name, 0), PUBLIC_TEXT("movement", cell_movement, 0), \
	PUBLIC_TEXT("link", cell_link, 0), FIELD_AS("enterprise", cell_entry_enterprise, ENTERPRISE, enterprise, name), \
	PUBLIC_TEXT("named_platform", cell_entry_platform, 0)

#define GROUP(member) ((int)offsetof(struct group, member))
#define COUNT(name, member) INTEGER_COLUMN(name, cell_count, GROUP(member))
#define RATIO(name, numerator, denominator) REAL_COLUMN(name, cell_ratio, GROUP(numerator), GROUP(denominator))
#define PUBLIC_COUNT(name, member) PUBLIC_INTEGER(name, cell_count, GROUP(member))
#define PUBLIC_RATIO(name, numerator, denominator) PUBLIC_REAL(name, cell_ratio, GROUP(numerator), GROUP(denominator))

#endif
