/*
 * 名单的查找和筛选。没有脚本时页面照样完整；脚本按需下载索引，在浏览器里查找，并把条件写进网址。
 * Search: any part of a name, its pinyin in full or by initials, a city, a level; width, case, spaces, punctuation and
 * traditional forms do not matter.  Where nothing is found, names that differ by one character are offered.
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
	var CODE = 18;                            /* of a code, where codes are published */
	var FORM = 2;                             /* what search.js has; another one is of another day */
	var PATIENCE = 20000;                     /* milliseconds for the index */
	var names = ['q', 'city', 'industry', 'track', 'level', 'change'];
	var whole = document.getElementById('whole');
	var results = document.getElementById('results');
	var heading = document.getElementById('found');
	var place = document.getElementById('hits');
	var count = document.getElementById('filter-count');
	var counted = document.getElementById('filter-counted');
	var state = document.getElementById('filter-state');
	var more = document.getElementById('filter-more');
	var total = count.textContent;
	var index = null, waiting = null, isGoing = false;

	/* ---- the index -------------------------------------------------------------- */

	var CODES = 0x33480;                      /* behind the last Han character */
	var NUMERALS = ['〇一二三四五六七八九', '零壹贰叁肆  柒捌玖']; /* 伍 and 陆 are names more often than numbers */

	var formOf = new Uint16Array(0x10000);    /* by character: its plain form; 0: it is plain */

	function plain(text) {
		return text.normalize('NFKC').toLowerCase().replace(/ü/g, 'v').replace(/[^\p{L}\p{N}]+/gu, '');
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

	/* “机機 万萬”: each plain form with the others. */
	function readForms(forms) {
		(forms || '').split(' ').forEach(function (group) {
			for (var k = 1; k < group.length; k++) formOf[group.charCodeAt(k)] = group.charCodeAt(0);
		});
	}

	/*
	 * “chong重zhong重”: by character, the number of its readings in sounds.sets, and a bit for each letter that they
	 * begin with, so that “cq” and “zq” both find 重庆.
	 */
	function readSounds(readings) {
		var sounds = { of: new Uint16Array(CODES), sets: [[]], letters: new Uint32Array(CODES) }, all = /([a-z]+)([^a-z]+)/gu, found;
		for (var i = 0; i < 26; i++) sounds.letters[97 + i] = 1 << i;
		while ((found = all.exec(readings || '')))
			for (var character of found[2]) {
				var code = character.codePointAt(0);
				if (!sounds.of[code]) sounds.of[code] = sounds.sets.push([]) - 1;
				sounds.sets[sounds.of[code]].push(found[1]);
				sounds.letters[code] |= 1 << (found[1].charCodeAt(0) - 97);
			}
		return sounds;
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
	 * The names, and behind them the cities, as long rows of numbers, without an object a name: the plain character,
	 * numerals as digits; its letters; the number of its readings.  starts[i] is where the name of row number i starts,
	 * starts[i + 1] - 1 where it ends.
	 */
	function read(data) {
		var names = data.names ? data.names.split('\n') : [], all = names.concat(data.cities.map(function (city) { return city[2]; })), code;
		var text = plainNames(all.join('\n')), sounds = readSounds(data.readings), size = 0, rows = 0;
		var codes = new Uint32Array(text.length + 1), bits = new Uint32Array(text.length + 1), heard = new Uint16Array(text.length + 1);
		var starts = new Uint32Array(all.length + 1);
		readForms(data.forms);
		for (var i = 0; i < text.length; i++) {
			code = text.charCodeAt(i);
			if (code >> 10 === 0x36) code = text.codePointAt(i++);
			bits[size] = sounds.letters[code];
			heard[size] = sounds.of[code];
			code = formOf[code] || code;
			codes[size++] = digits[code] || code;
			if (code === 10) starts[++rows] = size;
		}
		starts[all.length] = size + 1;
		index = {
			data: data, names: names, codes: codes, bits: bits, heard: heard, sounds: sounds.sets, starts: starts, levelOf: levelsOf(data, names.length),
			tracks: new Map(data.tracks), levels: table(data.levels), cities: table(data.cities), industries: table(data.industries), movements: table(data.movements)
		};
		index.kinds = kindsOf(data);
	}

	/* Words that say a level or a track, as keys of wordOf: what tells whether row number i is of it. */
	function kindsOf(data) {
		var kinds = new Map();
		function add(text, test) {
			var key = text && wordOf(plain(text)).codes.join();
			if (key && !kinds.has(key)) kinds.set(key, []);
			if (key) kinds.get(key).push(test);
		}
		data.levels.forEach(function (level, number) {
			function isOf(i) { return index.levelOf[i] === number; }
			[level[3], level[3] + '级', level[4]].forEach(function (words) {
				add(words, isOf);
				if (words) add(level[6] + words, isOf);
			});
		});
		data.tracks.forEach(function (track) {
			function isOf(i) { return data.levels[index.levelOf[i]][2] === track[0]; }
			add(track[1], isOf);
			add(track[2], isOf);
		});
		return kinds;
	}

	window.xingjiIndex = function (data) {
		if (data.form !== FORM) {
			fail();
			return;
		}
		read(data);
		form.dataset.loading = 'done';
		if (waiting) waiting();
	};

	/*
	 * Downloads the index once; a script, because pages opened from a disk may not fetch.  Its file keeps its name, so that
	 * a page of an earlier day finds it.
	 */
	function load() {
		if (form.dataset.loading) return;
		form.dataset.loading = 'yes';
		var script = document.createElement('script');
		script.src = form.dataset.index;
		script.onerror = fail;
		document.head.append(script);
		setTimeout(function () { if (form.dataset.loading === 'yes') fail(); }, PATIENCE);
	}

	/* The list that stands on the page is no answer, and is not to be taken for one. */
	function fail() {
		delete form.dataset.loading;
		if (!waiting) return;
		var message = copyOf('no-index');
		message.querySelector('[data-do=again]').addEventListener('click', apply);
		results.hidden = false;
		whole.hidden = false;
		place.replaceChildren(head('p', NO_INDEX + '。'), message);
		say(NO_INDEX);
		if (isGoing) go();
	}

	/* ---- finding ------------------------------------------------------------------ */

	/* A text that is plain already, as the names are kept. */
	function wordOf(text) {
		var word = { codes: [], bits: [] };
		for (var character of text) {
			var code = character.codePointAt(0);
			code = formOf[code] || code;
			word.codes.push(digits[code] || code);
			word.bits.push(code >= 97 && code <= 122 ? 1 << (code - 97) : 0);
		}
		return word;
	}

	/* How many letters of the word from number k on the reading has in common with it. */
	function heardOf(reading, word, k) {
		var n = 0;
		while (n < reading.length && reading.charCodeAt(n) === word.codes[k + n]) n++;
		return n;
	}

	/* Does what remains of the word begin here?  Each letter is an initial, or several are a reading; the last may be cut off. */
	function fits(word, k, at, to) {
		var codes = word.codes;
		for (;; k++, at++) {
			if (k === codes.length) return true;
			if (at >= to) return false;
			if (index.codes[at] === codes[k]) continue;
			if (!(index.bits[at] & word.bits[k])) return false;
			var readings = index.sounds[index.heard[at]];
			for (var i = 0; i < readings.length; i++) {
				var n = heardOf(readings[i], word, k);
				if (n > 1 && (n === readings[i].length || k + n === codes.length) && fits(word, k + n, at + 1, to)) return true;
			}
		}
	}

	/* Where the word stands in the name of row number i. */
	function stands(word, i) {
		var codes = index.codes, bits = index.bits, to = index.starts[i + 1] - 1;
		for (var from = index.starts[i]; from < to; from++)
			if ((codes[from] === word.codes[0] || bits[from] & word.bits[0]) && fits(word, 0, from, to)) return true;
		return false;
	}

	/* How many characters of the word say the city, by its whole name or without 市, in full readings too; 0: it does not. */
	function cityIn(word, city) {
		var from = index.starts[index.names.length + city], to = index.starts[index.names.length + city + 1] - 1, k = 0, at = from;
		while (at < to && k < word.codes.length) {
			if (index.codes[at] === word.codes[k]) k++, at++;
			else {
				var n = 0, readings = index.sounds[index.heard[at]];
				for (var i = 0; i < readings.length; i++) if (heardOf(readings[i], word, k) === readings[i].length) n = Math.max(n, readings[i].length);
				if (!n) break;
				k += n, at++;
			}
		}
		return at === to || (at === to - 1 && to - from > 2 && index.data.cities[city][2].endsWith('市')) ? k : 0;
	}

	function part(word, from) {
		return { codes: word.codes.slice(from), bits: word.bits.slice(from) };
	}

	/* A code, in full or a good part of it. */
	function isCode(text) {
		return /^[0-9a-hj-npqrtuwxy]{15,18}$/.test(text) && text.replace(/\D/g, '').length >= 6;
	}

	/* What tells whether row number i has the word in its name, or is of the city, the level or the track that it says. */
	function finder(text) {
		var word = wordOf(text), ways = [function (i) { return stands(word, i); }], data = index.data;
		function ofKind(word) { return index.kinds.get(word.codes.join()) || []; }
		data.cities.forEach(function (city, number) {
			var size = cityIn(word, number), rest = part(word, size), kinds = ofKind(rest);
			if (!size) return;
			function isThere(i) { return data.ofCity.startsWith(city[0], i * CITY); }
			if (size === word.codes.length) ways.push(isThere);
			else ways.push(function (i) { return isThere(i) && (stands(rest, i) || kinds.some(function (test) { return test(i); })); });
		});
		ways = ways.concat(ofKind(word));
		if (data.codes && isCode(text)) ways.push(function (i) { return cell(data.codes, CODE, i).toLowerCase().indexOf(text) >= 0; });
		return ways.length === 1 ? ways[0] : function (i) { return ways.some(function (way) { return way(i); }); };
	}

	/* Do the names agree from here on, to the end of the word? */
	function isSame(word, k, at, to) {
		for (; k < word.codes.length; k++, at++) if (at >= to || index.codes[at] !== word.codes[k]) return false;
		return true;
	}

	/* Does the word stand in the name but for one character that is wrong, missing or too many? */
	function isNear(word, i) {
		var to = index.starts[i + 1] - 1, size = word.codes.length;
		for (var from = index.starts[i]; from < to; from++) {
			for (var k = 0; k < size && from + k < to && index.codes[from + k] === word.codes[k]; k++);
			if (isSame(word, k + 1, from + k + 1, to) || isSame(word, k, from + k + 1, to) || (k && isSame(word, k + 1, from + k, to))) return true;
		}
		return false;
	}

	function nearFinder(text) {
		var word = wordOf(text), exact = finder(text), isLong = word.codes.length > 2 && !/^[a-z]+$/.test(text);
		return isLong ? function (i) { return exact(i) || isNear(word, i); } : exact;
	}

	/* Without the province and the city before it and the legal form behind it: what is left is the name proper. */
	function shortened(text) {
		var province = plain(form.dataset.province || ''), short = text;
		[province, province.replace(/省$/, '')].forEach(function (name) { if (name && short.startsWith(name)) short = short.slice(name.length); });
		var word = wordOf(short);
		var size = index.data.cities.reduce(function (most, city, number) { return Math.max(most, cityIn(word, number)); }, 0);
		short = Array.from(short).slice(size).join('').replace(/((股份|责任)?有限(责任)?公司|集团|公司|厂)+$/, '');
		return Array.from(short).length > 1 ? short : text;
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

	function wordsOf(text) {
		return text.split(/\s+/).map(plain).filter(Boolean);
	}

	function find(wanted, words, finderOf) {
		var data = index.data, tests = [], hits = [];
		if (wanted.city) tests.push(chooser(data.ofCity, CITY, index.cities, wanted.city));
		if (wanted.level) tests.push(chooser(data.ofLevel, LEVEL, index.levels, wanted.level));
		if (wanted.change) tests.push(chooser(data.ofMovement, MOVEMENT, index.movements, wanted.change));
		if (wanted.industry) tests.push(chooser(data.ofIndustry, INDUSTRY, index.industries, wanted.industry));
		if (wanted.track) tests.push(function (i) { return data.levels[index.levelOf[i]][2] === wanted.track; });
		words.forEach(function (word) { tests.push(finderOf(word)); });
		for (var i = 0; i < index.names.length; i++)
			if (fitsAll(tests, i)) hits.push(i);
		return hits;
	}

	/* Names that may have been meant where none has the words. */
	function findNear(wanted, words) {
		var short = words.map(shortened), hits = [];
		if (!words.length || words.some(isCode)) return hits;
		if (short.join() !== words.join()) hits = find(wanted, short, finder);
		if (!hits.length) hits = find(wanted, words, nearFinder);
		return hits.length ? hits : find(wanted, short, nearFinder);
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

	var NOTHING = '没有符合条件的企业。', NO_INDEX = '查找暂时不可用';

	function head(name, words) {
		return element(name, name === 'p' ? { 'class': 'empty-head' } : null, words);
	}

	/* A <template> of the page: the words stand there. */
	function copyOf(id) {
		return document.getElementById(id).content.firstElementChild.cloneNode(true);
	}

	/* What it means that nothing was found, and what can be done; parts that do not apply are taken out. */
	function makeEmpty(wanted, words) {
		var made = copyOf('no-hits'), holds = {
			code: words.some(isCode),
			filters: names.some(function (name) { return name !== 'q' && wanted[name]; })
		};
		made.querySelectorAll('[data-when]').forEach(function (one) { if (!holds[one.dataset.when]) one.remove(); });
		made.querySelectorAll('[data-do=widen]').forEach(function (one) {
			one.addEventListener('click', function () {
				names.forEach(function (name) { if (name !== 'q') form.elements[name].value = ''; });
				update(false);
				heading.focus();
			});
		});
		return made;
	}

	/* When what is there now has been painted. */
	function afterPaint(task) {
		requestAnimationFrame(function () { setTimeout(task, 0); });
	}

	function addButton(shown) {
		var button = element('button', { type: 'button', 'class': 'more' }, '再显示' + STEP + '条');
		button.addEventListener('click', function () {
			append(shown, shown.next + STEP);
			if (shown.next >= shown.hits.length) button.remove();
		});
		shown.place.after(button);
	}

	var latest;
	/* first and last: what stands before the rows and behind them. */
	function show(hits, first, last) {
		var shown = latest = { hits: hits, next: 0, sizes: new Uint32Array(index.data.levels.length), place: element('div') };
		hits.forEach(function (i) { shown.sizes[index.levelOf[i]]++; });
		append(shown, SCREEN);
		place.replaceChildren.apply(place, first.concat(shown.place, last));
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

	/* The line below the box: how many, or what is going on instead; beside: what more there is to say. */
	function say(words) {
		counted.hidden = true;
		count.textContent = '';
		state.textContent = words;
	}

	function sayCount(text, beside) {
		counted.hidden = false;
		count.textContent = text;
		state.textContent = beside || '';
	}

	function answer(wanted) {
		var words = wordsOf(wanted.q), hits = find(wanted, words, finder), near = hits.length ? [] : findNear(wanted, words), first = makeQuestion(hits.length);
		if (hits.length) show(hits, [first], []);
		else if (!near.length) show(near, [first, head('p', NOTHING), makeEmpty(wanted, words)], []);
		else show(near, [first, head('p', NOTHING), head('h3', '名称相近的企业')], [makeEmpty(wanted, words)]);
		sayCount(grouped(hits.length), near.length ? '，名称相近的 ' + grouped(near.length) + ' 条' : '');
	}

	/* ---- the form, the address, the history -------------------------------------------- */

	function wantedNow() {
		var wanted = {};
		names.forEach(function (name) { wanted[name] = form.elements[name].value.trim(); });
		return wanted;
	}

	/* Where the answer begins, for who pressed Enter: on a telephone it lies below the edge. */
	function go() {
		isGoing = false;
		if (!results.hidden) heading.focus();
	}

	function showActive(wanted) {
		var active = names.filter(function (name) { return name !== 'q' && wanted[name]; }).length;
		document.getElementById('filter-active').textContent = active ? '（已选' + active + '项）' : '';
	}

	function apply() {
		var wanted = wantedNow(), isActive = names.some(function (name) { return wanted[name]; });
		waiting = null;
		showActive(wanted);
		if (isActive && !index) {
			waiting = apply;
			results.hidden = true;
			say('正在载入名单的索引…');
			load();
			return;
		}
		whole.hidden = isActive;
		results.hidden = !isActive;
		if (isActive) {
			answer(wanted);
		} else {
			latest = null;
			results.removeAttribute('aria-busy');
			place.replaceChildren();
			sayCount(total);
		}
		if (isGoing) go();
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

	/* All conditions beside each other where there is room; folded on a telephone, unless one is chosen. */
	var roomy = window.matchMedia('(min-width: 40rem)');
	function fold() {
		more.open = roomy.matches;
	}

	form.hidden = false;
	fold();
	roomy.addEventListener('change', fold);
	restore();
	form.addEventListener('focusin', load);
	form.addEventListener('pointerenter', load);
	form.addEventListener('compositionstart', function () { composing = true; });
	form.addEventListener('compositionend', function () { composing = false; update(true); });
	form.addEventListener('input', function (event) { update(event.target.name === 'q'); });
	form.addEventListener('change', function () { typing = false; });
	form.addEventListener('reset', function () { setTimeout(function () { update(false); form.elements.q.focus(); }, 0); });
	form.addEventListener('submit', function (event) {
		event.preventDefault();
		isGoing = true;
		update(false);
	});
	window.addEventListener('popstate', restore);
}());
