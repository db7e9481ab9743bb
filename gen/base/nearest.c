/* SPDX-License-Identifier: MIT */
#include "base/nearest.h"

#include "base/utf8.h"

enum { LONGEST = 40 /* characters compared; names are short */ };

static size_t characters(struct text text, uint32_t out[LONGEST])
{
	size_t count = 0, offset = 0;
	while (offset < text.size && count < LONGEST)
		out[count++] = utf8_next(text, &offset);
	return count;
}

static unsigned least(unsigned a, unsigned b, unsigned c)
{
	unsigned smaller = a < b ? a : b;
	return smaller < c ? smaller : c;
}

/* Levenshtein over characters, one row kept. */
static unsigned distance(struct text left, struct text right)
{
	uint32_t a[LONGEST], b[LONGEST];
	size_t na = characters(left, a), nb = characters(right, b);
	unsigned row[LONGEST + 1];
	for (unsigned j = 0; j <= nb; j++)
		row[j] = j;
	for (size_t i = 0; i < na; i++) {
		unsigned corner = row[0];
		row[0] = (unsigned)i + 1;
		for (size_t j = 0; j < nb; j++) {
			unsigned cost = corner + (a[i] != b[j]);
			corner = row[j + 1];
			row[j + 1] = least(row[j] + 1, corner + 1, cost);
		}
	}
	return row[nb];
}

void nearest_offer(struct nearest *nearest, struct text name)
{
	unsigned found = distance(nearest->wanted, name);
	if (nearest->best.at && found >= nearest->distance)
		return;
	nearest->best = name;
	nearest->distance = found;
}

struct text nearest_best(const struct nearest *nearest)
{
	size_t length = utf8_count(nearest->wanted);
	return nearest->best.at && nearest->distance <= (length + 1) / 3 ? nearest->best : NO_TEXT;
}
