/* SPDX-License-Identifier: MIT
 *
 * The records: plain data, filled by read/ and check/, const from then on.
 *
 * Members come from schema.def; below the generated ones stand what check/ adds.
 * References are indexes into the arrays of struct model (-1 = missing or
 * unknown), choices are int8_t values of their enum (-1 = missing), levels are
 * int8_t (-1 missing, 0 未达标), counts are int64_t (-1 missing), dates have
 * year 0 when missing.  Texts borrow from sources or live in the model's arena
 * and are clean: valid UTF-8, trimmed, no invisible or control characters.
 */
#ifndef XINGJI_MODEL_MODEL_H
#define XINGJI_MODEL_MODEL_H

#include "base/date.h"
#include "base/decimal.h"
#include "base/map.h"
#include "base/source.h"
#include "base/text.h"
#include "model/choice.h"
#include "model/recorded.h"
#include "model/schema.def"

struct arena;

enum { MISSING = -1 };

/* C type of each schema type. */
#define MODEL_TEXT struct text
#define MODEL_CREDIT struct text
#define MODEL_DATE struct date
#define MODEL_NUMBER int64_t
#define MODEL_DECIMAL struct decimal
#define MODEL_CHOICE int8_t
#define MODEL_TRACK int8_t    /* index into campaign.tracks (model/track.h) */
#define MODEL_CITY int8_t     /* index into model.prefectures, official order */
#define MODEL_INDUSTRY int8_t /* index into industries (model/place.h) */
#define MODEL_LEVEL int8_t
#define MODEL_ENTERPRISE int32_t
#define MODEL_AGENCY int32_t
#define MODEL_ITEM int32_t /* index into the items of the track's catalogue */
#define MODEL_MEMBER(entity, name, type, set, heading, synonyms, required, unit, visibility, note) MODEL_##type name;

struct stage {
	SCHEMA_STAGE(MODEL_MEMBER)
	struct span place;
};

/* A <round>: which of several observations of one item in that round counts. */
struct repetition {
	SCHEMA_REPETITION(MODEL_MEMBER)
	struct span place;
};

/* A row of regions.csv: what inputs name as city. */
struct prefecture {
	SCHEMA_PREFECTURE(MODEL_MEMBER)
	struct span place;
};

struct prefectures {
	const struct prefecture *at; /* by code, which is the official order */
	int32_t count;
};

struct region {
	SCHEMA_REGION(MODEL_MEMBER)
	struct span place;
};

struct publication {
	SCHEMA_PUBLICATION(MODEL_MEMBER)
};

/* <thresholds> of campaign.xml: what it leaves out is as usual. */
struct thresholds {
	SCHEMA_THRESHOLDS(MODEL_MEMBER)
};
#define THRESHOLD_USUAL(F, name, heading, usual, least, most, unit, note) .name = (usual),
#define THRESHOLDS_USUAL { THRESHOLDS(THRESHOLD_USUAL, ) }

/* <delivery> of campaign.xml: how what is made reaches the enterprises; what it leaves out has its default. */
struct sending {
	SCHEMA_SENDING(MODEL_MEMBER)
};

enum { LEVELS_MOST = 9, ROUNDS_MOST = ROUNDS, TRACKS_MOST = 8, TRACKS_KNOWN = 48 };

/* How a track's level is decided (data/FORMATS.md §5); from campaign.xml. */
struct rule {
	int8_t method;               /* enum method */
	int8_t rounds[ROUNDS_MOST];  /* the rounds that count, first wins */
	size_t round_count;
	struct decimal partial;      /* credit of 部分符合 under threshold */
	struct decimal share[LEVELS_MOST + 1]; /* by level 1 … */
	bool has_share[LEVELS_MOST + 1];
	struct span place;
	bool has_fault;              /* told: what it decides says nothing */
};

/* One kind of assessment; from campaign.xml, and data/tracks.csv for what it leaves out (model/track.h). */
struct track {
	SCHEMA_TRACK(MODEL_MEMBER)
	struct text synonyms; /* other spellings, separated by | */
	struct rule rule;
	struct span place;
};

/* A row of data/tracks.csv: what an id is called where the campaign does not say. */
struct known_track {
	SCHEMA_KNOWN_TRACK(MODEL_MEMBER)
	struct span place;
};

