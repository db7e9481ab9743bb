/* SPDX-License-Identifier: MIT
 *
 * From the file that libharu writes to the same document with object streams: a
 * tagged document is mostly small dictionaries, and those shrink to a tenth.
 * libharu knows where it has put each object, so nothing is parsed; rewriting by a
 * PDF library costs as much again as making the document.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/xref.h"
#include "render/haru.h"

enum { OBJECTS_MOST = 800 /* in one object stream: a reader unpacks it whole */, GONE = UINT8_MAX };

struct packer {
	struct haru *haru;
	struct text file;       /* as libharu wrote it */
	const struct haru_more *more;
	struct buf *out;
	struct xref_place *locations; /* by object number */
	uint32_t count, next;   /* libharu's objects; the next number for a stream of ours */
	struct buf heads, bodies, packed;
	size_t stream;          /* index of libharu's next in haru.streams */
	uint16_t held;          /* objects in the open object stream */
};

static HPDF_XrefEntry entry_at(const struct packer *packer, uint32_t number)
{
	return HPDF_Xref_GetEntry(packer->haru->doc->xref, number);
}

/* "7 0 obj\n…\nendobj\n" as it stands in the file. */
static struct text object_text(const struct packer *packer, uint32_t number)
{
	size_t from = entry_at(packer, number)->byte_offset, to = packer->haru->doc->xref->addr;
	if (number + 1 < packer->count)
		to = entry_at(packer, number + 1)->byte_offset;
	return text_slice(packer->file, from, to > from ? to - from : 0);
}

/* The dictionary when the object is a stream, else NULL. */
static HPDF_Dict stream_of(void *object)
{
	const HPDF_Obj_Header *header = object;
	if ((header->obj_class & HPDF_OCLASS_ANY) != HPDF_OCLASS_DICT)
		return NULL;
	HPDF_Dict dict = object;
	return dict->stream ? dict : NULL;
}

static void begin_object(struct packer *packer, uint32_t number)
{
	packer->locations[number] = (struct xref_place){ .kind = XREF_STREAM, .where = (uint32_t)packer->out->size };
	buf_format(packer->out, "%" PRIu32 " 0 obj\n", number);
}

struct stream_head {
	const char *entries; /* what the dictionary says besides */
	size_t turn;         /* where figures end and words begin; 0: nowhere */
};

/* Writes a compressed stream. */
static void put_stream(struct packer *packer, uint32_t number, struct text bytes, const struct stream_head *head)
{
	buf_reset(&packer->packed);
	if (!deflater_add_turning(fonts_deflater(packer->haru->fonts), bytes, head->turn, &packer->packed))
		canvas_fail(&packer->haru->canvas, "an object stream cannot be compressed");
	begin_object(packer, number);
	buf_format(packer->out, "<<%s/Length %zu/Filter/FlateDecode>>\nstream\n", head->entries, packer->packed.size);
	buf_text(packer->out, buf_view(&packer->packed));
	buf_string(packer->out, "\nendstream\nendobj\n");
}

static void close_object_stream(struct packer *packer)
{
	if (!packer->held)
		return;
	char entries[80];
	const struct stream_head head = { entries, packer->heads.size };
	snprintf(entries, sizeof entries, "/Type/ObjStm/N %u/First %zu", packer->held, packer->heads.size);
	buf_text(&packer->heads, buf_view(&packer->bodies));
	put_stream(packer, packer->next++, buf_view(&packer->heads), &head);
	buf_reset(&packer->heads);
	buf_reset(&packer->bodies);
	packer->held = 0;
}

struct buf *haru_pack_begin(struct packer *packer, uint32_t number)
{
	packer->locations[number] = (struct xref_place){ .kind = XREF_HELD, .where = packer->next,
							      .index = packer->held++ };
	haru_write_number(&packer->heads, number);
	buf_byte(&packer->heads, ' ');
	haru_write_number(&packer->heads, (uint32_t)packer->bodies.size);
	buf_byte(&packer->heads, ' ');
	return &packer->bodies;
}

void haru_pack_end(struct packer *packer)
{
	buf_byte(&packer->bodies, '\n');
	if (packer->held == OBJECTS_MOST)
		close_object_stream(packer);
}

/* Moves a plain object into the open object stream, whose number will be `next`. */
static void hold_object(struct packer *packer, uint32_t number)
{
	struct text text = object_text(packer, number);
	size_t from = text_find(text, TEXT("obj\n")) + 4, end = sizeof "\nendobj\n" - 1;
	if (from + end > text.size) {
		canvas_fail(&packer->haru->canvas, "object %" PRIu32 " is not where libharu says", number);
		return;
	}
	buf_text(haru_pack_begin(packer, number), text_slice(text, from, text.size - from - end));
	haru_pack_end(packer);
}

/* The bytes of the next stream, which must be this one. */
static struct text stored_bytes(struct packer *packer, uint32_t number)
{
	const struct haru *haru = packer->haru;
	if (packer->stream >= haru->streams.count || haru->streams.at[packer->stream].number != number) {
		canvas_fail(&packer->haru->canvas, "stream %" PRIu32 " has no bytes", number);
		return NO_TEXT;
	}
	size_t from = packer->stream ? haru->streams.at[packer->stream - 1].end : 0;
	size_t to = haru->streams.at[packer->stream].end;
	packer->stream++;
	return text_slice(buf_view(&haru->stored), from, to - from);
}

