/* SPDX-License-Identifier: MIT
 *
 * Fixed vocabularies from choices.def: enums, words, and matching of what people
 * type.  A missing choice is CHOICE_MISSING (-1) wherever one is stored.
 */
#ifndef XINGJI_MODEL_CHOICE_H
#define XINGJI_MODEL_CHOICE_H

#include "base/text.h"

enum { CHOICE_MISSING = -1 };

enum round { ROUND_SELF, ROUND_ONLINE, ROUND_RECHECK, ROUND_ONSITE, ROUNDS };
enum result { RESULT_UNASSESSED, RESULT_MET, RESULT_PARTIAL, RESULT_UNMET, RESULT_NOT_APPLICABLE, RESULTS };
enum element { ELEMENT_ORGANISATION, ELEMENT_SYSTEM, ELEMENT_TECHNOLOGY, ELEMENT_PEOPLE, ELEMENTS };
enum risk { RISK_HIGH, RISK_MEDIUM, RISK_LOW, RISKS };
enum origin { ORIGIN_PILOT, ORIGIN_RECOGNISED, ORIGIN_OTHER, ORIGINS };
enum grade { GRADE_STATE, GRADE_PROVINCE, GRADE_CITY, GRADES };
enum size { SIZE_LARGE, SIZE_MEDIUM, SIZE_SMALL, SIZE_MICRO, SIZES };
enum yesno { YESNO_NO, YESNO_YES, YESNOS };
enum status { STATUS_DONE, STATUS_PARTLY, STATUS_OPEN, STATUS_UNCHECKED, STATUSES };
enum closure_state { CLOSURE_CONFIRMED, CLOSURE_RETURNED, CLOSURE_RECURRED, CLOSURE_WAITING, CLOSURES };
/* What a scanner says of a rule on a host (XCCDF 7.2, "result"): pass and fixed support 符合, fail contradicts it. */
enum scan_answer { SCAN_PASS, SCAN_FIXED, SCAN_FAIL, SCAN_ERROR, SCAN_UNKNOWN, SCAN_NOT_APPLICABLE, SCAN_NOT_CHECKED,
		   SCAN_NOT_SELECTED, SCAN_INFORMATIONAL, SCAN_ANSWERS };
enum award { AWARD_CASE, AWARD_PROVIDER, AWARDS };
enum verdict { VERDICT_CHOSEN, VERDICT_REFUSED, VERDICTS };
enum ledger_kind { LEDGER_OBJECTION, LEDGER_CORRECTION, LEDGER_UPHELD, LEDGER_WITHDRAWAL, LEDGER_RESTORED, LEDGER_ADDED,
		   LEDGER_RENAMED, LEDGERS };
enum standing_kind { STANDING_VALID, STANDING_CORRECTED, STANDING_WITHDRAWN, STANDING_ADDED, STANDING_RENAMED,
		     STANDING_ABSENT, STANDINGS };
enum state { STATE_PROPOSED, STATE_PUBLISHED, STATES };
enum decider { DECIDER_PROVINCE, DECIDER_CITY, DECIDERS };
enum event { EVENT_PUBLISHED, EVENT_DISPATCHED, EVENT_STATE, EVENT_REPLACED, EVENT_CERTIFIED, EVENTS };
enum channel { CHANNEL_PLATFORM, CHANNEL_PAPER, CHANNEL_MEDIUM, CHANNEL_NOTICE, CHANNEL_ATTACHMENT, CHANNELS };
enum shown { SHOWN_HIDDEN, SHOWN_SHOWN, SHOWNS };
/* What a row of a catalogue's second sheet is about: an attribute, and behind those the levels. */
enum head_kind { HEAD_TRACK, HEAD_EDITION, HEAD_BASIS, HEAD_NOTE, HEAD_LEVEL_1, HEAD_LEVEL_2, HEAD_LEVEL_3,
		 HEAD_LEVEL_4, HEAD_LEVEL_5, HEAD_LEVEL_6, HEAD_LEVEL_7, HEAD_LEVEL_8, HEAD_LEVEL_9, HEADS };
enum holiday_kind { HOLIDAY_REST, HOLIDAY_WORK, HOLIDAYS };
enum repeat { REPEAT_LATEST, REPEATS };
enum method { METHOD_MIN_OF_PA, METHOD_THRESHOLD, METHOD_GIVEN, METHODS };

enum choice_set {
	SET_NONE,
	SET_ROUND, SET_RESULT, SET_ELEMENT, SET_RISK, SET_ORIGIN, SET_GRADE, SET_SIZE,
	SET_YESNO, SET_STATUS, SET_AWARD, SET_VERDICT, SET_LEDGER, SET_STANDING, SET_STATE, SET_EVENT, SET_SHOWN,
	SET_METHOD, SET_DECIDER, SET_REPEAT, SET_CLOSURE, SET_SCAN, SET_HOLIDAY, SET_HEAD, SET_CHANNEL,
	SETS
};

/* How many values a set has; valid values are 0 … count − 1. */
int choice_count(enum choice_set set);
/* The word as data/FORMATS.md §4 writes it ("现场核查"); "" for CHOICE_MISSING. */
const char *choice_word(enum choice_set set, int value);
/* The name in XML ("onsite"); "" for CHOICE_MISSING. */
const char *choice_xml(enum choice_set set, int value);
/* The value that `text` names (word, XML name or synonym, trimmed), or CHOICE_MISSING. */
int choice_find(enum choice_set set, struct text text);
/* "符合、部分符合、不符合": for messages. */
struct arena;
struct text choice_list(enum choice_set set, struct arena *arena);

#endif