/* A row of data/holidays.csv. */
struct holiday {
	SCHEMA_HOLIDAY(MODEL_MEMBER)
	struct span place;
};

struct level {
	struct text name, label; /* 基础建设级, 1星 */
};

struct item {
	SCHEMA_ITEM(MODEL_MEMBER)
	int32_t area;  /* index into catalogue areas */
	struct span place;
};

/* A catalogue filled in as a table (check/item_table.h): the rows of its two sheets, which no model holds. */
struct item_row {
	SCHEMA_ITEM_ROW(MODEL_MEMBER)
};

struct head {
	SCHEMA_HEAD(MODEL_MEMBER)
};

struct area {
	struct text id, name;
	int32_t class;
	int32_t first_item, item_count; /* items of an area are contiguous */
};

struct class {
	struct text id, name, group;
	int32_t first_area, area_count;
};

/* data/models/<id>.xml: levels, classes, areas, items in catalogue order. */
struct catalogue {
	struct text id, edition, basis, note;
	struct text tracks;                   /* ids of those that may use it, separated by blanks, as written */
	int8_t level_count;                   /* levels are 1 … level_count */
	bool has_level_fault;                 /* a level was refused or is missing, which was told */
	struct level levels[LEVELS_MOST + 1]; /* [0] is 未达标 */
	struct class *classes;
	struct area *areas;
	struct item *items;
	int32_t class_count, area_count, item_count;
	struct map item_by_id;
	char hash[65]; /* sha256 of the file */
	struct text file;
};

struct campaign {
	SCHEMA_CAMPAIGN(MODEL_MEMBER)
	struct publication publication;
	struct thresholds thresholds;
	struct sending sending;
	struct stage *stages;
	struct region *regions;
	struct repetition repetitions[ROUNDS]; /* in the order of the file */
	size_t stage_count, region_count, repetition_count;
	struct track tracks[TRACKS_KNOWN]; /* the held ones, then others that are known by name: model/track.h */
	int8_t track_count, known_count;   /* at most TRACKS_MOST are held */
	struct span place;
};

struct city {
	SCHEMA_CITY(MODEL_MEMBER)
	struct span place;
};

struct enterprise {
	SCHEMA_ENTERPRISE(MODEL_MEMBER)
	int32_t region;                 /* index into campaign.regions, or -1 */
	int32_t first_part;             /* of its participations, or -1: model/parts.h */
	int32_t first_scan, scan_count; /* in model.scans */
	struct text former;             /* before a 更名 of the ledger (chronicle_rename); missing: none */
	int32_t delivery;               /* in model.deliveries, or -1 */
	struct text slug;               /* of its address in the register; missing: not published yet */
	struct span place;
};

struct participation {
	SCHEMA_PARTICIPATION(MODEL_MEMBER)
	size_t first_observation, observation_count; /* in model.observations */
	size_t first_superseded, superseded_count;   /* in model.superseded */
	int32_t next;    /* of the same enterprise, or -1: model/parts.h */
	int32_t ordinal; /* from 1 among several platforms of the enterprise in the track; 0: it is the only one */
	struct span place;
};

struct agency {
	SCHEMA_AGENCY(MODEL_MEMBER)
	struct span place;
};

/* What stands beside results, once for all that say the same: model/remarks.h. */
struct remark {
	struct text note, evidence;
	int32_t agency; /* who found it: from XML, or -1 */
};

/* There are hundreds of them for each enterprise, so that each byte counts: model/observed.h. */
struct observation {
	uint32_t remark; /* 0: none, else one more than its index in model.remarks; ask remark_of */
	struct date date;
	int32_t item;
	uint32_t source, start; /* its place: ask observed_place */
	uint16_t size;
	int8_t round, result;
};
_Static_assert(sizeof(struct observation) <= 24, "46.7 million of them are to fit into 1.2 GB");

struct rectification {
	SCHEMA_RECTIFICATION(MODEL_MEMBER)
	int32_t participation;
	bool is_answer;           /* of a form that the enterprise sent back (check/rectifications.h) */
	struct span status_place; /* the cell of 整改状态; the row where it has none */
	struct span place;
};

/* A row of such a form, as the schema has it: what the model keeps of it is a rectification. */
struct answer {
	SCHEMA_ANSWER(MODEL_MEMBER)
};

