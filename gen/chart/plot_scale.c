/* SPDX-License-Identifier: MIT */
#include "chart/plot_scale.h"

#include <math.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clamp.h"

struct plot_scale plot_scale_of(double low, double high, int wanted, bool keeps_high)
{
	static const double mantissas[] = { 1, 2, 5, 10 };
	double rough = (high - low) / (wanted > 1 ? wanted - 1 : 1);
	double power = pow(10, floor(log10(rough)));
	size_t i = 0;
	/* Slightly more ticks than wanted are better than a step twice as large. */
	while (i < 3 && mantissas[i] * power < rough * 0.85)
		i++;
	struct plot_scale scale = { .step = mantissas[i] * power };
	scale.low = floor(low / scale.step + 1e-9) * scale.step;
	scale.high = keeps_high ? high : ceil(high / scale.step - 1e-9) * scale.step;
	scale.count = (size_t)floor((scale.high - scale.low) / scale.step + 1e-9) + 1;
	scale.count = scale.count > PLOT_TICKS_MOST ? PLOT_TICKS_MOST : scale.count;
	return scale;
}

double plot_tick(const struct plot_scale *scale, size_t i)
{
	double value = scale->low + (double)i * scale->step;
	return fabs(value) < scale->step * 1e-6 ? 0 : value;
}

/* Figures with separators between groups of three in what stands before the point. */
static void write_grouped(struct buf *buf, double value, int digits)
{
	struct buf plain;
	buf_init(&plain, 64);
	buf_fixed(&plain, value, digits);
	struct text text = buf_view(&plain);
	size_t start = text.size && text.at[0] == '-', point = text_find(text, TEXT("."));
	for (size_t i = 0; i < text.size; i++) {
		if (i > start && i < point && (point - i) % 3 == 0)
			buf_byte(buf, ',');
		if (i < start)
			buf_string(buf, "\u2212");
		else
			buf_byte(buf, text.at[i]);
	}
	buf_clear(&plain);
}

static struct text number(struct arena *arena, double value, int digits)
{
	struct buf buf;
	buf_init(&buf, 128);
	if (fabs(value) >= 1e12)
		buf_format(&buf, "%.3g", value);
	else
		write_grouped(&buf, value, digits);
	struct text text = text_copy(arena, buf_view(&buf));
	buf_clear(&buf);
	return text;
}

struct text plot_tick_text(struct arena *arena, const struct plot_scale *scale, size_t i)
{
	int digits = (int)ceil(-log10(scale->step) - 1e-9);
	return number(arena, plot_tick(scale, i), (int)clamp(digits, 0, 6));
}

struct text plot_number(struct arena *arena, double value)
{
	int digits = 0;
	for (double scaled = value; digits < 2 && fabs(scaled - nearbyint(scaled)) > 1e-6 * fmax(1, fabs(scaled));
	     digits++)
		scaled *= 10;
	return number(arena, value, digits);
}
