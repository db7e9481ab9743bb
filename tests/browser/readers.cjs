// What readers of the site do: they type what they know, on a telephone, with an old page or a bad server, and print.
'use strict';
const assert = require('assert'), fs = require('fs'), os = require('os'), path = require('path');
const { execFileSync } = require('child_process');
const { rows, count, status, settle, search, useNames } = require('./asking.cjs');

const INDEX = '**/assets/search.index.js*';
const phone = { width: 390, height: 844 };

/* The first enterprise's page of the list. */
async function firm(page, base) {
	await page.goto(base + 'enterprises/');
	const address = (await page.locator('main table a').first().getAttribute('href')).replace('../', '');
	await page.goto(base + address);
	return base + address;
}

const asking = {
	async 'finds what people type: traditional forms, full pinyin, city, level, all in one'(page) {
		const names = ['苏州示例甲机械有限公司', '示例乙电子有限公司', '南京示例萬達厂', '吕示例丙公司', '示例平台公司'];
		await useNames(page, names.map((name, i) => [name, ['05', '05', '01', '01', '01'][i], ['i3', 'i1', 'i3', 'p1', 'i1'][i]]), {
			readings: 'chang厂da達dian电gong公ji机jia甲jing京li例lv吕nan南shi示市su苏wan萬xie械zhou州zi子',
			forms: '万萬 厂厰廠 机機 苏蘇 达達 电電',
		});
		const found = async (words) => (await search(page, words)).map((name) => names.indexOf(name)).sort().join(' ');
		for (const words of ['示例甲機械', '蘇州示例甲', 'shilijia', 'SHILI甲', 'sljjx', 'sljiajx', '甲ji', 'ｓｈｉｌｉｊｉａｊｉ']) assert.equal(await found(words), '0', words);
		assert.equal(await found('sujxie'), '', 'characters are left out');
		for (const words of ['万达', '萬达', 'wanda', '萬達廠', 'wdchang', 'wdchan']) assert.equal(await found(words), '2', words);
		for (const words of ['吕', 'lv', 'lü', 'lvshili']) assert.equal(await found(words), '3', words);
		for (const words of ['苏州', '苏州市', '蘇州市', 'suzhou', 'SuZhouShi', 'su zhou']) assert.equal(await found(words), words === 'su zhou' ? '0' : '0 1', words);
		for (const words of ['三星', '3星', '３星级', '集成管控级', '工控三星']) assert.equal(await found(words), '0 2', words);
		for (const words of ['苏州三星', '苏州市3星级', '苏州 三星', '苏州示例甲', '苏州市甲机械']) assert.equal(await found(words), '0', words);
		assert.equal(await found('基本级'), '3');
		assert.equal(await found('平台'), '3 4', 'the track, and a name');
		assert.equal(await found('三星 平台'), '');
	},
	async 'offers names that differ by one character, and nothing else'(page) {
		const names = ['示例甲机械有限公司', '示例乙机械有限公司', '苏州丙阀门有限公司'];
		await useNames(page, names.map((name) => [name, '05', 'i1']));
		for (const words of ['示列甲', '示例甲机诫', '示甲机', '示例例甲', '江苏省苏州市示例甲机械股份有限公司']) {
			assert.deepEqual(await search(page, words), [names[0]], words);
			assert.equal(await count(page), '0', words);
			assert.match(await status(page), /^共 0 条，名称相近的 1 条$/);
			assert(await page.getByRole('heading', { name: '名称相近的企业' }).isVisible(), words);
		}
		assert.deepEqual(await search(page, '苏州市丁阀门'), [names[2]]);
		for (const words of ['示丁', '没有的企业', 'shilx', '丁']) assert.deepEqual(await search(page, words), [], words);
	},
	async 'a code is understood, and told that it cannot be searched by'(page) {
		for (const code of ['91320500XX0000019U', '91320500xx0000019u', ' ９１３２０５００XX0000019U']) {
			assert.deepEqual(await search(page, code), []);
			assert.match(await page.locator('#hits').innerText(), /不公布代码，因此不能按代码查找/);
		}
		await search(page, '没有的企业');
		assert.doesNotMatch(await page.locator('#hits').innerText(), /代码/);
		await useNames(page, [['示例甲厂', '05', 'i1'], ['示例乙厂', '05', 'i1']], { codes: '91320500XX0000019U'.padEnd(18) + '91320500XX0000027P' });
		assert.deepEqual(await search(page, '91320500xx0000027p'), ['示例乙厂'], 'where codes are published');
	},
	async 'says what it means that nothing was found, and who is not told of'(page) {
		await page.selectOption('#filter-city', '320500');
		await search(page, '没有的企业');
		const words = await page.locator('#hits').innerText();
		assert.match(words, /不表示企业参加了评定，也不表示评定的结果/);
		assert.doesNotMatch(words, /未达标|没有达到|未通过|不合格|失败/);
		await page.getByRole('button', { name: '去掉其他条件再查' }).click();
		await settle(page);
		assert.equal(new URL(page.url()).searchParams.get('city'), null);
		assert.equal(await page.evaluate(() => document.activeElement.id), 'found');
		assert.equal(await page.getByRole('button', { name: '去掉其他条件再查' }).count(), 0);
	},
	async 'search comes first on a telephone; Enter goes to the answer'(page) {
		await page.setViewportSize(phone);
		await page.reload();
		const box = (what) => page.locator(what).boundingBox();
		const field = await box('#filter-text'), counted = await box('#filter-counted'), figures = await box('.figures');
		assert(field.y + field.height < phone.height / 2 && counted.y > field.y && counted.y < field.y + 80 && figures.y > counted.y);
		for (const name of ['city', 'track', 'level', 'industry', 'change']) assert(!(await page.isVisible(`#filter-${name}`)), name);
		await page.locator('#filter-more summary').click();
		await page.selectOption('#filter-city', '320500');
		await settle(page);
		assert.match(await page.locator('#filter-more summary').innerText(), /已选1项/);
		await page.fill('#filter-text', '公司');
		await page.keyboard.press('Enter');
		await settle(page);
		assert.equal(await page.evaluate(() => document.activeElement.textContent), '查找结果');
		const heading = await box('#found');
		assert(heading.y >= 0 && heading.y < phone.height, 'the heading is out of sight');
		await page.setViewportSize({ width: 1280, height: 800 });
		await page.waitForFunction(() => document.getElementById('filter-city').checkVisibility());
	},
	async 'tells that the index is loading, and that it failed'(page, base, log, faults) {
		let release;
		const held = new Promise((done) => { release = done; });
		await page.route(INDEX, async (route) => { await held; await route.abort(); });
		await page.reload();
		await page.fill('#filter-text', '南京');
		await page.waitForFunction(() => document.querySelector('[role=status]').innerText === '正在载入名单的索引…');
		release();
		await page.waitForFunction(() => document.querySelector('[role=status]').innerText === '查找暂时不可用');
		assert(await page.locator('#whole').isVisible() && await page.locator('#hits .empty').isVisible());
		assert.equal(await count(page), '', 'the whole list is counted as if it were the answer');
		await page.unroute(INDEX);
		await page.getByRole('button', { name: '再试一次' }).click();
		await settle(page);
		assert.equal(await count(page), String(await rows(page).count()));
		assert(!(await page.locator('#whole').isVisible()));
		faults.length = 0; /* the request that we let fail */
	},
	async 'a page of yesterday finds the index of today; one of another form is told of'(page, base, log, faults) {
		const body = await (await page.request.get(base)).text();
		await page.route(base, (route) => route.fulfill({ contentType: 'text/html', body: body.replace(/search\.index\.js\?v=\w+/, 'search.index.js?v=0123456789') }));
		await page.reload();
		assert((await search(page, '南京')).length > 0);
		assert(log.some((address) => address.endsWith('search.index.js?v=0123456789')));
		await page.route(INDEX, (route) => route.fulfill({ contentType: 'text/javascript', body: 'xingjiIndex({form: 1});' }));
		await page.reload();
		await page.fill('#filter-text', '南京');
		await page.waitForFunction(() => document.querySelector('[role=status]').innerText === '查找暂时不可用');
		assert.deepEqual(faults, []);
	},
};

