// Every kind of page of a site as pictures: four widths, light and dark, and as it prints on A4.
// usage: gallery-site.cjs CHROMIUM SITE FOLDER [NAME=ADDRESS …]     further pages, or instead: ONLY=name,name WIDTHS=375,1280 SCHEMES=light
'use strict';
const { chromium } = require('playwright-core');
const { serve } = require('../browser/serve.cjs');
const { execFileSync } = require('child_process');
const fs = require('fs'), path = require('path');
const [executablePath, site, folder, ...more] = process.argv.slice(2);
const chosen = (name, all) => (process.env[name] ? process.env[name].split(',') : all);

/* The first file that matches, among the pages: of each kind one. */
function pages() {
	const all = fs.readdirSync(site, { recursive: true }).filter((file) => file.endsWith('.html')).sort();
	const texts = (kind) => all.filter((file) => file.startsWith(kind)).map((file) => [file, fs.readFileSync(path.join(site, file), 'utf8')]);
	const address = (file) => file && file.replace(/index\.html$/, '');
	const first = (pattern) => address(all.find((file) => pattern.test(file)));
	const firms = texts('enterprises/').filter(([file]) => file.split('/').length === 3);
	const firm = (test) => address((firms.find(([, text]) => test(text)) || [])[0]);
	const title = (text) => text.match(/<h1>([^<]*)/)[1];
	const longest = firms.map(([file, text]) => [title(text).length, file]).sort((a, b) => b[0] - a[0])[0];
	const wanted = {
		home: '', found: '?q=njsl', nothing: '?q=没有的企业', cities: 'cities/', city: first(/^cities\/\d+\/index/), levels: 'levels/',
		level: first(/^levels\/ics-[234]\/index/), top: first(/^levels\/ics-5\/index/), platform: first(/^levels\/platform-1\/index/), track: 'tracks/ics/', industries: 'industries/', industry: first(/^industries\/c26\//) || first(/^industries\/\w+\/index/),
		movement: first(/^movements\/new\//) || first(/^movements\/\w+\/index/), enterprises: 'enterprises/', enterprise: firm((text) => text.includes('class="figures-table')),
		both: firm((text) => text.split('<section class="result"').length > 2), longest: longest && address(longest[1]),
		withdrawn: firm((text) => text.includes('撤销，不再有效')), corrected: firm((text) => text.includes('更正为')),
		list: first(/^list\/2\//), method: 'method/', awards: 'awards/', notice: 'notice/', changes: 'changes/', version: first(/^versions\/[-\d]+\/index/),
		differences: first(/^versions\/[-\d]+\/changes\//), coverage: first(/^coverage\//), data: 'data/', about: 'about/', accessibility: 'accessibility/',
		missing: '404.html', year: first(/^20\d\d\/index/), 'year-levels': first(/^20\d\d\/levels\/index/),
	};
	for (const entry of more) wanted[entry.split('=')[0]] = entry.slice(entry.indexOf('=') + 1);
	return Object.entries(wanted).filter(([name, where]) => where !== undefined && chosen('ONLY', [name]).includes(name));
}

async function main() {
	fs.mkdirSync(folder, { recursive: true });
	const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'] });
	const { server, base } = await serve(site);
	const page = await (await browser.newContext()).newPage();
	let count = 0;
	for (const [name, where] of pages()) {
		for (const width of chosen('WIDTHS', ['375', '768', '1280', '2560']))
			for (const colorScheme of chosen('SCHEMES', ['light', 'dark'])) {
				await page.setViewportSize({ width: Number(width), height: width > 2000 ? 1440 : 900 });
				await page.emulateMedia({ colorScheme });
				await page.goto(base + where);
				if (where.includes('?')) await page.waitForFunction(() => document.getElementById('results').childElementCount > 0);
				await page.screenshot({ path: path.join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true, clip: await page.evaluate((width) => ({ x: 0, y: 0, width, height: Math.min(document.documentElement.scrollHeight, 4000) }), Number(width)) });
				count++;
			}
		if (process.env.PAPER === '0') continue;
		await page.emulateMedia({ colorScheme: null, media: null });
		const file = path.join(folder, `${name}-a4.pdf`);
		fs.writeFileSync(file, await page.pdf({ preferCSSPageSize: true }));
		execFileSync('pdftoppm', ['-r', '70', '-png', '-l', '3', file, path.join(folder, `${name}-a4`)]);
	}
	await browser.close();
	server.close();
	console.log(`gallery: site: ${count} pictures and the prints of ${pages().length} kinds of page`);
}
main();
