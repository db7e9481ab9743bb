/* SPDX-License-Identifier: MIT
 *
 * Speed of the stages on their own, in CPU time: CSV and XML in MB/s, reading and
 * checking a whole year, decisions per second, SHA-256, the leak scan.  Prints one row
 * each for tests/bench/table; never a test.
 * usage: bench DATA YEAR FOLDER      (FOLDER: an empty one to write pages into)
 *        bench DATA YEAR             only reading and checking, as the row `csv`: of a year with all results in CSV
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "assess/assess.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/zip.h"
#include "check/load.h"
#include "publish/leak.h"
#include "publish/output.h"
#include "read/csv.h"
#include "read/input.h"
#include "read/xlsx.h"
#include "read/xml.h"

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATION(id, type, target) "<Relationship Id=\"" id "\" Type=\"" OFFICE "/" type "\" Target=\"" target "\"/>"

static double cpu_seconds(void)
{
	const int whose[] = { RUSAGE_SELF, RUSAGE_CHILDREN };
	double seconds = 0;
	for (size_t i = 0; i < sizeof whose / sizeof *whose; i++) {
		struct rusage usage;
		getrusage(whose[i], &usage);
		seconds += (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec);
		seconds += (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
	}
	return seconds;
}

/* For tests/bench/table; what follows the unit is a remark. */
static void print_row(const char *key, const char *what, double value, const char *unit)
{
	printf("%s\t%s\t%.*f\t%s\t", key, what, value < 100 ? 1 : 0, value, unit);
}

static void bench_csv(void)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_FILE);
	for (int i = 0; buf.size < ((size_t)64 << 20); i++)
		buf_format(&buf, "913201000000%06d,工控,线上核查,PA%02d-1-01,符合,,,2021-10-08\n", i % 1000000, i % 40 + 1);
	struct arena *arena = arena_new();
	struct sources *sources = sources_new(arena);
	struct reader reader = { .arena = arena, .sources = sources, .diag = diag_new(arena, sources) };
	struct csv *csv = ARENA_NEW(arena, struct csv);
	csv_init(csv, &reader, input_add(&reader, "bench.csv", buf_view(&buf)), ',');
	double start = cpu_seconds();
	size_t records = 0;
	while (csv_next(csv))
		records++;
	double seconds = cpu_seconds() - start;
	print_row("reader-csv", "CSV reader", (double)buf.size / 1e6 / seconds, "MB/s");
	printf("%.1f million records/s\n", (double)records / 1e6 / seconds);
	buf_clear(&buf);
	arena_free(arena);
}

/* Results of 60,000 items as Excel keeps them: shared strings, a place in every cell. */
static void write_workbook(struct buf *packed, size_t *size)
{
	struct buf sheet, strings;
	struct zip zip;
	buf_init(&sheet, BUF_LIMIT_FILE);
	buf_init(&strings, BUF_LIMIT_FILE);
	buf_init(packed, BUF_LIMIT_FILE);
	buf_string(&sheet, "<worksheet><sheetData>");
	buf_string(&strings, "<sst><si><t>工控</t></si><si><t>线上核查</t></si><si><t>符合</t></si>");
	for (int i = 1; i <= 60000; i++) {
		const int strings_of[] = { i / 40 + 3, 0, 1, i / 40 + 3, 2 };
		buf_format(&sheet, "<row r=\"%d\" spans=\"1:8\">", i);
		for (int column = 0; column < 5; column++)
			buf_format(&sheet, "<c r=\"%c%d\" s=\"1\" t=\"s\"><v>%d</v></c>", 'A' + column, i, strings_of[column]);
		buf_format(&sheet, "<c r=\"H%d\" s=\"2\"><v>44477</v></c></row>", i);
		if (i % 40 == 0)
			buf_format(&strings, "<si><t>913201000000%06d</t></si><si><t>PA01-1-01</t></si>", i);
	}
	buf_string(&sheet, "</sheetData></worksheet>");
	buf_string(&strings, "</sst>");
	zip_init(&zip, packed);
	zip_add(&zip, "_rels/.rels", TEXT("<Relationships>" RELATION("r1", "officeDocument", "w.xml") "</Relationships>"));
	zip_add(&zip, "w.xml", TEXT("<workbook xmlns:r=\"" OFFICE "\"><sheets><sheet name=\"a\" r:id=\"r1\"/></sheets></workbook>"));
	zip_add(&zip, "_rels/w.xml.rels", TEXT("<Relationships>" RELATION("r1", "worksheet", "a.xml")
					       RELATION("r2", "sharedStrings", "b.xml") "</Relationships>"));
	zip_add(&zip, "a.xml", buf_view(&sheet));
	zip_add(&zip, "b.xml", buf_view(&strings));
	zip_close(&zip);
	*size = sheet.size;
	buf_clear(&sheet);
	buf_clear(&strings);
}

