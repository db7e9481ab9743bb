// A folder over HTTP as a web server would give it, below the path that its 404.html says, which is what it gives for
// addresses that are none; with the policy that the pages themselves ask for.
'use strict';
const fs = require('fs'), http = require('http'), path = require('path'), zlib = require('zlib');

const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.json': 'application/json' };
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/* "/stars/2021/" of a site whose base-url says so, else "/". */
function pathOf(folder) {
	const found = /rel="stylesheet" href="(\/.*?)assets\//.exec(fs.readFileSync(path.join(folder, '404.html'), 'utf8'));
	return found ? found[1] : '/';
}

function serve(folder) {
	const packed = new Map(), below = pathOf(folder);
	const pack = (name, bytes) => packed.get(name) || packed.set(name, zlib.gzipSync(bytes)).get(name);
	const server = http.createServer((request, answer) => {
		const asked = path.normalize(decodeURIComponent(new URL(request.url, 'http://x/').pathname));
		let name = path.join(folder, asked.startsWith(below) ? asked.slice(below.length) || 'index.html' : '404.html');
		if (name.endsWith('/')) name += 'index.html';
		let isMissing = !asked.startsWith(below) || !fs.existsSync(name);
		if (isMissing) name = path.join(folder, '404.html');
		fs.readFile(name, (error, bytes) => {
			const isText = !error && path.extname(name) in types;
			isMissing = isMissing || Boolean(error);
			answer.writeHead(isMissing ? 404 : 200, {
				'content-type': types[path.extname(name)] || 'application/octet-stream', 'content-security-policy': policy,
				'x-content-type-options': 'nosniff', ...(isText ? { 'content-encoding': 'gzip' } : {}),
			});
			answer.end(error ? '' : isText ? pack(name, bytes) : bytes);
		});
	});
	return new Promise((done) => server.listen(0, '127.0.0.1', () => done({ server, base: `http://127.0.0.1:${server.address().port}${below}` })));
}
module.exports = { serve };
