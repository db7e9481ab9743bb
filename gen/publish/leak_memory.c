/* SPDX-License-Identifier: MIT */
#include "publish/leak_memory.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "publish/leak_hunt.h"
#include "publish/output.h"
#include "publish/tree.h"

enum {
	DIGEST = 16,                        /* bytes */
	SEEN_LEAST = 17, SEEN_MOST = 24,    /* bits of the number of words: few pages repeat little */
	BYTES_PER_WORD = 128,               /* pages are much alike: no more than half of the bits are set */
	NEW_MOST = 5000,                    /* values: with more of them all files are looked through */
	FULL = 4,                           /* of so many bits one is set: with more, has_text says yes too often */
	SAMPLE = 100,                       /* of so many files one is looked at all the same */
};

#define FIRST_LINE "scan 3\n"

void leak_memory_init(struct leak_memory *memory, struct arena *arena, struct text program)
{
	*memory = (struct leak_memory){ .arena = arena, .program = program };
	buf_init(&memory->kept_values, BUF_LIMIT_FILE);
	buf_init(&memory->kept_known, BUF_LIMIT_FILE);
	buf_init(&memory->kept_files, BUF_LIMIT_FILE);
}

static void forget(struct leak_memory *memory)
{
	map_clear(&memory->values);
	map_clear(&memory->files);
	free(memory->seen);
	memory->seen = NULL;
	memory->is_there = false;
}

void leak_memory_clear(struct leak_memory *memory)
{
	forget(memory);
	free(memory->digests);
	memory->digests = NULL;
	buf_clear(&memory->kept_values);
	buf_clear(&memory->kept_known);
	buf_clear(&memory->kept_files);
}

/* ---- digests ---------------------------------------------------------------------------- */

static void add_text(struct hash *hash, struct text text)
{
	const uint64_t size = text.size;
	hash_add(hash, (struct text){ (const char *)&size, sizeof size });
	hash_add(hash, text);
}

/* In arena. */
static struct text finish(struct hash *hash, struct arena *arena)
{
	unsigned char bytes[32];
	hash_finish_bytes(hash, bytes);
	return text_copy(arena, (struct text){ (const char *)bytes, DIGEST });
}

static struct text digest_value(const struct leak_value *value, struct arena *arena)
{
	const unsigned char kind[] = { value->is_remark, value->is_shared };
	struct hash hash;
	hash_init(&hash);
	add_text(&hash, value->value);
	hash_add(&hash, (struct text){ (const char *)kind, sizeof kind });
	return finish(&hash, arena);
}

static struct text digest_file(const struct output_file *file, struct arena *arena)
{
	struct hash hash;
	hash_init(&hash);
	add_text(&hash, file->path);
	add_text(&hash, text_from(file->hash));
	return finish(&hash, arena);
}

/* What is no leak, whatever is hunted. */
static struct text digest_context(const struct leak_memory *memory, const struct leak *leak)
{
	struct hash hash;
	hash_init(&hash);
	add_text(&hash, memory->program);
	for (size_t i = 0; i < leak->allowed.count; i++)
		add_text(&hash, leak->allowed.at[i]);
	return finish(&hash, memory->arena);
}

/* In what a value may stand that is no leak, or is told at its place, and was not told. */
static struct text digest_texts(const struct leak_memory *memory, const struct leak *leak)
{
	struct hash hash;
	hash_init(&hash);
	for (size_t i = 0; i < leak->known.count; i++)
		add_text(&hash, leak->known.at[i]);
	add_text(&hash, TEXT("pages"));
	for (size_t i = 0; i < leak->pages.count; i++)
		add_text(&hash, leak->pages.at[i]);
	add_text(&hash, TEXT("sources"));
	for (size_t i = 0; i < leak->sources.count; i++)
		add_text(&hash, leak->sources.at[i].text);
	return finish(&hash, memory->arena);
}

/* ---- what was seen --------------------------------------------------------------------------- */

/*
 * Of what kind the bytes are; the keys of each are apart.  Where short values are looked for, longer ones are told by
 * the keys of those.
 */
enum kind { KIND_TEXT, KIND_OTHER, KIND_NARROW };

