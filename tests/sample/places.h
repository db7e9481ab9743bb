/* SPDX-License-Identifier: MIT */
/* The tables of the sample's province: cities, county-level regions, industries, agencies. */
#ifndef SAMPLE_PLACES_H
#define SAMPLE_PLACES_H

#include <stddef.h>
#include <stdint.h>

enum { CITY_COUNT = 13, INDUSTRY_COUNT = 34, AGENCY_COUNT = 30, BLOCK_SIZE = 120 };

struct city {
	const char *code, *name, *brief, *pinyin;
	uint8_t share;                 /* enterprises in every 120 */
	uint8_t target;                /* 参培目标数 for every 120 */
	uint16_t factories;            /* 规模以上工业企业数, invented */
	uint8_t agencies, supporters;  /* how many agencies, and how many of them are 省级支撑机构 */
	const char *county_code, *county, *county_brief; /* a region that is addressed directly, or NULL */
	uint16_t county_per_mille;     /* how many of the city's enterprises name it */
};

struct industry {
	const char *code;
	uint8_t weight;
	const char *products[3];       /* for the names of firms */
};

extern const struct city places_cities[CITY_COUNT];
extern const struct industry places_industries[INDUSTRY_COUNT];

/* The number of the city's first agency; its agencies follow one another, the supporters first. */
size_t places_first_agency(size_t city);

/* The city of an agency. */
size_t places_agency_city(size_t agency);

#endif