static void bench_xlsx(void)
{
	struct buf packed;
	size_t size;
	struct arena *arena = arena_new();
	struct sources *sources = sources_new(arena);
	struct reader reader = { .arena = arena, .sources = sources, .diag = diag_new(arena, sources) };
	write_workbook(&packed, &size);
	double start = cpu_seconds();
	uint32_t file = input_add(&reader, "bench.xlsx", NO_TEXT);
	bool is_read = xlsx_open_bytes(&reader, file, buf_view(&packed), ENTITY_OBSERVATION) != 0;
	double seconds = cpu_seconds() - start;
	print_row("reader-xlsx", "XLSX reader", (double)size / 1e6 / seconds, "MB/s");
	printf("of sheet XML, inflating and looking for the sheet included%s\n", is_read ? "" : ": FAILED");
	buf_clear(&packed);
	arena_free(arena);
}

static bool count_event(void *context, const struct xml_event *event)
{
	size_t *count = context;
	*count += event->kind == XML_START;
	return true;
}

static void bench_xml(void)
{
	struct buf buf;
	buf_init(&buf, BUF_LIMIT_FILE);
	buf_string(&buf, "<assessments>\n");
	for (int i = 0; buf.size < ((size_t)32 << 20); i++)
		buf_format(&buf, "<result item=\"PA%02d-1-01\" value=\"部分符合\"><note>已有技术措施，日志留存不足%d个月</note></result>\n", i % 40 + 1, i % 12);
	buf_string(&buf, "</assessments>\n");
	struct arena *arena = arena_new();
	struct sources *sources = sources_new(arena);
	struct reader reader = { .arena = arena, .sources = sources, .diag = diag_new(arena, sources) };
	uint32_t number = input_add(&reader, "bench.xml", buf_view(&buf));
	size_t elements = 0;
	double start = cpu_seconds();
	if (!xml_parse(&reader, number, count_event, &elements))
		exit(1);
	double seconds = cpu_seconds() - start;
	print_row("reader-xml", "XML reader", (double)buf.size / 1e6 / seconds, "MB/s");
	printf("%.1f million elements/s\n", (double)elements / 1e6 / seconds);
	buf_clear(&buf);
	arena_free(arena);
}

static void bench_hash(void)
{
	enum { MEGABYTES = 256 };
	static char bytes[1 << 20];
	struct hash hash;
	char hex[65];
	double start = cpu_seconds();
	hash_init(&hash);
	for (int i = 0; i < MEGABYTES; i++)
		hash_add(&hash, (struct text){ bytes, sizeof bytes });
	hash_finish(&hash, hex);
	double seconds = cpu_seconds() - start;
	print_row("hash", "SHA-256", (double)MEGABYTES * sizeof bytes / 1e6 / seconds, "MB/s");
	printf("%s\n", hash.is_portable ? "our own" : "by the processor");
}

