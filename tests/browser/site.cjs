// usage: node site.cjs CHROMIUM SITE YEARS LONG [PICTURES]      YEARS: a site of several years, with a ledger; LONG: one whose lists go by pages
'use strict';
const { chromium } = require('playwright-core');
const { serve } = require('./serve.cjs');
const { rows, count, settle, search, useNames } = require('./asking.cjs');
const { execFileSync } = require('child_process');
const fs = require('fs'), os = require('os'), path = require('path'), assert = require('assert');
const [executablePath, site, years, long, pictures] = process.argv.slice(2);
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'); // no pictures: only the widths are looked at

const tests = {
	...require('./readers.cjs'),
	async 'finds any part of a name'(page) {
		const names = await search(page, '光电科');
		assert(names.length > 0 && names.every((name) => name.includes('光电科')), names.join());
		assert.equal(await count(page), String(names.length));
	},
	async 'finds initials, in any case and width'(page) {
		const wanted = await search(page, 'njslys');
		assert(wanted.some((name) => name.startsWith('南京示例云顺')), wanted.join());
		assert.deepEqual(await search(page, 'NJSLYS'), wanted);
		assert.deepEqual(await search(page, 'ｎｊｓｌＹＳ'), wanted);
		assert.deepEqual(await search(page, ' njsl  ys '), await search(page, 'ys njsl'));
	},
	async 'all letters of a character with several readings count'(page) {
		const wanted = await search(page, '长');
		for (const letters of ['c', 'z']) {
			const found = await search(page, letters);
			for (const name of wanted) assert(found.includes(name), `${letters}: ${name}`);
		}
	},
	/* Names of our own, in the form of search.js. */
	async 'width, case, numerals, marks and rare characters do not matter'(page) {
		const names = ['南京第二机床厂', '南京第２机床（示例）厂', '南京ＡＢＣ－3公司', '南京第三机床厂', '重庆𠮷祥厂', '南京陆合厂'];
		await useNames(page, names.map((name) => [name, '01', 'i1']), { readings: 'c厂床重d第e二h合j京机𠮷l陆n南q庆s三x祥z重' });
		const found = async (words) => (await search(page, words)).map((name) => names.indexOf(name)).join(' ');
		for (const words of ['第二', '第2', '第２', '第贰', '第 2', '第二机床']) assert.equal(await found(words), '0 1', words);
		for (const words of ['2机床示例', '２机床（示', '二机床 示例']) assert.equal(await found(words), '1', words);
		for (const words of ['abc', 'ＡＢＣ', 'Abc-三', 'abc3公', 'ａｂｃ叁']) assert.equal(await found(words), '2', words);
		for (const words of ['cqjx', 'ZQJX', '庆𠮷祥', 'zqj祥', 'q𠮷']) assert.equal(await found(words), '4', words);
		assert.equal(await found('njd2jc'), '0 1');
		assert.equal(await found('陆合'), '5');
		assert.equal(await found('六合'), '');
		assert.equal(await found('厂南'), '', 'across the end of a name');
		assert.equal(await found('cn'), '');
	},
	async 'says that nothing was found'(page) {
		assert.deepEqual(await search(page, '没有的企业'), []);
		assert.equal(await count(page), '0');
		assert(await page.locator('#results .empty').isVisible());
	},
	async 'hostile words are only words'(page) {
		for (const words of ['<img src=x onerror=alert(1)>', '.*', '[', '\\', '(((', '"\'']) await search(page, '甲' + words);
	},
	async 'filters agree with the pages'(page, base) {
		const values = { city: 'cities/320100/', track: null, level: 'levels/ics-3/', change: 'movements/up/', industry: null };
		for (const [name, address] of Object.entries(values)) {
			await page.goto(base);
			const value = await page.locator(`#filter-${name} option`).nth(1).getAttribute('value');
			await page.selectOption(`#filter-${name}`, address ? address.split('/')[1] : value);
			await settle(page);
			const found = (await rows(page).allTextContents()).sort();
			assert(found.length > 0, name);
			assert.equal(new URL(page.url()).searchParams.get(name), address ? address.split('/')[1] : value);
			if (!address) continue;
			await page.goto(base + address);
			assert.deepEqual((await page.locator('table.list tbody th[scope=row]').allTextContents()).sort(), found, name);
		}
	},
	async 'the address holds the question; the back button undoes'(page, base) {
		await page.locator('#filter-text').focus();
		await page.keyboard.type('njsl');
		await page.waitForFunction(() => location.search === '?q=njsl');
		await page.selectOption('#filter-track', 'ics');
		await page.waitForFunction(() => location.search === '?q=njsl&track=ics');
		const before = await rows(page).allTextContents();
		await page.reload();
		await settle(page);
		assert.deepEqual(await rows(page).allTextContents(), before);
		const shared = await (await page.context().browser().newContext()).newPage();
		await shared.goto(page.url());
		await settle(shared);
		assert.deepEqual(await rows(shared).allTextContents(), before, 'the same address for somebody else');
		assert.equal(await shared.inputValue('#filter-text'), 'njsl');
		await shared.context().close();
		await rows(page).first().locator('a').click();
		await page.waitForURL('**/enterprises/**');
		await page.goBack();
		await settle(page);
		assert.deepEqual(await rows(page).allTextContents(), before);
		await page.goBack();
		await page.waitForFunction(() => location.search === '?q=njsl' && document.getElementById('filter-track').value === '');
		await page.goBack();
		await page.waitForFunction(() => location.search === '' && document.getElementById('results').hidden);
		assert(await page.locator('#whole').isVisible());
		await page.goto(base + '?level=nonsense&q=%E0%A4%A');
		await page.waitForSelector('#filter:not([hidden])');
	},
	async 'works with the keyboard alone'(page) {
		await page.keyboard.press('Tab');
		assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
		for (let i = 0; i < 80 && (await page.evaluate(() => document.activeElement.id)) !== 'filter-text'; i++) await page.keyboard.press('Tab');
		assert.equal(await page.evaluate(() => document.activeElement.id), 'filter-text');
		await page.keyboard.type('南京');
		for (const next of ['submit', 'select-one', 'select-one']) {
			await page.keyboard.press('Tab');
			assert.equal(await page.evaluate(() => document.activeElement.type), next);
		}
		assert.equal(await page.evaluate(() => document.activeElement.id), 'filter-track');
		await page.keyboard.press('ArrowDown');
		await page.waitForFunction(() => new URLSearchParams(location.search).get('track'));
		for (let i = 0; i < 20 && (await page.evaluate(() => document.activeElement.type)) !== 'reset'; i++) await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		await page.waitForFunction(() => location.search === '' && document.getElementById('results').hidden);
		assert.equal(await page.evaluate(() => document.activeElement.id), 'filter-text');
		await page.keyboard.type('njsl');
		await settle(page);
		while (!(await page.evaluate(() => document.activeElement.closest('#results tr:not(.group)')))) await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		await page.waitForURL('**/enterprises/**');
	},
	async 'shows where the focus is, in the order of the page'(page) {
		const stops = [];
		for (let i = 0; i < 40; i++) {
			await page.keyboard.press('Tab');
			stops.push(await page.evaluate(() => {
				const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
				return { what: here.id || here.textContent.trim(), top: box.top + scrollY, outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
					isSeen: box.width > 0 && box.bottom > 0 && box.top < innerHeight };
			}));
		}
		for (const stop of stops) assert(stop.outline && stop.isSeen, `focus cannot be seen: ${stop.what}`);
		const fields = stops.filter((stop) => stop.what.startsWith('filter-')).map((stop) => stop.what.slice(7)).join(' ');
		assert.equal(fields, 'text city track level industry change');
	},
	async 'Escape empties the search, Enter keeps it'(page) {
		await page.focus('#filter-text');
		await page.keyboard.type('njsl');
		await settle(page);
		const found = await rows(page).allTextContents();
		await page.keyboard.press('Enter');
		await settle(page);
		assert.deepEqual(await rows(page).allTextContents(), found);
		assert.equal(new URL(page.url()).search, '?q=njsl');
		assert.equal(await page.evaluate(() => document.activeElement.id), 'found');
		await page.focus('#filter-text');
		await page.keyboard.press('Escape');
		await settle(page);
		assert.equal(await page.inputValue('#filter-text'), '');
		assert(await page.locator('#whole').isVisible());
		assert.equal(await page.evaluate(() => document.activeElement.id), 'filter-text');
	},
	async 'announces the count'(page) {
		const status = page.locator('[role=status][aria-live=polite]');
		assert.match(await status.textContent(), /^共 \d+ 条$/);
		await search(page, '南京');
		assert.equal(await status.textContent(), `共 ${await rows(page).count()} 条`);
	},
	async 'downloads the index only when it is wanted'(page, base, log) {
		assert(!log.some((address) => address.includes('/search.')));
		await page.focus('#filter-text');
		await search(page, '南京');
		assert.equal(log.filter((address) => address.includes('/search.')).length, 1);
	},
	async 'prints a list on A4, with the head of the table on each page'(page) {
		const bytes = await page.pdf({ preferCSSPageSize: true });
		const file = path.join(os.tmpdir(), `xingji-print-${process.pid}.pdf`);
		fs.writeFileSync(file, bytes);
		const read = (tool, ...more) => execFileSync(tool, [file, ...more], { encoding: 'utf8' });
		const info = read('pdfinfo'), pages = read('pdftotext', '-').split('\f').slice(0, -1);
		fs.unlinkSync(file);
		assert.match(info, /Page size: +59[45][.0-9]* x 84[12]/);
		assert(pages.length > 1, `${pages.length} pages`);
		assert(pages[0].includes('年度工业信息安全防护星级企业名单'));
		for (const [i, text] of pages.entries()) if (i && /有限公司|集团/.test(text)) assert(text.includes('企业名称'), `no head on page ${i + 1}`);
		for (const words of ['跳到正文', '数据下载', '按设区市浏览', '清除']) assert(!pages.join('').includes(words), words);
		const names = await page.locator('#whole table.list th[scope=row]').allTextContents(), text = pages.join('').replace(/\s/g, '');
		for (const name of names) assert(text.includes(name.replace(/\s/g, '')), name);
	},
	async 'prints what was found'(page) {
		const found = await search(page, '南京');
		await page.emulateMedia({ media: 'print' });
		assert(!(await page.locator('#filter').isVisible()) && !(await page.locator('#whole').isVisible()));
		assert.equal(await page.locator('#results th[scope=row]:visible').count(), found.length);
		assert.equal(await page.locator('#hits > p').innerText(), `按“南京”查找，共 ${found.length} 条。`);
		assert(!(await page.locator('.figures').isVisible()), 'figures of the whole list beside a part of it');
	},
};