const proving = {
	async 'a page of an enterprise proves something, on the screen and on paper'(page, base) {
		const here = await firm(page, base), name = await page.locator('h1').innerText();
		const facts = await page.locator('main').innerText();
		for (const words of ['有效', '名单最近更新', '2021年11月30日', '发布单位', '核验说明']) assert(facts.includes(words), words);
		const address = await page.locator('.address').innerText();
		assert(address.endsWith(new URL(here).pathname), address);
		const file = path.join(os.tmpdir(), `xingji-proof-${process.pid}`);
		fs.writeFileSync(`${file}.pdf`, await page.pdf({ preferCSSPageSize: true }));
		execFileSync('pdftoppm', ['-r', '150', '-png', '-singlefile', `${file}.pdf`, file]);
		const read = execFileSync('zbarimg', ['--quiet', '--raw', `${file}.png`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
		const pages = execFileSync('pdftotext', [`${file}.pdf`, '-'], { encoding: 'utf8' }).split('\f').slice(0, -1);
		for (const end of ['pdf', 'png']) fs.unlinkSync(`${file}.${end}`);
		assert.equal(read, address);
		assert.equal(pages.length, 1);
		for (const words of [name, '请核对', address, '公布', '有效']) assert(pages[0].replace(/\s/g, '').includes(words.replace(/\s/g, '')), words);
		await page.getByRole('link', { name: '核验说明' }).first().click();
		await page.waitForURL('**/verify/');
		assert.match(await page.locator('main').innerText(), /其他网址上的不是本站内容[^]*向谁询问/);
	},
	async 'the notice has what a notice has, from the data'(page, base) {
		await page.goto(base + 'notice/');
		const words = await page.locator('main').innerText();
		assert.match(words, /文号：示例〔2021〕1号[^]*附件[^]*联系方式：示例处[^]*江苏省工业和信息化厅\s+2021年11月30日/);
		const download = page.waitForEvent('download');
		await page.getByRole('link', { name: 'CSV' }).click();
		assert.equal((await download).suggestedFilename(), '江苏省-2021-公布-星级企业名单.csv');
	},
	async 'a level is told in words'(page, base) {
		await page.goto(base + 'levels/ics-3/');
		assert.match(await page.locator('main').innerText(), /由低到高分五级，3星是第三级。它表示：每个计入的过程域里，3星及以下各级的适用条目全部符合。/);
		await page.goto(base + 'levels/');
		assert.match(await page.locator('main').innerText(), /增强级及以下各级的适用条目，加权符合率不低于90(\.0)?%，并且其中的否决项全部符合。/);
	},
	async 'an address that is none is answered at any depth'(page, base, log, faults) {
		for (const address of ['nothing', 'enterprises/a/b/c/d', 'versions/1/2/3/']) {
			const answer = await page.goto(base + address);
			assert.equal(answer.status(), 404);
			assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.band')).backgroundColor === 'rgba(0, 0, 0, 0)'), false, `${address}: no style`);
			assert.equal(await page.locator('link[rel=canonical]').count(), 0);
			assert.equal(await page.locator('meta[name=robots]').getAttribute('content'), 'noindex');
			await page.locator('main a').first().click();
			await page.waitForURL(base);
		}
		for (let i = faults.length; i-- > 0;) if (/404/.test(faults[i])) faults.splice(i, 1);
	},
	async 'a server that says GB2312 garbles nothing'(page, base) {
		for (const end of ['html', 'js', 'css'])
			await page.route(end === 'html' ? base : new RegExp(`\\.${end}(\\?|$)`), async (route) => {
				const answer = await route.fetch();
				await route.fulfill({ response: answer, headers: { ...answer.headers(), 'content-type': `text/${end === 'js' ? 'javascript' : end}; charset=gb2312` } });
			});
		await page.goto(base);
		assert.equal(await page.evaluate(() => document.characterSet), 'UTF-8');
		assert((await search(page, '南京')).every((name) => /[\u4e00-\u9fff]/.test(name)));
		assert.match(await page.locator('#hits').innerText(), /工控安全防护/);
		await search(page, '没有的企业');
		assert.match(await page.locator('#hits').innerText(), /没有符合条件的企业/);
	},
};

module.exports = { ...asking, ...proving };