/* Copies a stream with its bytes, and its length written out, so that no object holds just a number. */
static void copy_stream(struct packer *packer, uint32_t number, HPDF_Dict dict)
{
	static const char end[] = "\nendstream\nendobj\n";
	struct text text = object_text(packer, number), bytes = stored_bytes(packer, number);
	HPDF_Number length = HPDF_Dict_GetItem(dict, "Length", HPDF_OCLASS_NUMBER);
	char reference[40];
	snprintf(reference, sizeof reference, "/Length %" PRIu32 " 0 R", length ? haru_number(length) : 0);
	size_t at = text_find(text, text_from(reference));
	if (!length || at == text.size || !text_ends(text, end)) {
		canvas_fail(&packer->haru->canvas, "stream %" PRIu32 " has no length", number);
		return;
	}
	begin_object(packer, number);
	size_t head = text_find(text, TEXT("obj\n")) + 4, behind = at + strlen(reference);
	buf_text(packer->out, text_slice(text, head, at - head));
	buf_format(packer->out, "/Length %zu", bytes.size);
	buf_text(packer->out, text_slice(text, behind, text.size - behind - strlen(end)));
	buf_text(packer->out, bytes);
	buf_string(packer->out, end);
}

/* The table of locations, itself a stream, and the way to it. */
static void put_locations(struct packer *packer, struct text id)
{
	uint32_t own = packer->next++;
	size_t start = packer->out->size;
	packer->locations[0].index = UINT16_MAX;
	packer->locations[own] = (struct xref_place){ .kind = XREF_STREAM, .where = (uint32_t)start };
	buf_reset(&packer->bodies);
	xref_write(&packer->bodies, packer->locations, packer->next);
	buf_reset(&packer->heads);
	buf_format(&packer->heads, "/Type/XRef/Size %" PRIu32 XREF_SHAPE "/Root %" PRIu32
		   " 0 R/Info %" PRIu32 " 0 R/ID[", packer->next, haru_number(packer->haru->doc->catalog), haru_number(packer->haru->doc->info));
	for (int twice = 0; twice < 2; twice++) {
		buf_byte(&packer->heads, '<');
		for (size_t i = 0; i < id.size; i++)
			buf_format(&packer->heads, "%02x", (unsigned)(unsigned char)id.at[i]);
		buf_byte(&packer->heads, '>');
	}
	buf_byte(&packer->heads, ']');
	put_stream(packer, own, buf_view(&packer->bodies), &(struct stream_head){ packer->heads.at, 0 });
	buf_format(packer->out, "startxref\n%zu\n%%%%EOF\n", start);
}

static void pack(struct packer *packer, struct text id)
{
	for (uint32_t i = 1; i < packer->count; i++) { /* what only says how long a stream is goes */
		HPDF_Dict stream = stream_of(entry_at(packer, i)->obj);
		HPDF_Number length = stream ? HPDF_Dict_GetItem(stream, "Length", HPDF_OCLASS_NUMBER) : NULL;
		if (length && haru_number(length) < packer->count)
			packer->locations[haru_number(length)].kind = GONE;
	}
	buf_text(packer->out, text_slice(packer->file, 0, packer->count > 1 ? entry_at(packer, 1)->byte_offset : 0));
	for (uint32_t i = 1; i < packer->count && !packer->haru->canvas.error[0]; i++) {
		void *object = entry_at(packer, i)->obj;
		HPDF_Dict stream = stream_of(object);
		if (packer->locations[i].kind == GONE)
			packer->locations[i].kind = XREF_FREE;
		else if (stream)
			copy_stream(packer, i, stream);
		else if (object != packer->haru->structure)
			hold_object(packer, i);
	}
	if (packer->more->count)
		packer->more->write(packer->haru, packer, packer->count);
	close_object_stream(packer);
	put_locations(packer, id);
}

bool haru_pack(struct haru *haru, struct haru_file file, const struct haru_more *more)
{
	struct packer packer = { .haru = haru, .file = file.bytes, .more = more, .out = haru->output,
	                         .count = (uint32_t)haru->doc->xref->entries->count };
	if (haru->output->size || file.bytes.size > UINT32_MAX / 2 || haru->doc->xref->start_offset != 0) {
		canvas_fail(&haru->canvas, "a PDF must begin at the start of its file");
		return false;
	}
	packer.next = packer.count + more->count;
	size_t most = (size_t)packer.next + packer.next / OBJECTS_MOST + 3;
	packer.locations = memory_resize(NULL, most * sizeof *packer.locations);
	memset(packer.locations, 0, most * sizeof *packer.locations);
	buf_init(&packer.heads, BUF_LIMIT_PAGE);
	buf_init(&packer.bodies, BUF_LIMIT_PAGE);
	buf_init(&packer.packed, BUF_LIMIT_PAGE);
	(void)buf_room(haru->output, haru->stored.size + file.bytes.size);
	pack(&packer, file.id);
	bool is_good = !packer.heads.overflowed && !packer.bodies.overflowed && !haru->output->overflowed &&
	               !haru->canvas.error[0];
	free(packer.locations);
	buf_clear(&packer.heads);
	buf_clear(&packer.bodies);
	buf_clear(&packer.packed);
	return is_good;
}
