/* SPDX-License-Identifier: MIT */
/*
 * Who takes part, and how far each is meant to get.  Everything about enterprise i follows from the seed and
 * i: profiles and cities are dealt from decks of 120, each shuffled for its block, so the shares are exact in
 * every whole block and a bigger province begins with the smaller one.
 */
#ifndef SAMPLE_PROVINCE_H
#define SAMPLE_PROVINCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "names.h"
#include "places.h"

enum track { TRACK_ICS, TRACK_PLATFORM, TRACK_COUNT };
enum round { ROUND_SELF, ROUND_ONLINE, ROUND_RECHECK, ROUND_ONSITE, ROUND_COUNT };

/* The sample's few odd enterprises, one for each kind of warning. */
enum oddity { ODD_LATE_SELF, ODD_CHECK_CHARACTER, ODD_NO_COMMITMENT, ODD_ONSITE, ODD_DISORDER, ODD_CASE, ODD_COUNT };

enum { TRACK_ABSENT = -1 };

/* What is intended: a level for each track (or TRACK_ABSENT), and whether anybody looked at it. */
struct profile {
	int8_t level[TRACK_COUNT];
	bool is_finished;
};

struct province {
	uint64_t seed;
	size_t block;                          /* which block the decks below belong to */
	struct profile profiles[BLOCK_SIZE];
	uint8_t cities[BLOCK_SIZE];
	size_t odd[ODD_COUNT];                 /* the index of each odd enterprise */
};

struct enterprise {
	uint64_t seed;                         /* the province's, for what is drawn later */
	size_t index;
	struct profile profile;
	size_t city, industry, agency;         /* indexes of places.h; the agency that advises it */
	bool is_county, is_key;                /* named by its county; 重点企业 */
	int commitment_day;
	uint8_t size, source, grade;           /* 企业规模, 培育来源, 认定级别 (0: none): rows of the lists in registers.c */
	char code[NAMES_CODE_SIZE];
	char name[NAMES_TEXT_MAX];
	char brand[NAMES_TEXT_MAX];
};

struct participation {
	const struct enterprise *enterprise;
	enum track track;
	int level;                             /* intended */
	int target;                            /* stated; 0: none */
	int aim;                               /* up to where inspectors and rectification look */
	size_t supporter;                      /* the 省级支撑机构 that checks it */
	bool has[ROUND_COUNT];
	int day[ROUND_COUNT];                  /* of each round, DATES_NEVER without it */
	int rectified_day;
};

/* Begin with a seed; finds the odd ones. */
void province_init(struct province *province, uint64_t seed);

/* What is meant for enterprise index; deals its block where that is another one. */
struct profile province_profile(struct province *province, size_t index);

/* Make enterprise index. */
void province_enterprise(struct province *province, size_t index, struct enterprise *enterprise);

/* Make one of its participations; top is the highest level of the track.  False where it is not in the track. */
bool province_participation(const struct province *province, const struct enterprise *enterprise, int top,
							struct participation *participation);

#endif
