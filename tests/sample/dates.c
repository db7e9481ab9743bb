/* SPDX-License-Identifier: MIT */
#include "dates.h"

#include <stdio.h>

enum { SERIAL_AUG_01 = 44409 }; /* how Excel counts 2021-08-01 */

void dates_write(char text[DATES_TEXT_MAX], int day, enum date_form form)
{
	static const int month_days[] = {31, 30, 31, 30, 31};
	text[0] = '\0';
	if (day < 0)
		return;
	int month = 0, rest = day;
	while (month < 4 && rest >= month_days[month])
		rest -= month_days[month++];
	int m = 8 + month, d = rest + 1;
	switch (form) {
	case DATE_ISO: snprintf(text, DATES_TEXT_MAX, "2021-%02d-%02d", m, d); break;
	case DATE_SLASH: snprintf(text, DATES_TEXT_MAX, "2021/%d/%d", m, d); break;
	case DATE_DOT: snprintf(text, DATES_TEXT_MAX, "2021.%d.%d", m, d); break;
	case DATE_COMPACT: snprintf(text, DATES_TEXT_MAX, "2021%02d%02d", m, d); break;
	case DATE_HAN: snprintf(text, DATES_TEXT_MAX, "2021年%d月%d日", m, d); break;
	case DATE_SERIAL: snprintf(text, DATES_TEXT_MAX, "%d", SERIAL_AUG_01 + day); break;
	case DATE_FORM_COUNT: break;
	}
}

int dates_workday(int day)
{
	static const int back[7] = {2, 0, 0, 0, 0, 0, 1};
	return day < 0 ? day : day - back[day % 7];
}
