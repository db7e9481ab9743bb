/*
 * 名单的查找和筛选。没有脚本时页面照样完整；脚本按需下载索引，在浏览器里查找，并把条件写进网址。
 * Search: any part of a name, or initials of its pinyin; width, case, spaces and punctuation do not matter.
 */
(function () {
	'use strict';

	/* Opened from a disk, a folder's address shows the folder instead of its page. */
	var onDisk = location.protocol === 'file:' ? 'index.html' : '';
	if (onDisk) {
		document.querySelectorAll('a[href$="/"]').forEach(function (link) {
			link.setAttribute('href', link.getAttribute('href') + onDisk);
		});
	}

	var form = document.getElementById('filter');
	if (!form || !window.URLSearchParams) return;

	var STEP = 100;                           /* rows shown at first, and more at each press of the button */
	var SCREEN = 30;                          /* of them, those that come at once; the others when these are painted */
	var SLUG = 12, CITY = 2, INDUSTRY = 3, LEVEL = 2, MOVEMENT = 1; /* letters a row has in the index's columns */
	var names = ['q', 'city', 'industry', 'track', 'level', 'change'];
	var whole = document.getElementById('whole');
	var results = document.getElementById('results');
	var count = document.getElementById('filter-count');
	var total = count.textContent;
	var index = null, waiting = null;

	/* ---- the index -------------------------------------------------------------- */

	var CODES = 0x33480;                      /* behind the last Han character */
	var NUMERALS = ['〇一二三四五六七八九', '零壹贰叁肆  柒捌玖']; /* 伍 and 陆 are names more often than numbers */

	function plain(text) {
		return text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
	}

	/* By sign, and by what stands in the address: [sign, code, words …]. */
	function table(list) {
		return {
			bySign: new Map(list.map(function (entry) { return [entry[0], entry]; })),
			byCode: new Map(list.map(function (entry) { return [entry[1], entry]; }))
		};
	}

	function cell(column, size, i) {
		return column.substr(i * size, size);
	}

	/* By character: the digit that a numeral stands for. */
	var digits = new Uint8Array(CODES);
	NUMERALS.forEach(function (numerals) {
		for (var i = 0; i < 10; i++) if (numerals[i] !== ' ') digits[numerals.charCodeAt(i)] = 48 + i;
	});

	/* By character: a bit for each letter that its readings may begin with, so that “cq” and “zq” both find 重庆. */
	function lettersOf(pinyin) {
		var letters = new Uint32Array(CODES), all = /([^a-z])([a-z]+)/gu, found;
		for (var i = 0; i < 26; i++) letters[97 + i] = 1 << i;
		while ((found = all.exec(pinyin || '')))
			for (var letter of found[2]) letters[found[1].codePointAt(0)] |= 1 << (letter.charCodeAt(0) - 97);
		return letters;
	}

	/* Most names are of Han characters alone; only what else stands in them is made plain, each such piece once. */
	function plainNames(names) {
		var known = new Map();
		return names.replace(/[^\u3400-\u9FFF\n]+/g, function (piece) {
			if (!known.has(piece)) known.set(piece, plain(piece));
			return known.get(piece);
		});
	}

	/* By row: the number of its level in data.levels. */
	function levelsOf(data, count) {
		var numbers = new Map(data.levels.map(function (level, number) { return [level[0], number]; })), levelOf = new Uint8Array(count);
		for (var i = 0; i < count; i++) levelOf[i] = numbers.get(cell(data.ofLevel, LEVEL, i));
		return levelOf;
	}

	/*
	 * The names as two long rows of numbers, without an object a name: the character, numerals as digits,
	 * and its letters.  starts[i] is where the name of row number i starts, starts[i + 1] - 1 where it ends.
	 */
	function read(data) {
		var names = data.names ? data.names.split('\n') : [], text = data.names ? plainNames(data.names) : '', code;
		var letters = lettersOf(data.pinyin), codes = new Uint32Array(text.length + 1), bits = new Uint32Array(text.length + 1);
		var starts = new Uint32Array(names.length + 1), rows = 0, size = 0;
		for (var i = 0; i < text.length; i++) {
			code = text.charCodeAt(i);
			if (code >> 10 === 0x36) code = text.codePointAt(i++);
			codes[size] = digits[code] || code;
			bits[size++] = letters[code];
			if (code === 10) starts[++rows] = size;
		}
		starts[names.length] = size + 1;
		return {
			data: data, names: names, codes: codes, bits: bits, starts: starts, levelOf: levelsOf(data, names.length),
			tracks: new Map(data.tracks), levels: table(data.levels), cities: table(data.cities), industries: table(data.industries), movements: table(data.movements)
		};
	}

	window.xingjiIndex = function (data) {
		index = read(data);
		form.dataset.loading = 'done';
		if (waiting) waiting();
	};

	/* Downloads the index once; a script, because pages opened from a disk may not fetch. */
	function load() {
		if (form.dataset.loading) return;
		form.dataset.loading = 'yes';
		var script = document.createElement('script');
		script.src = form.dataset.index;
		script.onerror = function () { delete form.dataset.loading; };
		document.head.append(script);
	}

	/* ---- finding ------------------------------------------------------------------ */

	/* Where the word stands in the name between two places, letter by letter in its initials, or as it is. */
	function stands(word, from, to) {
		var codes = index.codes, bits = index.bits, size = word.codes.length;
		for (to -= size; from <= to; from++) {
			for (var k = 0; k < size && (codes[from + k] === word.codes[k] || bits[from + k] & word.bits[k]); k++);
			if (k === size) return true;
		}
		return false;
	}

	function finder(text) {
		var word = { codes: [], bits: [] };
		for (var character of text) {
			var code = character.codePointAt(0);
			word.codes.push(digits[code] || code);
			word.bits.push(code >= 97 && code <= 122 ? 1 << (code - 97) : 0);
		}
		return function (i) { return stands(word, index.starts[i], index.starts[i + 1] - 1); };
	}

	/* What tells whether row number i has the chosen sign in a column; a code that is not known fits none. */
	function chooser(column, size, entries, code) {
		var entry = entries.byCode.get(code);
		if (!entry) return function () { return false; };
		return function (i) { return column.startsWith(entry[0], i * size); };
	}

	function fitsAll(tests, i) {
		for (var k = 0; k < tests.length; k++) if (!tests[k](i)) return false;
		return true;
	}

	function find(wanted) {
		var data = index.data, tests = [], hits = [];
		if (wanted.city) tests.push(chooser(data.ofCity, CITY, index.cities, wanted.city));
		if (wanted.level) tests.push(chooser(data.ofLevel, LEVEL, index.levels, wanted.level));
		if (wanted.change) tests.push(chooser(data.ofMovement, MOVEMENT, index.movements, wanted.change));
		if (wanted.industry) tests.push(chooser(data.ofIndustry, INDUSTRY, index.industries, wanted.industry));
		if (wanted.track) tests.push(function (i) { return data.levels[index.levelOf[i]][2] === wanted.track; });
		wanted.q.split(/\s+/).map(plain).filter(Boolean).forEach(function (word) { tests.push(finder(word)); });
		for (var i = 0; i < index.names.length; i++)
			if (fitsAll(tests, i)) hits.push(i);
		return hits;
	}

	/* ---- showing --------------------------------------------------------------------- */

	/* 12,345; toLocaleString takes longer than a whole search when called first. */
	function grouped(number) {
		return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
	}

	function element(name, attributes, text) {
		var made = document.createElement(name);
		Object.keys(attributes || {}).forEach(function (key) { made.setAttribute(key, attributes[key]); });
		if (text) made.textContent = text;
		return made;
	}

	function makeTable(track) {
		var table = element('table', { 'class': 'list' });
		table.append(element('caption', null, track));
		var head = table.createTHead().insertRow();
		[['企业名称', 'name'], ['设区市', 'city'], ['行业', ''], ['变化', 'change']].forEach(function (column) {
			head.append(element('th', column[1] ? { scope: 'col', 'class': column[1] } : { scope: 'col' }, column[0]));
		});
		return table;
	}

	function makeGroup(level, size) {
		var row = element('tr', { 'class': 'group' }), head = element('th', { colspan: 4, scope: 'rowgroup' });
		var link = element('a', { 'class': 'group-link', href: form.dataset.root + 'levels/' + level[1] + '/' + onDisk });
		if (level[5]) link.append(element('span', { 'class': 'stars', 'aria-hidden': 'true' }, level[5]), ' ');
		link.append(level[3] + (level[4] ? ' ' + level[4] : ''));
		head.append(link, ' ', element('span', { 'class': 'group-count' }, grouped(size) + '家'));
		row.append(head);
		return row;
	}

	function words(entries, column, size, i) {
		var entry = entries.bySign.get(cell(column, size, i));
		return entry ? entry[2] : '';
	}

	function makeRow(i) {
		var data = index.data, row = element('tr'), head = element('th', { scope: 'row' }), change = element('td', { 'class': 'change' });
		var address = form.dataset.root + 'enterprises/' + cell(data.slugs, SLUG, i) + '/' + onDisk;
		var movement = words(index.movements, data.ofMovement, MOVEMENT, i);
		head.append(element('a', { href: address }, index.names[i]));
		if (movement) change.append(element('span', { 'class': 'movement' }, movement));
		row.append(head, element('td', null, words(index.cities, data.ofCity, CITY, i)),
			element('td', { 'class': 'soft' }, words(index.industries, data.ofIndustry, INDUSTRY, i)), change);
		return row;
	}

	/* Appends hits up to number `to`, opening a table for each track and a group for each level. */
	function append(shown, to) {
		for (; shown.next < Math.min(to, shown.hits.length); shown.next++) {
			var i = shown.hits[shown.next], number = index.levelOf[i], level = index.data.levels[number];
			if (level[2] !== shown.track) {
				shown.track = level[2];
				shown.table = makeTable(index.tracks.get(level[2]));
				shown.place.append(shown.table);
			}
			if (level !== shown.level) {
				shown.level = level;
				shown.body = shown.table.createTBody();
				shown.body.append(makeGroup(level, shown.sizes[number]));
			}
			shown.body.append(makeRow(i));
		}
	}

	/* What was asked, for a print of the answer. */
	function makeQuestion(size) {
		var asked = names.map(function (name) {
			var field = form.elements[name];
			return field.selectedOptions ? field.value && field.selectedOptions[0].textContent : field.value.trim();
		}).filter(Boolean);
		return element('p', { 'class': 'on-paper' }, '按“' + asked.join('”“') + '”查找，共 ' + grouped(size) + ' 条。');
	}

	function makeEmpty() {
		var place = element('div', { 'class': 'empty' });
		place.append(element('p', null, '没有符合条件的企业。'),
			element('p', { 'class': 'soft' }, '可以减少条件，或只输入名称中的两三个字。本站只公布列入名单的企业。'));
		return place;
	}

	/* When what is there now has been painted. */
	function afterPaint(task) {
		requestAnimationFrame(function () { setTimeout(task, 0); });
	}

	function addButton(shown) {
		var more = element('button', { type: 'button', 'class': 'more' }, '再显示' + STEP + '条');
		more.addEventListener('click', function () {
			append(shown, shown.next + STEP);
			if (shown.next >= shown.hits.length) more.remove();
		});
		results.append(more);
	}

	var latest;
	function show(hits) {
		var shown = latest = { hits: hits, next: 0, sizes: new Uint32Array(index.data.levels.length), place: element('div') };
		hits.forEach(function (i) { shown.sizes[index.levelOf[i]]++; });
		append(shown, SCREEN);
		results.replaceChildren(makeQuestion(hits.length), hits.length ? shown.place : makeEmpty());
		results.removeAttribute('aria-busy');
		if (hits.length <= SCREEN) return;
		results.setAttribute('aria-busy', 'true');
		afterPaint(function () {
			if (shown !== latest) return;
			append(shown, STEP);
			if (shown.next < hits.length) addButton(shown);
			results.removeAttribute('aria-busy');
		});
	}

	/* ---- the form, the address, the history -------------------------------------------- */

	function wantedNow() {
		var wanted = {};
		names.forEach(function (name) { wanted[name] = form.elements[name].value.trim(); });
		return wanted;
	}

	function apply() {
		var wanted = wantedNow(), isActive = names.some(function (name) { return wanted[name]; });
		waiting = null;
		if (isActive && !index) {
			waiting = apply;
			load();
			return;
		}
		whole.hidden = isActive;
		results.hidden = !isActive;
		if (isActive) {
			var hits = find(wanted);
			show(hits);
			count.textContent = grouped(hits.length);
		} else {
			latest = null;
			results.removeAttribute('aria-busy');
			results.replaceChildren();
			count.textContent = total;
		}
	}

	function address() {
		var wanted = wantedNow(), parameters = new URLSearchParams();
		names.forEach(function (name) { if (wanted[name]) parameters.set(name, wanted[name]); });
		var query = parameters.toString();
		return location.pathname + (query ? '?' + query : '') + location.hash;
	}

	/* Each choice is a step that the back button undoes; letters typed one after another are one step. */
	var typing = false;
	function remember(isTyping) {
		try {
			if (address() === location.pathname + location.search + location.hash) return;
			history[isTyping && typing ? 'replaceState' : 'pushState'](null, '', address());
			typing = isTyping;
		} catch (error) { /* some browsers refuse this for files */ }
	}

	function restore() {
		var parameters = new URLSearchParams(location.search);
		names.forEach(function (name) {
			var field = form.elements[name];
			field.value = parameters.get(name) || '';
			if (field.selectedIndex < 0) field.value = '';
		});
		typing = false;
		apply();
	}

	var composing = false;
	function update(isTyping) {
		if (composing) return;
		remember(isTyping);
		apply();
	}

	form.hidden = false;
	restore();
	form.addEventListener('focusin', load);
	form.addEventListener('pointerenter', load);
	form.addEventListener('compositionstart', function () { composing = true; });
	form.addEventListener('compositionend', function () { composing = false; update(true); });
	form.addEventListener('input', function (event) { update(event.target.name === 'q'); });
	form.addEventListener('change', function () { typing = false; });
	form.addEventListener('reset', function () { setTimeout(function () { update(false); form.elements.q.focus(); }, 0); });
	form.addEventListener('submit', function (event) { event.preventDefault(); update(false); });
	window.addEventListener('popstate', restore);
}());
