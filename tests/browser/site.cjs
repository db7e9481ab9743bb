// usage: node site.cjs CHROMIUM SITE PICTURES [BIG]
'use strict';
const { chromium } = require('playwright-core');
const fs = require('fs'), http = require('http'), path = require('path'), assert = require('assert');
const [executablePath, site, pictures, big] = process.argv.slice(2);

const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.json': 'application/json' };

function serve(folder) {
	const server = http.createServer((request, answer) => {
		let name = path.join(folder, path.normalize(decodeURIComponent(new URL(request.url, 'http://x/').pathname)));
		if (name.endsWith('/')) name += 'index.html';
		fs.readFile(name, (error, bytes) => {
			answer.writeHead(error ? 404 : 200, { 'content-type': types[path.extname(name)] || 'application/octet-stream' });
			answer.end(error ? '' : bytes);
		});
	});
	return new Promise((done) => server.listen(0, '127.0.0.1', () => done({ server, base: `http://127.0.0.1:${server.address().port}/` })));
}

const rows = (page) => page.locator('#results tr:not(.group) th[scope=row]');
const count = (page) => page.locator('#filter-count').textContent();
async function search(page, words) {
	await page.fill('#filter-text', words);
	await page.waitForFunction(() => !document.getElementById('results').hidden);
	return rows(page).allTextContents();
}

const tests = {
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
			await page.waitForFunction(() => !document.getElementById('results').hidden);
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
		await page.waitForFunction(() => document.getElementById('results').childElementCount > 0);
		assert.deepEqual(await rows(page).allTextContents(), before);
		await rows(page).first().locator('a').click();
		await page.waitForURL('**/enterprises/**');
		await page.goBack();
		await page.waitForFunction(() => document.getElementById('results').childElementCount > 0);
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
		await page.keyboard.press('Tab');
		await page.keyboard.press('Tab');
		assert.equal(await page.evaluate(() => document.activeElement.id), 'filter-track');
		await page.keyboard.press('ArrowDown');
		await page.waitForFunction(() => new URLSearchParams(location.search).get('track'));
		for (let i = 0; i < 20 && (await page.evaluate(() => document.activeElement.type)) !== 'reset'; i++) await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		await page.waitForFunction(() => location.search === '' && document.getElementById('results').hidden);
		assert.equal(await page.evaluate(() => document.activeElement.id), 'filter-text');
		await page.keyboard.type('njsl');
		await page.waitForFunction(() => document.getElementById('results').childElementCount > 0);
		while (!(await page.evaluate(() => document.activeElement.closest('#results tr:not(.group)')))) await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		await page.waitForURL('**/enterprises/**');
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
		assert(log.every((address) => address.startsWith(base)), 'a request to another place');
	},
	async 'prints'(page) {
		const bytes = await page.pdf({ preferCSSPageSize: true });
		assert(bytes.subarray(0, 5).toString() === '%PDF-' && bytes.length > 10000);
		fs.writeFileSync(path.join(pictures, 'home.pdf'), bytes);
		await page.emulateMedia({ media: 'print' });
		assert(!(await page.locator('#filter').isVisible()));
		assert(await page.locator('table.list').first().isVisible());
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

async function time(browser) {
	const { server, base } = await serve(big);
	const page = await browser.newPage();
	await page.goto(base);
	const first = await page.evaluate(() => new Promise((done) => {
		/* From the arrival of the index to the rows on the page. */
		const field = document.getElementById('filter-text'), results = document.getElementById('results');
		let start;
		const given = window.xingjiIndex;
		window.xingjiIndex = (data) => {
			given(data);
			const came = performance.getEntriesByType('resource').find((entry) => entry.name.includes('/search.'));
			done(performance.now() - (came ? came.responseEnd : start));
		};
		start = performance.now();
		field.value = 'njsl';
		field.dispatchEvent(new Event('input', { bubbles: true }));
	}));
	console.log(`browser: first search ${first.toFixed(1)} ms after the index has come, ${await count(page)} hits`);
	for (const words of ['示', 's', 'njsl', '光电科技', 'zz gs']) {
		const spent = await page.evaluate((words) => {
			const field = document.getElementById('filter-text'), start = performance.now();
			field.value = words;
			field.dispatchEvent(new Event('input', { bubbles: true }));
			return performance.now() - start;
		}, words);
		console.log(`browser: “${words}” ${spent.toFixed(1)} ms, ${await count(page)} hits`);
	}
	await page.close();
	server.close();
}

const shots = ['index.html', 'index.html?q=njsl', 'cities/', 'cities/320100/', 'levels/', 'levels/ics-3/', 'tracks/ics/', 'industries/', 'movements/up/',
	'enterprises/', 'method/', 'notice/', 'data/', 'awards/', 'accessibility/', '404.html'];

async function take(browser, base) {
	for (const [size, width, height] of [['wide', 1280, 800], ['narrow', 375, 740]])
		for (const colorScheme of ['light', 'dark']) {
			const page = await (await browser.newContext({ viewport: { width, height }, colorScheme })).newPage();
			await page.goto(base + 'enterprises/');
			const firm = await page.locator('main table a').first().getAttribute('href');
			for (const shot of [...shots, firm.replace('../', '')]) {
				await page.goto(base + shot);
				if (shot.includes('?')) await page.waitForFunction(() => document.getElementById('results').childElementCount > 0);
				const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
				assert(over <= 0, `${shot} is ${over} px too wide at ${width}`);
				const name = shot.startsWith('enterprises/') && shot.length > 12 ? 'enterprise' : shot.replace(/[^a-z0-9]+/g, '-').replace(/-$|-html/g, '');
				await page.screenshot({ path: path.join(pictures, `${name}-${size}-${colorScheme}.png`), fullPage: false });
			}
			await page.context().close();
		}
}

async function main() {
	const browser = await chromium.launch({
		executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
			'--disable-background-networking', '--disable-component-update', '--disable-sync'],
	});
	const { server, base } = await serve(site);
	let failed = 0;
	const attempt = async (name, run) => {
		try { await run(); } catch (error) { failed++; console.log(`browser: ${name} FAILED\n${error.stack || error}`); }
	};
	for (const [name, test] of Object.entries(tests))
		await attempt(name, async () => {
			const context = await browser.newContext({ viewport: { width: 1280, height: 800 } }), page = await context.newPage(), log = [], faults = [];
			page.setDefaultTimeout(5000);
			page.on('request', (request) => log.push(request.url()));
			page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
			page.on('pageerror', (error) => faults.push(String(error)));
			await page.goto(base);
			await test(page, base, log);
			assert.deepEqual(faults, []);
			await context.close();
		});
	await attempt('works without scripts', () => withoutScript(browser, base));
	await attempt('works from a disk', () => fromDisk(browser));
	await attempt('pictures', () => take(browser, base));
	if (big) await attempt('speed', () => time(browser));
	await browser.close();
	server.close();
	console.log(`browser: ${Object.keys(tests).length + 3 - failed} passed, ${failed} failed; pictures in ${pictures}`);
	process.exit(failed ? 1 : 0);
}
main();