async function withoutScript(browser, base) {
	const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
	await page.goto(base);
	assert(!(await page.locator('#filter').isVisible()));
	const all = await page.locator('#whole tbody th[scope=row]').count();
	assert(all > 100, `${all} rows without a script`);
	for (const words of ['设区市', '级别', '行业', '工控', '提升']) {
		await page.goto(base);
		await page.locator('.browse').getByRole('link', { name: words, exact: true }).click();
		assert((await page.locator('main table').count()) > 0, words);
	}
	await page.context().close();
}

/* A page opened from a disk has no server; scripts still load. */
async function fromDisk(browser) {
	const page = await browser.newPage();
	await page.goto('file://' + path.join(site, 'index.html'));
	assert((await search(page, 'njsl')).length > 0);
	await rows(page).first().locator('a').click();
	await page.waitForURL('**/enterprises/**/index.html');
	await page.close();
}

/* From page to page by the links, to the end: each row once, as many as are said. */
async function byPages(browser) {
	const { server, base } = await serve(long), page = await (await browser.newContext()).newPage();
	try {
		await page.goto(base);
		const total = Number((await count(page)).replace(',', ''));
		assert(total > 500, `${total} rows only`);
		const version = await page.request.get(base + 'changes/').then((answer) => answer.text()).then((text) => /versions\/[-\d]+\//.exec(text)[0]);
		for (const start of ['list/1/', version]) {
			const seen = new Set();
			let rowsSeen = 0, pages = 0;
			for (await page.goto(base + start); ; pages++) {
				const names = await page.locator('table.listed tbody tr').allTextContents();
				assert(names.length > 0 && names.length <= 200, `${page.url()}: ${names.length} rows`);
				rowsSeen += names.length;
				names.forEach((name) => seen.add(name));
				assert.equal(await page.locator('.pager').first().locator('a[rel=prev]').count(), pages ? 1 : 0);
				const next = page.locator('.pager').first().locator('a[rel=next]');
				if (!(await next.count())) break;
				assert.equal((await next.innerText()).trim(), '下一页');
				await page.goto(new URL(await next.getAttribute('href'), page.url()).href);
			}
			assert.equal(rowsSeen, total, start);
			assert.equal(seen.size, rowsSeen, `${start}: rows twice`);
			assert.equal(pages + 1, Math.ceil(total / 200));
			await page.goBack();
			await page.locator('.pager').first().locator('a[rel=prev]').click();
		}
	} finally { server.close(); }
}

/* The file over the years has what the files of the years have, and calls them by their year and state. */
async function overTheYears(browser) {
	const { server, base } = await serve(years), page = await (await browser.newContext({ acceptDownloads: true })).newPage();
	try {
		await page.goto(base);
		const download = page.waitForEvent('download');
		await page.getByRole('link', { name: 'CSV' }).click();
		assert.equal((await download).suggestedFilename(), '江苏省-历年-星级企业名单.csv');
		const table = (bytes) => bytes.toString('utf8').replace(/^\uFEFF/, '').trim().split('\r\n').map((line) => line.split(','));
		const all = table(fs.readFileSync(await (await download).path())), own = fs.readdirSync(years).filter((name) => /^\d{4}$/.test(name));
		assert(own.length > 1 && all.length > 4);
		for (const year of own) {
			const rows = table(fs.readFileSync(path.join(years, year, 'data/listed.csv'))), head = rows[0];
			const of = (row, name) => (head.includes(name) ? row[head.indexOf(name)] : '');
			const wanted = rows.slice(1).map((row) => [of(row, '企业名称'), of(row, '类型'), of(row, '级别'), of(row, '状态') || '有效', year + '/' + of(row, '链接')].join()).sort();
			const found = all.slice(1).filter((row) => row[0] === year).map((row) => [row[1], row[3], row[4], row[5], row[8]].join()).sort();
			assert.deepEqual(found, wanted, year);
		}
	} finally { server.close(); }
}

const shots = ['index.html', 'index.html?q=njsl', 'cities/', 'cities/320100/', 'levels/', 'levels/ics-3/', 'tracks/ics/', 'industries/', 'movements/up/',
	'enterprises/', 'method/', 'notice/', 'verify/', 'data/', 'awards/', 'accessibility/', '404.html'];

/* Runs in the page: text whose contrast is below what WCAG 2.2 AA asks for. */
function faintTexts() {
	const parse = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
	const linear = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
	const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
	const ground = (element) => {
		for (; element; element = element.parentElement) {
			const colour = parse(getComputedStyle(element).backgroundColor);
			if (colour.length === 3 || colour[3] > 0.99) return colour;
		}
		return parse(getComputedStyle(document.documentElement).colorScheme.includes('dark') && matchMedia('(prefers-color-scheme: dark)').matches ? 'rgb(18,18,18)' : 'rgb(255,255,255)');
	};
	const faint = new Set(), texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (texts.nextNode()) {
		const element = texts.currentNode.parentElement;
		if (!texts.currentNode.data.trim() || !element.checkVisibility({ visibilityProperty: true }) || element.closest('[aria-hidden=true], option, svg, :disabled')) continue;
		const style = getComputedStyle(element), a = luminance(parse(style.color)), b = luminance(ground(element));
		const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), size = parseFloat(style.fontSize);
		if (ratio < (size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5))
			faint.add(`${texts.currentNode.data.trim().slice(0, 20)} ${ratio.toFixed(2)} ${style.color}`);
	}
	return [...faint];
}

