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
	var SLUG = 12, CITY = 2, INDUSTRY = 3, LEVEL = 2, MOVEMENT = 1; /* letters a row has in the index's columns */
	var names = ['q', 'city', 'industry', 'track', 'level', 'change'];
	var whole = document.getElementById('whole');
	var results = document.getElementById('results');
	var count = document.getElementById('filter-count');
	var total = count.textContent;
	var index = null, waiting = null;

	/* ---- the index -------------------------------------------------------------- */

	function plain(text) {
		return text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}\n]+/gu, '');
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

	/*
	 * Most names are of Han characters alone and searched as they are; only the others
	 * are made plain.  Of the initials there is for each letter the class of all characters
	 * that may begin with it, so that “cq” and “zq” both find 重庆.
	 */
	function read(data) {
		var names = data.names ? data.names.split('\n') : [], found, classes = {};
		var searched = names.slice(), mixed = /[^\u3400-\u9FFF]/;
		var others = [];
		names.forEach(function (name, i) { if (mixed.test(name)) others.push(i); });
		plain(others.map(function (i) { return names[i]; }).join('\n')).split('\n').forEach(function (name, k) { searched[others[k]] = name; });
		var letters = /([^a-z])([a-z]+)/gu;
		while ((found = letters.exec(data.pinyin || '')))
			for (var letter of found[2]) classes[letter] = (classes[letter] || letter) + found[1];
		return {
			data: data, names: names, searched: searched, classes: classes, tracks: new Map(data.tracks), levels: table(data.levels),
			cities: table(data.cities), industries: table(data.industries), movements: table(data.movements)
		};
	}

	window.xingjiIndex = function (data) {
		index = read(data);
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

	/* What tells whether row number i has the word in its name or, letter by letter, in its initials. */
	function finder(word) {
		if (!/[a-z]/.test(word)) return function (i) { return index.searched[i].includes(word); };
		var pattern = new RegExp(word.replace(/[a-z]/g, function (letter) {
			return index.classes[letter] ? '[' + index.classes[letter] + ']' : letter;
		}), 'u');
		return function (i) { return pattern.test(index.searched[i]); };
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
		if (wanted.track) tests.push(function (i) { return index.levels.bySign.get(cell(data.ofLevel, LEVEL, i))[2] === wanted.track; });
		wanted.q.split(/\s+/).map(plain).filter(Boolean).forEach(function (word) { tests.push(finder(word)); });
		for (var i = 0; i < index.names.length; i++)
			if (fitsAll(tests, i)) hits.push(i);
		return hits;
	}

	/* ---- showing --------------------------------------------------------------------- */

	function element(name, attributes, text) {
		var made = document.createElement(name);
		Object.keys(attributes || {}).forEach(function (key) { made.setAttribute(key, attributes[key]); });
		if (text) made.textContent = text;
		return made;
	}

	function makeTable(track) {
		var table = element('table', { 'class': 'list' });
		table.append(element('caption', null, track + '安全防护'));
		var head = table.createTHead().insertRow();
		['企业名称', '设区市', '行业', '变化'].forEach(function (words) { head.append(element('th', { scope: 'col' }, words)); });
		return table;
	}

	function makeGroup(level, size) {
		var row = element('tr', { 'class': 'group' }), head = element('th', { colspan: 4, scope: 'rowgroup' });
		var link = element('a', { 'class': 'group-link', href: form.dataset.root + 'levels/' + level[1] + '/' + onDisk });
		if (level[5]) link.append(element('span', { 'class': 'stars', 'aria-hidden': 'true' }, level[5]), ' ');
		link.append(level[3] + (level[4] ? ' ' + level[4] : ''));
		head.append(link, ' ', element('span', { 'class': 'group-count' }, size.toLocaleString('en-US') + '家'));
		row.append(head);
		return row;
	}

	function words(entries, column, size, i) {
		var entry = entries.bySign.get(cell(column, size, i));
		return entry ? entry[2] : '';
	}

	function makeRow(i) {
		var data = index.data, row = element('tr'), head = element('th', { scope: 'row' }), change = element('td');
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
			var i = shown.hits[shown.next], level = index.levels.bySign.get(cell(index.data.ofLevel, LEVEL, i));
			if (level[2] !== shown.track) {
				shown.track = level[2];
				shown.table = makeTable(index.tracks.get(level[2]));
				shown.place.append(shown.table);
			}
			if (level !== shown.level) {
				shown.level = level;
				shown.body = shown.table.createTBody();
				shown.body.append(makeGroup(level, shown.sizes[level[0]]));
			}
			shown.body.append(makeRow(i));
		}
	}

	function show(hits) {
		var shown = { hits: hits, next: 0, sizes: {}, place: element('div') };
		hits.forEach(function (i) {
			var sign = cell(index.data.ofLevel, LEVEL, i);
			shown.sizes[sign] = (shown.sizes[sign] || 0) + 1;
		});
		append(shown, STEP);
		results.replaceChildren(shown.place);
		if (!hits.length) results.replaceChildren(element('p', { 'class': 'empty' }, '没有符合条件的企业。'));
		if (shown.next >= hits.length) return;
		var more = element('button', { type: 'button', 'class': 'more' }, '再显示' + STEP + '条');
		more.addEventListener('click', function () {
			append(shown, shown.next + STEP);
			if (shown.next >= hits.length) more.remove();
		});
		results.append(more);
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
			count.textContent = hits.length.toLocaleString('en-US');
		} else {
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
	form.addEventListener('compositionstart', function () { composing = true; });
	form.addEventListener('compositionend', function () { composing = false; update(true); });
	form.addEventListener('input', function (event) { update(event.target.name === 'q'); });
	form.addEventListener('change', function () { typing = false; });
	form.addEventListener('reset', function () { setTimeout(function () { update(false); form.elements.q.focus(); }, 0); });
	form.addEventListener('submit', function (event) { event.preventDefault(); update(false); });
	window.addEventListener('popstate', restore);
}());