static inline uint64_t hash_at(const char *at, enum kind kind)
{
	static const uint64_t factors[] = {
		[KIND_TEXT] = UINT64_C(0x9E3779B97F4A7C15), [KIND_OTHER] = UINT64_C(0xC2B2AE3D27D4EB4F),
		[KIND_NARROW] = UINT64_C(0xD6E8FEB86659FD93),
	};
	uint64_t key = 0;
	if (kind == KIND_NARROW) { /* of two loads: bytes put together in memory are not there yet when they are read */
		uint32_t first;
		uint16_t last;
		_Static_assert(LEAK_NARROW == sizeof first + sizeof last, "a key is of these");
		memcpy(&first, at, sizeof first);
		memcpy(&last, at + sizeof first, sizeof last);
		key = (uint64_t)last << 32 | first;
	} else {
		memcpy(&key, at, LEAK_WIDE);
	}
	return key * factors[kind];
}

static inline uint64_t bits_of(uint64_t hash)
{
	hash ^= hash >> 32;
	return UINT64_C(1) << (hash & 63) | UINT64_C(1) << (hash >> 6 & 63) | UINT64_C(1) << (hash >> 12 & 63);
}

static size_t size_of(enum kind kind)
{
	return kind == KIND_NARROW ? LEAK_NARROW : LEAK_WIDE;
}

/* Those that begin from `first` on. */
static void see(struct leak_memory *memory, struct text bytes, size_t first, enum kind kind)
{
	uint64_t *seen = memory->seen;
	const int shift = 64 - memory->seen_bits;
	const size_t step = kind == KIND_TEXT ? LEAK_WIDE : 1;
	for (size_t i = first; i + size_of(kind) <= bytes.size; i += step) {
		uint64_t hash = hash_at(bytes.at + i, kind);
		seen[hash >> shift] |= bits_of(hash);
	}
}

void leak_memory_see(struct leak_memory *memory, struct text bytes, bool is_other, bool is_narrow)
{
	see(memory, bytes, 0, KIND_TEXT);
	if (is_other)
		see(memory, bytes, 0, is_narrow ? KIND_NARROW : KIND_OTHER);
}

void leak_memory_see_part(struct leak_memory *memory, struct text bytes, size_t start)
{
	see(memory, bytes, start >= LEAK_WIDE ? start - (LEAK_WIDE - 1) : 0, KIND_TEXT);
}

static bool has(const struct leak_memory *memory, const char *at, enum kind kind)
{
	uint64_t hash = hash_at(at, kind), bits = bits_of(hash);
	return (memory->seen[hash >> (64 - memory->seen_bits)] & bits) == bits;
}

/* Every eight bytes in a row were seen. */
static bool has_all(const struct leak_memory *memory, struct text form, enum kind kind)
{
	size_t i = 0;
	while (i + size_of(kind) <= form.size && has(memory, form.at + i, kind))
		i++;
	return i + size_of(kind) > form.size;
}

/* Of any eight places in a row one was seen: wherever it stands in texts, and however those were cut, so it is. */
static bool has_text(const struct leak_memory *memory, struct text form)
{
	size_t unseen = 0;
	for (size_t i = 0; i + LEAK_WIDE <= form.size && unseen < LEAK_WIDE; i++)
		unseen = has(memory, form.at + i, KIND_TEXT) ? 0 : unseen + 1;
	return unseen < LEAK_WIDE;
}

/* May the form of a value have been looked at?  What is shorter than a key is not hunted. */
static bool may_have_seen(const struct leak_memory *memory, struct text form)
{
	if (form.size < LEAK_WIDE)
		return form.size >= LEAK_NARROW && has_all(memory, form, KIND_NARROW);
	if (leak_may_be_utf8(form))
		return has_text(memory, form);
	return has_all(memory, form, KIND_OTHER) || has_all(memory, form, KIND_NARROW);
}

static void make_room(struct leak_memory *memory, uint64_t bytes)
{
	forget(memory);
	memory->seen_bits = SEEN_LEAST;
	while (memory->seen_bits < SEEN_MOST && (UINT64_C(1) << memory->seen_bits) * BYTES_PER_WORD < bytes)
		memory->seen_bits++;
	const size_t size = ((size_t)1 << memory->seen_bits) * sizeof *memory->seen;
	memory->seen = memory_resize(NULL, size);
	memset(memory->seen, 0, size);
}