const sizes = [['wide', 1280, 800], ['narrow', 375, 740], ['narrowest', 320, 640]];

/* The pages of a ledger: its versions, what changed between them, one enterprise that was withdrawn, one that was corrected. */
function pagesOfYears() {
	const all = fs.readdirSync(years, { recursive: true }).filter((file) => file.endsWith('index.html')).sort();
	const text = (file) => fs.readFileSync(path.join(years, file), 'utf8');
	const firm = (words, folder = '2021/') => all.find((file) => file.startsWith(folder + 'enterprises/') && text(file).includes(words));
	return ['2021/index.html', '2021/changes/', all.find((file) => /^2021\/versions\/[-\d]+\/index/.test(file)), all.find((file) => /^2021\/versions\/[-\d]+\/changes/.test(file)),
		firm('撤销，不再有效'), firm('更正为'), '2021/data/', '2020/index.html', firm('最新名单中的情况', '2020/'),
		'index.html', 'enterprises/', firm('已更正', ''), 'versions/', all.find((file) => /^versions\/[-\d]+\/index/.test(file)), '404.html'];
}

/* What axe finds against WCAG 2.2 AA and its own best practice, in the page as it is now. */
async function faultsOf(page) {
	await page.evaluate(axe);
	const found = await page.evaluate(() => window.axe.run(document, {
		runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'],
	}));
	return found.violations.map((fault) => `${fault.id}: ${fault.help}: ${fault.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(' | ')}`);
}