struct nomination {
	SCHEMA_NOMINATION(MODEL_MEMBER)
	int32_t enterprise; /* for cases */
	int32_t agency;     /* for providers */
	struct span place;
};

/* What became of the list after it was shown, in the order of the file, which is that of the dates. */
struct ledger {
	SCHEMA_LEDGER(MODEL_MEMBER)
	int32_t participation;
	struct span place;
};

/* How one enterprise is reached.  `mail` is missing where it could not be used (reported). */
struct delivery {
	SCHEMA_DELIVERY(MODEL_MEMBER)
	bool has_question; /* something that a person has to answer first: nothing goes to this enterprise (reported) */
	struct span place;
};

/* One listing (or 未达标 row) of an earlier year. */
struct earlier {
	SCHEMA_EARLIER(MODEL_MEMBER)
	int64_t year;
	struct text level_label; /* as that year's model calls it */
	struct text edition;     /* of that year's model; empty where its folder does not say */
	struct text platform;    /* as that year names it; empty where it does not */
	bool is_alone;           /* it was the enterprise's only one in the track, which a year with full data says */
	int32_t enterprise;      /* in this year's data, or -1 */
	struct span place;
};

/* A row of scan-map.csv: which item a scanner's rule speaks of. */
struct scan_map {
	SCHEMA_SCAN_MAP(MODEL_MEMBER)
	struct span place;
};

/* What one scan says of one host; of scans/<code>/, whose files are not ours to shape. */
struct scan {
	SCHEMA_SCAN(MODEL_MEMBER)
	int32_t first_of_host;          /* index of the first scan of the same host of the same enterprise */
	int32_t answers[SCAN_ANSWERS];  /* rules by what was said of them */
	int32_t unmapped;               /* rules that no row of scan-map.csv names */
	bool is_older;                  /* the same benchmark looked at the host once more, later: counts for no item */
	struct span place;
};

/* What a scan says of a rule that belongs to an item. */
struct scan_result {
	int32_t participation, item, scan;
	int32_t host;                   /* first_of_host of the scan */
	int32_t rule;                   /* index into model.scan_words */
	int8_t answer;                  /* enum scan_answer */
	struct span place;
};

/* Names in scans that tell whose they are: every one is hunted by the leak scan. */
struct scan_word {
	struct text text;
	bool is_rule;                   /* a rule or an ident of one; else a host, an address, a user */
};

struct model {
	struct campaign campaign;
	const struct catalogue *catalogues[TRACKS_KNOWN]; /* by track; NULL where it is not held or could not be read */
	struct prefectures prefectures; /* of the campaign's province; none when it is unknown (reported) */
	struct city *cities;      /* as many; numbers -1 where cities.csv says nothing */
	struct enterprise *enterprises;
	struct participation *participations; /* sorted by track, then as in the file */
	struct agency *agencies;
	struct observation *observations; /* sorted by participation, round, item; no two for the same three */
	/* Earlier ones of a round that repeats: sorted likewise, then by date; they count nowhere. */
	struct observation *superseded;
	bool *is_observed;       /* by the number of a source below observed_count: one of these stands in it */
	uint32_t observed_count;
	struct remark *remarks; /* no two alike */
	/* By participation, item, 实际完成日期 (missing first): several of one item are its history, the last holds. */
	struct rectification *rectifications;
	struct nomination *nominations;
	struct ledger *ledger;
	struct delivery *deliveries; /* as in the file, at most one an enterprise */
	struct earlier *earlier;          /* sorted by year descending, code, track, platform */
	size_t enterprise_count, participation_count, agency_count, observation_count, superseded_count, remark_count;
	size_t rectification_count, nomination_count, ledger_count, delivery_count, earlier_count;
	struct scan_map *scan_map;        /* as in the file */
	struct scan *scans;               /* sorted by enterprise, then as read: by the names of files */
	struct scan_result *scan_results; /* sorted by participation, item, host, scan */
	struct scan_word *scan_words;     /* each once, in the order in which they were met */
	size_t scan_map_count, scan_count, scan_result_count, scan_word_count;
	struct recorded *recorded;        /* the register, line by line */
	size_t recorded_count;
	struct map enterprise_by_code, agency_by_code;
};

#endif