/* It holds what was seen of files that are gone, too, and must not fill up with that. */
static bool is_full(const struct leak_memory *memory)
{
	uint64_t set = 0, words = UINT64_C(1) << memory->seen_bits;
	for (uint64_t i = 0; i < words; i++)
		set += (uint64_t)__builtin_popcountll(memory->seen[i]);
	return set > words * 64 / FULL;
}

/* ---- values ------------------------------------------------------------------------------- */

enum { HUNTED = 1, KNOWN = 2 }; /* in memory.values */

/* Its digest, made once. */
static struct text digest_of(const struct leak_memory *memory, size_t index)
{
	return (struct text){ memory->digests + index * DIGEST, DIGEST };
}

static void digest_values(struct leak *leak)
{
	struct leak_memory *memory = leak->memory;
	struct arena *scratch = arena_new();
	memory->digests = memory_resize(memory->digests, (leak->values.count + 1) * DIGEST);
	for (size_t i = 0; i < leak->values.count; i++) {
		memcpy(memory->digests + i * DIGEST, digest_value(&leak->values.at[i], scratch).at, DIGEST);
		arena_clear(scratch);
	}
	arena_free(scratch);
}

/* A value that is hunted now and was not, as it is, then. */
static bool is_new(const struct leak_memory *memory, const struct leak *leak, size_t index)
{
	if (leak->values.at[index].is_known)
		return false;
	const uint32_t *found = map_find(&memory->values, digest_of(memory, index));
	return !found || *found != HUNTED;
}

/* In every form that leak.c hunts. */
static bool may_stand(const struct leak_memory *memory, struct leak *leak, struct text value)
{
	for (enum leak_form form = LEAK_UTF8; form < LEAK_FORMS; form++)
		if (leak_encoder_write(leak->encoder, form, value, &leak->form) &&
		    may_have_seen(memory, buf_view(&leak->form)))
			return true;
	return false;
}

static bool may_stand_folded(const struct leak_memory *memory, struct leak *leak, const bool *is_new_value)
{
	for (size_t i = 0; i < leak->variants.count; i++) {
		const struct leak_variant *variant = &leak->variants.at[i];
		if (!is_new_value[variant->value])
			continue;
		leak_folded_set(&leak->text, variant->text);
		if (has_text(memory, leak_folded_text(&leak->text)))
			return true;
	}
	return false;
}

/* No value that is new can stand in what was seen. */
static bool is_clean_of_new(const struct leak_memory *memory, struct leak *leak)
{
	bool *is_new_value = memory_resize(NULL, leak->values.count + 1);
	size_t count = 0;
	bool may = false;
	for (size_t i = 0; i < leak->values.count; i++) {
		is_new_value[i] = is_new(memory, leak, i);
		count += is_new_value[i];
		may = may || count > NEW_MOST || (is_new_value[i] && may_stand(memory, leak, leak->values.at[i].value));
	}
	may = may || (count && may_stand_folded(memory, leak, is_new_value));
	free(is_new_value);
	return !may;
}

/* ---- a scan --------------------------------------------------------------------------------- */

void leak_remember(struct leak *leak, struct leak_memory *memory)
{
	leak->memory = memory;
}

/* Of all files that are for outside an earlier scan says that they were clean. */
static bool has_all_files(const struct leak_memory *memory, const struct output_file *files, size_t count)
{
	bool has_all = true;
	for (size_t i = 0; i < count && has_all; i++)
		has_all = !leak_is_for_outside(files[i].path) ||
			  map_find(&memory->files, digest_file(&files[i], memory->arena));
	return has_all;
}

bool leak_memory_recall(struct leak *leak, const struct output_file *files, size_t count)
{
	struct leak_memory *memory = leak->memory;
	if (!memory)
		return false;
	digest_values(leak);
	memory->texts = digest_texts(memory, leak);
	memory->is_recalled = memory->is_there && !memory->looks_at_all &&
			      text_equal(memory->context, digest_context(memory, leak)) &&
			      text_equal(memory->texts_then, memory->texts) && has_all_files(memory, files, count);
	for (size_t i = 0; i < leak->values.count && memory->is_recalled; i++) {
		const uint32_t *found = map_find(&memory->values, digest_of(memory, i));
		leak->values.at[i].is_recalled = found != NULL;
		leak->values.at[i].is_known = found && *found == KNOWN;
	}
	return memory->is_recalled;
}