async function inspect(browser, base, addresses) {
	const page = await (await browser.newContext()).newPage();
	for (const address of addresses)
		for (const [width, colorScheme] of [[1280, 'light'], [1280, 'dark'], [320, 'light']]) {
			await page.setViewportSize({ width, height: 800 });
			await page.emulateMedia({ colorScheme });
			await page.goto(base + address);
			if (address.includes('?')) await settle(page);
			const faults = await faultsOf(page);
			assert.equal(faults.length, 0, `${address}, ${colorScheme}, at ${width}: ${faults.join('; ')}`);
			const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
			assert(over <= 0, `${address} is ${over} px too wide at ${width}`);
			const byNames = await page.evaluate(withLongNames);
			assert(byNames <= 0, `${address} is ${byNames} px too wide at ${width} when names are long`);
			const crooked = await page.evaluate(crookedRows);
			assert.deepEqual(crooked, [], `${address} at ${width}: what stands beside a name of two lines, or begins a line, is out of line`);
		}
	await page.context().close();
}

/* Runs in the page: how much too wide it is when each name has 44 characters without a place to break, as some have. */
function withLongNames() {
	for (const name of document.querySelectorAll('main h1, .list tbody tr:not(.group) th a, .crumbs li:last-child, .long')) name.textContent = '精细化工新材料'.repeat(6) + '公司';
	return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}