/* Two thousand pages of 20 KB, 60,000 hunted values, none of which is there. */
static void bench_leak(const char *folder)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena, sources_new(arena));
	struct output *output = output_open(arena, &(struct output_options){ .folder = file_join(arena, folder, TEXT("pages")) }, diag);
	struct leak *leak = leak_new(arena);
	struct leak_summary summary;
	struct buf page;
	buf_init(&page, BUF_LIMIT_FILE);
	for (int i = 0; output && i < 2000; i++) {
		buf_reset(&page);
		for (int row = 0; page.size < 20000; row++)
			buf_format(&page, "<tr><th scope=\"row\"><a href=\"../e%d/\">南京示例第%d光电科技有限公司</a></th><td>工控</td><td>%d星级</td></tr>\n", i * 100 + row, row * 7 + i, row % 5 + 1);
		output_write(output, text_format(arena, "public/p%04d.html", i), buf_view(&page));
	}
	for (int i = 0; i < 20000; i++) {
		leak_add(leak, text_format(arena, "91320100XX%06dXK", i), "code");
		leak_add(leak, text_format(arena, "139%08d", i * 37), "phone");
		leak_add(leak, text_format(arena, "苏州保密第%d机械厂", i), "name");
	}
	double start = cpu_seconds();
	if (!output || !leak_scan(leak, output, diag, &summary))
		exit(1);
	double seconds = cpu_seconds() - start;
	print_row("leak", "leak scan", (double)summary.bytes / 1e6 / seconds, "MB/s");
	printf("%llu values hunted\n", (unsigned long long)summary.values);
	buf_clear(&page);
	leak_free(leak);
	output_close(output);
	arena_free(arena);
}

static void bench_decisions(struct arena *arena, struct model *model, struct diag *diag)
{
	double start = cpu_seconds();
	assess_model(arena, model, diag);
	double seconds = cpu_seconds() - start;
	print_row("decisions", "decisions", (double)model->participation_count / seconds, "/s");
	printf("%.2f million observations/s\n", (double)model->observation_count / 1e6 / seconds);
	print_row("observation", "an observation in memory", (double)sizeof(struct observation), "bytes");
	printf("its note apart\n");
}

/* Only the reading, as the row `csv`: the fastest of three, as what runs beside it only adds. */
static void bench_load(const char *data, int64_t year, bool is_only)
{
	double best = 0;
	for (int i = 0; i < (is_only ? 3 : 1); i++) {
		struct arena *arena = arena_new();
		struct sources *sources = sources_new(arena);
		struct diag *diag = diag_new(arena, sources);
		const struct load_options options = { .data = data, .shared = "data", .year = year };
		double start = cpu_seconds();
		struct model *model = load_model(arena, sources, diag, &options, NULL);
		double seconds = cpu_seconds() - start;
		if (!model)
			exit(1);
		best = i == 0 || seconds < best ? seconds : best;
		size_t bytes = 0;
		for (uint32_t source = 1; source <= sources_count(sources); source++)
			bytes += sources_find(sources, source)->text.size;
		if (!is_only || i == 2) {
			print_row(is_only ? "csv" : "load", is_only ? "the same, all results in CSV" : "read and check a year",
				  (double)bytes / 1e6 / best, "MB/s");
			printf("%.2f million observations/s; %zu enterprises, %.1f MB\n",
			       (double)model->observation_count / 1e6 / best, model->enterprise_count, (double)bytes / 1e6);
		}
		if (!is_only)
			bench_decisions(arena, model, diag);
		arena_free(arena);
	}
}

int main(int argc, char **argv)
{
	int64_t year;
	if (argc < 3 || argc > 4 || !text_to_integer(text_from(argv[2]), &year))
		return 2;
	if (argc == 3) {
		bench_load(argv[1], year, true);
		return 0;
	}
	bench_csv();
	bench_xlsx();
	bench_xml();
	bench_load(argv[1], year, false);
	bench_hash();
	bench_leak(argv[3]);
	return 0;
}