bool leak_memory_open(struct leak *leak, const struct output_file *files, size_t count)
{
	struct leak_memory *memory = leak->memory;
	uint64_t bytes = 0;
	if (!memory)
		return false;
	for (size_t i = 0; i < count; i++)
		bytes += text_starts(files[i].path, TREE_PUBLIC) ? files[i].size : 0;
	memory->is_used = memory->is_there && !memory->looks_at_all &&
			  text_equal(memory->context, digest_context(memory, leak)) && !is_full(memory) &&
			  is_clean_of_new(memory, leak);
	memory->is_recalled = memory->is_recalled && memory->is_used;
	if (!memory->is_used)
		make_room(memory, bytes);
	return memory->is_used;
}

bool leak_memory_passes(struct leak *leak, const struct output_file *file)
{
	struct leak_memory *memory = leak->memory;
	if (!memory)
		return false;
	struct text digest = digest_file(file, memory->arena);
	buf_text(&memory->kept_files, digest);
	return memory->is_recalled || (memory->is_used && map_find(&memory->files, digest) &&
				       (unsigned char)digest.at[0] % SAMPLE != 0);
}

void leak_memory_keep(struct leak *leak)
{
	struct leak_memory *memory = leak->memory;
	if (!memory)
		return;
	memory->is_kept = true;
	memory->context = digest_context(memory, leak);
	for (size_t i = 0; i < leak->values.count; i++) {
		struct buf *kept = leak->values.at[i].is_known ? &memory->kept_known : &memory->kept_values;
		buf_text(kept, digest_of(memory, i));
	}
}

/* ---- from run to run -------------------------------------------------------------------------- */

void leak_memory_write(const struct leak_memory *memory, struct buf *notes)
{
	const uint64_t numbers[] = { memory->kept_values.size / DIGEST, memory->kept_known.size / DIGEST,
				     memory->kept_files.size / DIGEST, (uint64_t)memory->seen_bits };
	if (!memory->is_kept || memory->kept_values.overflowed || memory->kept_known.overflowed ||
	    memory->kept_files.overflowed)
		return;
	buf_string(notes, FIRST_LINE);
	buf_text(notes, memory->context);
	buf_text(notes, memory->texts);
	buf_add(notes, numbers, sizeof numbers);
	buf_text(notes, buf_view(&memory->kept_values));
	buf_text(notes, buf_view(&memory->kept_known));
	buf_text(notes, buf_view(&memory->kept_files));
	buf_add(notes, memory->seen, ((size_t)1 << memory->seen_bits) * sizeof *memory->seen);
}

static bool take(struct text *rest, size_t size, struct text *part)
{
	if (size > rest->size)
		return false;
	*part = text_slice(*rest, 0, size);
	*rest = text_slice(*rest, size, rest->size);
	return true;
}

static bool read_digests(struct text *rest, uint64_t count, uint32_t what, struct map *map)
{
	struct text digest;
	for (uint64_t i = 0; i < count; i++) {
		if (!take(rest, DIGEST, &digest))
			return false;
		map_add(map, digest, what);
	}
	return true;
}

static bool read(struct leak_memory *memory, struct text notes)
{
	uint64_t numbers[4];
	struct text part;
	if (!text_starts(notes, FIRST_LINE) || !take(&notes, strlen(FIRST_LINE), &part) ||
	    !take(&notes, DIGEST, &memory->context) || !take(&notes, DIGEST, &memory->texts_then) ||
	    !take(&notes, sizeof numbers, &part))
		return false;
	memcpy(numbers, part.at, sizeof numbers);
	if (!read_digests(&notes, numbers[0], HUNTED, &memory->values) ||
	    !read_digests(&notes, numbers[1], KNOWN, &memory->values) ||
	    !read_digests(&notes, numbers[2], HUNTED, &memory->files) || numbers[3] < SEEN_LEAST ||
	    numbers[3] > SEEN_MOST || notes.size != ((size_t)1 << numbers[3]) * sizeof *memory->seen)
		return false;
	memory->seen_bits = (int)numbers[3];
	memory->seen = memory_resize(NULL, notes.size);
	memcpy(memory->seen, notes.at, notes.size);
	return true;
}

void leak_memory_read(struct leak_memory *memory, struct text notes)
{
	memory->is_there = read(memory, notes);
	if (!memory->is_there)
		forget(memory);
}