/* Runs in the page: changes that do not stand beside the first line of their name, and second lines that do not begin where the first does. */
function crookedRows() {
	const faults = [], left = (part) => part.getBoundingClientRect().left, top = (part) => part.getBoundingClientRect().top;
	for (const change of document.querySelectorAll('.list tbody tr > .change:not(:empty)')) {
		const row = change.closest('tr'), name = row.querySelector('th a');
		if (name && getComputedStyle(row).display === 'flex' && Math.abs(top(change) - top(name)) > 8) faults.push(row.textContent.slice(-20));
	}
	for (const phrase of document.querySelectorAll('.level-line > .phrase'))
		if (top(phrase) > top(phrase.previousElementSibling) + 12 && left(phrase) !== left(phrase.parentElement)) faults.push(phrase.textContent);
	return faults;
}

async function inspectAll(browser, base) {
	await inspect(browser, base, [...shots, 'index.html?q=没有的企业', 'coverage/', 'about/', 'changes/', 'movements/down/', 'industries/c39/', 'levels/platform-1/', 'levels/ics-5/', await aFirm(browser, base)]);
	const { server, base: other } = await serve(years);
	try { await inspect(browser, other, pagesOfYears()); } finally { server.close(); }
}

async function aFirm(browser, base) {
	const page = await browser.newPage();
	await page.goto(base + 'enterprises/');
	const firm = (await page.locator('main table a').first().getAttribute('href')).replace('../', '');
	await page.close();
	return firm;
}

