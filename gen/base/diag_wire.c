/* SPDX-License-Identifier: MIT
 *
 * Complaints on their way from a worker to its parent.
 */
#include "base/buf.h"
#include "base/diag_store.h"

/* The fixed part of a record.  A whole complaint's texts follow; one only counted has nothing but kind and marks. */
struct wire {
	int64_t n;
	struct span span, other;
	uint32_t kind;
	int32_t participation, also[DIAG_ALSO];
	uint32_t is_whole;
	uint32_t sizes[DIAG_TEXTS];
	uint32_t column;
	struct diag_mark mark, group;
};

void diag_export_from_here(struct diag *diag)
{
	for (size_t i = 0; i < diag->slot_capacity; i++)
		diag->slots[i].is_exported = diag->slots[i].is_used;
}

static void export_item(struct diag_item *item, struct buf *records)
{
	const struct diag_args *args = &item->args;
	struct wire wire = { .kind = (uint32_t)item->kind, .is_whole = 1, .span = args->span, .other = args->other, .n = args->n,
			     .participation = args->participation, .column = args->column };
	struct text *texts[DIAG_TEXTS];
	memcpy(wire.also, args->also, sizeof wire.also);
	diag_texts(&item->args, texts);
	for (size_t i = 0; i < DIAG_TEXTS; i++)
		wire.sizes[i] = (uint32_t)texts[i]->size;
	buf_add(records, &wire, sizeof wire);
	for (size_t i = 0; i < DIAG_TEXTS; i++)
		buf_text(records, *texts[i]);
}

void diag_export(struct diag *diag, struct buf *records)
{
	diag_sort(diag);
	for (size_t i = 0; i < diag->count; i++)
		if (!diag_slot(diag, &diag->items[i].mark)->is_exported)
			export_item(&diag->items[i], records);
	for (size_t i = 0; i < diag->slot_capacity; i++) {
		const struct diag_slot *slot = &diag->slots[i];
		if (!slot->is_used || slot->is_exported || slot->is_kept)
			continue;
		const struct wire wire = { .kind = slot->kind, .mark = slot->mark,
					    .group = diag->groups[slot->group].mark };
		buf_add(records, &wire, sizeof wire);
	}
	diag_export_from_here(diag);
}

static bool take_record(struct text *rest, struct wire *wire, struct text texts[DIAG_TEXTS])
{
	if (rest->size < sizeof *wire)
		return false;
	memcpy(wire, rest->at, sizeof *wire);
	*rest = text_slice(*rest, sizeof *wire, rest->size);
	for (size_t i = 0; i < DIAG_TEXTS; i++) {
		if (wire->sizes[i] > rest->size)
			return false;
		texts[i] = text_slice(*rest, 0, wire->sizes[i]);
		*rest = text_slice(*rest, wire->sizes[i], rest->size);
	}
	return wire->kind < DIAG_KINDS;
}

bool diag_wire_stays(struct text records, bool (*stays)(const void *context, uint32_t source), const void *context,
		     size_t *count)
{
	for (*count = 0; records.size; ++*count) {
		struct wire wire;
		struct text texts[DIAG_TEXTS];
		if (!take_record(&records, &wire, texts) || !wire.is_whole || wire.participation ||
		    !stays(context, wire.span.source) || !stays(context, wire.other.source))
			return false;
		for (size_t i = 0; i < DIAG_ALSO; i++)
			if (wire.also[i])
				return false;
	}
	return true;
}

bool diag_import(struct diag *diag, struct text records)
{
	while (records.size) {
		struct wire wire;
		struct text texts[DIAG_TEXTS];
		if (!take_record(&records, &wire, texts))
			return false;
		if (!wire.is_whole) {
			diag_count_mark(diag, (enum diag_kind)wire.kind, &wire.mark, &wire.group);
			continue;
		}
		struct diag_args args = { .span = wire.span, .other = wire.other, .n = wire.n,
					  .participation = wire.participation, .column = wire.column,
					  .a = texts[0], .b = texts[1],
					  .c = texts[2], .d = texts[3], .offending = texts[4] };
		memcpy(args.also, wire.also, sizeof args.also);
		diag_report(diag, (enum diag_kind)wire.kind, args);
	}
	return true;
}
