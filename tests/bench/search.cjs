// How long a search takes in headless Chromium, in a site of many enterprises.
// usage: node search.cjs CHROMIUM SITE
// From the input event until the frame that shows the rows is laid out and painted (a message sent from its animation
// callback arrives then), and until the frame after it begins; median of nine fresh pages:
//   loading   nothing fetched before: request, parsing and building of the index included
//   ready     the field had the focus, so the index was fetched, but nothing searched yet
//   typing    the next letters in the same page
'use strict';
const { chromium } = require('playwright-core');
const { serve } = require('../browser/serve.cjs');
const [executablePath, site] = process.argv.slice(2);
const TIMES = 9;

const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];

/* Runs in the page. */
function measure(words) {
	const field = document.getElementById('filter-text'), results = document.getElementById('results'), hits = document.getElementById('hits');
	return new Promise((done) => {
		const start = performance.now();
		field.value = words;
		field.dispatchEvent(new Event('input', { bubbles: true }));
		const script = performance.now() - start;
		const look = () => {
			if (results.hidden || !hits.childElementCount) return requestAnimationFrame(look);
			requestAnimationFrame(() => {
				const channel = new MessageChannel();
				let painted;
				channel.port1.onmessage = () => { painted = performance.now() - start; };
				channel.port2.postMessage(0);
				requestAnimationFrame(() => setTimeout(() => done({ painted, next: performance.now() - start, script }), 0));
			});
		};
		look();
	});
}

async function fresh(browser, base, isReady) {
	const context = await browser.newContext({ viewport: { width: 1280, height: 800 } }), page = await context.newPage();
	await page.goto(base);
	if (isReady) {
		await page.focus('#filter-text');
		await page.waitForSelector('#filter[data-loading=done]', { state: 'attached' });
	}
	const first = await page.evaluate(measure, 'njsl');
	return { context, page, first };
}

async function main() {
	const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'] });
	const { server, base } = await serve(site);
	const kinds = { loading: [], ready: [] }, typing = {};
	for (let i = 0; i < TIMES; i++) {
		for (const kind of ['loading', 'ready']) {
			const { context, page, first } = await fresh(browser, base, kind === 'ready');
			kinds[kind].push(first);
			for (const words of kind === 'ready' ? ['示', 's', '光电科技', 'zz gs', '2', 'ｎｊ'] : []) (typing[words] ||= []).push(await page.evaluate(measure, words));
			await context.close();
		}
	}
	const line = (name, list) => console.log(`search: ${name.padEnd(24)} ${median(list.map((one) => one.painted)).toFixed(1)} ms to the painted rows, ${median(list.map((one) => one.script)).toFixed(1)} ms of script; next frame ${median(list.map((one) => one.next)).toFixed(1)} ms`);
	line('first, index not fetched', kinds.loading);
	line('first, index fetched', kinds.ready);
	for (const [words, list] of Object.entries(typing)) line(`then “${words}”`, list);
	await browser.close();
	server.close();
}
main();
