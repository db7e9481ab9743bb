/* SPDX-License-Identifier: MIT */
#include "model/track.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

/* ---- words ------------------------------------------------------------------------------- */

/* The next character that counts, 0 at the end: no blanks, ASCII forms, lower case. */
static uint32_t next_character(struct text word, size_t *offset)
{
	while (*offset < word.size) {
		uint32_t character = utf8_next(word, offset);
		if (character == UTF8_BAD || character <= ' ' || character == 0xA0 || character == 0x3000 ||
			utf8_is_invisible(character))
			continue;
		if (character >= 0xFF01 && character <= 0xFF5E)
			character -= 0xFEE0;
		return character >= 'A' && character <= 'Z' ? character + 'a' - 'A' : character;
	}
	return 0;
}

bool track_same_word(struct text one, struct text other)
{
	size_t at = 0, other_at = 0;
	uint32_t character;
	do {
		character = next_character(one, &at);
		if (character != next_character(other, &other_at))
			return false;
	} while (character);
	return true;
}

static bool is_own_word(const struct track *track, struct text text)
{
	return track_same_word(track->label, text) || track_same_word(track->name, text) ||
		track_same_word(track->id, text);
}

static bool is_other_spelling(const struct track *track, struct text text)
{
	struct text rest = track->synonyms, synonym;
	while (text_next(&rest, '|', &synonym))
		if (synonym.size && track_same_word(synonym, text))
			return true;
	return false;
}

static bool is_blank(struct text text)
{
	size_t offset = 0;
	return next_character(text, &offset) == 0;
}

bool track_is_called(const struct track *track, struct text text)
{
	return !is_blank(text) && (is_own_word(track, text) || is_other_spelling(track, text));
}

int track_find_held(const struct campaign *campaign, struct text text)
{
	for (int i = 0; i < campaign->track_count && !is_blank(text); i++)
		if (is_own_word(&campaign->tracks[i], text))
			return i;
	for (int i = 0; i < campaign->track_count && !is_blank(text); i++)
		if (is_other_spelling(&campaign->tracks[i], text))
			return i;
	return -1;
}

int track_find(const struct campaign *campaign, struct text text)
{
	int found = track_find_held(campaign, text);
	for (int i = campaign->track_count; i < campaign->known_count && found < 0; i++)
		if (track_is_called(&campaign->tracks[i], text))
			found = i;
	return found;
}

/* The bytes of the bracket that begins there; 0: none. */
static size_t bracket_at(struct text text, size_t at, const char *wide, char narrow)
{
	if (at < text.size && text.at[at] == narrow)
		return 1;
	return text_starts(text_slice(text, at, text.size - at), wide) ? strlen(wide) : 0;
}

bool track_split(struct text text, struct text *word, struct text *platform)
{
	static const char opening[] = "（", closing[] = "）";
	struct text whole = text_trim(text);
	size_t at = 0, open = 0, close = 0;
	while (at < whole.size && !(open = bracket_at(whole, at, opening, '(')))
		at++;
	if (!open || at == 0)
		return false;
	if (whole.at[whole.size - 1] == ')')
		close = 1;
	else if (text_ends(whole, closing))
		close = sizeof closing - 1;
	if (!close || at + open + close > whole.size)
		return false;
	*word = text_trim(text_slice(whole, 0, at));
	*platform = text_trim(text_slice(whole, at + open, whole.size - at - open - close));
	return platform->size > 0;
}

/* ---- ids ----------------------------------------------------------------------------------- */

int track_by_id(const struct campaign *campaign, struct text id)
{
	for (int i = 0; i < campaign->known_count; i++)
		if (text_equal(campaign->tracks[i].id, id))
			return i;
	return -1;
}

int track_adopt(struct campaign *campaign, const struct track *track)
{
	int found = track_by_id(campaign, track->id);
	if (found >= 0 || campaign->known_count == TRACKS_KNOWN)
		return found;
	campaign->tracks[campaign->known_count] = *track;
	return campaign->known_count++;
}

bool track_is_held(const struct campaign *campaign, int track)
{
	return track >= 0 && track < campaign->track_count;
}

struct text track_label(const struct campaign *campaign, int track)
{
	return track >= 0 && track < campaign->known_count ? campaign->tracks[track].label : NO_TEXT;
}

struct text track_id(const struct campaign *campaign, int track)
{
	return track >= 0 && track < campaign->known_count ? campaign->tracks[track].id : NO_TEXT;
}

struct text track_list(const struct campaign *campaign, struct arena *arena)
{
	struct buf list;
	buf_init(&list, BUF_LIMIT_PAGE);
	for (int i = 0; i < campaign->track_count; i++)
		buf_format(&list, "%s%.*s", i ? "、" : "", TEXT_ARGS(campaign->tracks[i].label));
	struct text copy = text_copy(arena, buf_view(&list));
	buf_clear(&list);
	return copy;
}
