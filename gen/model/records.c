/* SPDX-License-Identifier: MIT */
#include "model/records.h"

#include "model/observed.h"

#define ARRAY(array, count_) (struct records){ .at = (array), .count = (count_), .size = sizeof *(array) }

struct records records_of(const struct model *model, enum entity_kind kind, int track)
{
	const struct catalogue *catalogue = model->catalogues[track];
	switch (kind) {
	case ENTITY_CAMPAIGN: return ARRAY(&model->campaign, 1);
	case ENTITY_PUBLICATION: return ARRAY(&model->campaign.publication, 1);
	case ENTITY_THRESHOLDS: return ARRAY(&model->campaign.thresholds, 1);
	case ENTITY_STAGE: return ARRAY(model->campaign.stages, model->campaign.stage_count);
	case ENTITY_SENDING: return ARRAY(&model->campaign.sending, 1);
	case ENTITY_REPETITION: return ARRAY(model->campaign.repetitions, model->campaign.repetition_count);
	case ENTITY_REGION: return ARRAY(model->campaign.regions, model->campaign.region_count);
	case ENTITY_PREFECTURE: return ARRAY(model->prefectures.at, (size_t)model->prefectures.count);
	case ENTITY_TRACK: return ARRAY(model->campaign.tracks, (size_t)model->campaign.track_count);
	case ENTITY_CITY: return ARRAY(model->cities, (size_t)model->prefectures.count);
	case ENTITY_ENTERPRISE: return ARRAY(model->enterprises, model->enterprise_count);
	case ENTITY_PARTICIPATION: return ARRAY(model->participations, model->participation_count);
	case ENTITY_AGENCY: return ARRAY(model->agencies, model->agency_count);
	case ENTITY_OBSERVATION: return ARRAY(model->observations, model->observation_count);
	case ENTITY_RECTIFICATION: return ARRAY(model->rectifications, model->rectification_count);
	case ENTITY_NOMINATION: return ARRAY(model->nominations, model->nomination_count);
	case ENTITY_LEDGER: return ARRAY(model->ledger, model->ledger_count);
	case ENTITY_DELIVERY: return ARRAY(model->deliveries, model->delivery_count);
	case ENTITY_EARLIER: return ARRAY(model->earlier, model->earlier_count);
	case ENTITY_SCAN_MAP: return ARRAY(model->scan_map, model->scan_map_count);
	case ENTITY_SCAN: return ARRAY(model->scans, model->scan_count);
	case ENTITY_ITEM:
		if (catalogue)
			return ARRAY(catalogue->items, (size_t)catalogue->item_count);
		break;
	case ENTITY_KNOWN_TRACK: /* words for tracks of any year: those that are held have taken them over */
	case ENTITY_HOLIDAY:  /* only dates are held against them */
	case ENTITY_ANSWER: /* what is kept of it is a rectification */
	case ENTITY_ITEM_ROW: /* a catalogue as a table becomes models/<id>.xml first */
	case ENTITY_HEAD:
	case ENTITIES: break;
	}
	return (struct records){ 0 };
}

int32_t records_enterprise(const struct model *model, enum entity_kind kind, const void *record)
{
	switch (kind) {
	case ENTITY_ENTERPRISE: return (int32_t)((const struct enterprise *)record - model->enterprises);
	case ENTITY_PARTICIPATION: return ((const struct participation *)record)->enterprise;
	case ENTITY_RECTIFICATION: return ((const struct rectification *)record)->enterprise;
	case ENTITY_NOMINATION: return ((const struct nomination *)record)->enterprise;
	case ENTITY_LEDGER: return ((const struct ledger *)record)->enterprise;
	case ENTITY_DELIVERY: return ((const struct delivery *)record)->enterprise;
	case ENTITY_EARLIER: return ((const struct earlier *)record)->enterprise;
	case ENTITY_SCAN: return ((const struct scan *)record)->enterprise;
	case ENTITY_OBSERVATION: /* its participation knows */
	case ENTITY_SCAN_MAP:
	case ENTITY_CAMPAIGN:
	case ENTITY_PUBLICATION:
	case ENTITY_THRESHOLDS:
	case ENTITY_STAGE:
	case ENTITY_SENDING:
	case ENTITY_REPETITION:
	case ENTITY_REGION:
	case ENTITY_PREFECTURE:
	case ENTITY_TRACK:
	case ENTITY_KNOWN_TRACK:
	case ENTITY_HOLIDAY:
	case ENTITY_CITY:
	case ENTITY_AGENCY:
	case ENTITY_ITEM:
	case ENTITY_ANSWER:
	case ENTITY_ITEM_ROW:
	case ENTITY_HEAD:
	case ENTITIES: break;
	}
	return MISSING;
}

struct span records_place(enum entity_kind kind, const void *record)
{
	switch (kind) {
#define PLACE_OF(kind, type) \
	case ENTITY_##kind: return ((const struct type *)record)->place;
	PLACE_OF(CAMPAIGN, campaign)
	PLACE_OF(STAGE, stage)
	PLACE_OF(REPETITION, repetition)
	PLACE_OF(PREFECTURE, prefecture)
	PLACE_OF(REGION, region)
	PLACE_OF(TRACK, track)
	PLACE_OF(KNOWN_TRACK, known_track)
	PLACE_OF(HOLIDAY, holiday)
	PLACE_OF(CITY, city)
	PLACE_OF(ENTERPRISE, enterprise)
	PLACE_OF(PARTICIPATION, participation)
	PLACE_OF(AGENCY, agency)
	case ENTITY_OBSERVATION: return observed_place(record);
	PLACE_OF(RECTIFICATION, rectification)
	PLACE_OF(NOMINATION, nomination)
	PLACE_OF(LEDGER, ledger)
	PLACE_OF(DELIVERY, delivery)
	PLACE_OF(EARLIER, earlier)
	PLACE_OF(SCAN_MAP, scan_map)
	PLACE_OF(SCAN, scan)
	PLACE_OF(ITEM, item)
#undef PLACE_OF
	case ENTITY_PUBLICATION:
	case ENTITY_THRESHOLDS:
	case ENTITY_ANSWER:
	case ENTITY_ITEM_ROW:
	case ENTITY_HEAD:
	case ENTITY_SENDING:
	case ENTITIES: break;
	}
	return NO_SPAN;
}