async function look(browser, base) {
	const page = await (await browser.newContext()).newPage(), firm = await aFirm(browser, base);
	for (const shot of [...shots, firm]) {
		await page.goto(base + shot);
		if (shot.includes('?')) await settle(page);
		const name = shot === firm ? 'enterprise' : shot.replace(/[^a-z0-9]+/g, '-').replace(/-$|-html/g, '');
		for (const [size, width, height] of sizes) {
			await page.setViewportSize({ width, height });
			const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
			assert(over <= 0, `${shot} is ${over} px too wide at ${width}`);
			for (const colorScheme of ['light', 'dark']) {
				await page.emulateMedia({ colorScheme });
				const faint = await page.evaluate(faintTexts);
				assert.equal(faint.length, 0, `${shot}, ${colorScheme}, at ${width}: too little contrast: ${faint.join('; ')}`);
				if (pictures) await page.screenshot({ path: path.join(pictures, `${name}-${size}-${colorScheme}.png`) });
			}
		}
	}
	await page.context().close();
}

async function main() {
	const browser = await chromium.launch({
		executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
			'--disable-background-networking', '--disable-component-update', '--disable-sync'],
	});
	const { server, base } = await serve(site);
	let failed = 0;
	const attempt = async (name, run) => {
		if (process.env.ONLY && !name.includes(process.env.ONLY)) return;
		try { await run(); } catch (error) { failed++; console.log(`browser: ${name} FAILED\n${error.stack || error}`); }
	};
	for (const [name, test] of Object.entries(tests))
		await attempt(name, async () => {
			const context = await browser.newContext({ viewport: { width: 1280, height: 800 } }), page = await context.newPage(), log = [], faults = [];
			page.setDefaultTimeout(20000); // machines are loaded; nothing waits longer than it must
			page.on('request', (request) => log.push(request.url()));
			page.on('response', (response) => { if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`); });
			page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
			page.on('pageerror', (error) => faults.push(String(error)));
			await page.goto(base);
			await test(page, base, log, faults);
			assert.deepEqual(faults, []);
			assert.deepEqual(log.filter((address) => !address.startsWith(base)), [], 'requests to another place');
			await context.close();
		});
	await attempt('works without scripts', () => withoutScript(browser, base));
	await attempt('works from a disk', () => fromDisk(browser));
	await attempt('long lists and versions go by pages', () => byPages(browser));
	await attempt('one file over the years', () => overTheYears(browser));
	await attempt('contrast and widths, light and dark', () => look(browser, base));
	await attempt('axe: WCAG 2.2 AA, light and dark, also of versions and corrections', () => inspectAll(browser, base));
	await browser.close();
	server.close();
	console.log(`browser: ${Object.keys(tests).length + 6 - failed} passed, ${failed} failed`);
	if (pictures) console.log(`browser: pictures in ${pictures}`);
	process.exit(failed ? 1 : 0);
}
main();
