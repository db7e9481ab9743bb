/* 名单的筛选。没有脚本时页面照样完整；脚本只隐藏不符合条件的行，并把条件写进网址。 */
(function () {
	'use strict';

	/* Opened from a disk, a folder's address shows the folder instead of its page. */
	if (location.protocol === 'file:') {
		document.querySelectorAll('a[href$="/"]').forEach(function (link) {
			link.setAttribute('href', link.getAttribute('href') + 'index.html');
		});
	}

	var form = document.getElementById('filter');
	if (!form || !window.URLSearchParams) return;

	var names = ['q', 'city', 'track', 'level'];
	var tables = Array.from(document.querySelectorAll('table[data-list]'));
	var count = document.getElementById('filter-count');
	var empty = document.getElementById('filter-empty');

	function plain(text) {
		return text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
	}

	/* One entry per group of rows, read once. */
	var groups = [];
	tables.forEach(function (table) {
		Array.from(table.tBodies).forEach(function (body) {
			var rows = Array.from(body.rows).filter(function (row) { return row.dataset.level; });
			groups.push({
				table: table,
				body: body,
				rows: rows.map(function (row) {
					return { row: row, text: plain(row.cells[0].textContent + ' ' + row.cells[2].textContent) };
				})
			});
		});
	});

	function read() {
		var wanted = {};
		names.forEach(function (name) { wanted[name] = form.elements[name].value.trim(); });
		return wanted;
	}

	function fits(entry, wanted, words) {
		var data = entry.row.dataset;
		return (!wanted.city || data.city === wanted.city) && (!wanted.track || data.track === wanted.track) &&
			(!wanted.level || data.level === wanted.level) && words.every(function (word) { return entry.text.includes(word); });
	}

	function apply() {
		var wanted = read(), shown = 0;
		var words = wanted.q.split(/\s+/).map(plain).filter(Boolean);
		var tablesShown = new Set();
		groups.forEach(function (group) {
			var here = 0;
			group.rows.forEach(function (entry) {
				var fit = fits(entry, wanted, words);
				entry.row.hidden = !fit;
				here += fit ? 1 : 0;
			});
			group.body.hidden = here === 0 && group.rows.length > 0;
			if (here) tablesShown.add(group.table);
			shown += here;
		});
		tables.forEach(function (table) { table.hidden = !tablesShown.has(table); });
		count.textContent = shown.toLocaleString('en-US');
		empty.hidden = shown > 0;
		return wanted;
	}

	function remember(wanted) {
		var parameters = new URLSearchParams();
		names.forEach(function (name) { if (wanted[name]) parameters.set(name, wanted[name]); });
		var query = parameters.toString();
		try {
			history.replaceState(null, '', location.pathname + (query ? '?' + query : '') + location.hash);
		} catch (error) { /* some browsers refuse this for files */ }
	}

	function restore() {
		var parameters = new URLSearchParams(location.search);
		names.forEach(function (name) { form.elements[name].value = parameters.get(name) || ''; });
	}

	var pending = 0;
	function update() {
		cancelAnimationFrame(pending);
		pending = requestAnimationFrame(function () { remember(apply()); });
	}

	form.hidden = false;
	restore();
	apply();
	form.addEventListener('input', update);
	form.addEventListener('reset', function () { setTimeout(update, 0); });
	form.addEventListener('submit', function (event) { event.preventDefault(); update(); });
	window.addEventListener('popstate', function () { restore(); apply(); });
}());
