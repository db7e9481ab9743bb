// What the tests in the browser share: the home page is asked, and the answer waited for.
'use strict';

const rows = (page) => page.locator('#results tr:not(.group) th[scope=row]');
const count = (page) => page.locator('#filter-count').textContent();
const status = (page) => page.locator('[role=status][aria-live=polite]').textContent();

/* The answer to what was asked last is there: all of its first hundred rows, and the address says so. */
async function settle(page) {
	await page.waitForFunction(() => {
		const results = document.getElementById('results'), form = document.getElementById('filter');
		const isAsked = [...form.elements].some((field) => field.name && field.value.trim());
		return results.hidden === !isAsked && !results.hasAttribute('aria-busy') && (!isAsked || document.getElementById('hits').childElementCount > 0);
	});
}

async function search(page, words) {
	await page.fill('#filter-text', words);
	await settle(page);
	return rows(page).allTextContents();
}

/* Names of our own, in the form of search.js: [name, city's sign, level's sign]; cities 01 and 05, levels i1 i3 p1. */
async function useNames(page, list, { readings = '', forms = '', codes } = {}) {
	const column = (n) => list.map((row) => row[n]).join('');
	await page.focus('#filter-text');
	await page.waitForSelector('#filter[data-loading=done]');
	await page.evaluate((data) => window.xingjiIndex(data), {
		form: 2, readings, forms, names: list.map((row) => row[0]).join('\n'), slugs: 'x'.repeat(12 * list.length), codes,
		ofCity: column(1), ofIndustry: '000'.repeat(list.length), ofLevel: column(2), ofMovement: '0'.repeat(list.length),
		tracks: [['ics', '工控安全防护', '工控'], ['plat', '平台安全防护', '平台']],
		levels: [['i1', 'ics-1', 'ics', '1星', '基础建设级', '★', '工控'], ['i3', 'ics-3', 'ics', '3星', '集成管控级', '★★★', '工控'], ['p1', 'plat-1', 'plat', '基本级', '', '', '平台']],
		cities: [['01', '320100', '南京市'], ['05', '320500', '苏州市']], industries: [], movements: [],
	});
}

module.exports = { rows, count, status, settle, search, useNames };
