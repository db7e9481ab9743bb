// A folder over HTTP as a web server would give it, with the policy that the pages themselves ask for.
'use strict';
const fs = require('fs'), http = require('http'), path = require('path'), zlib = require('zlib');

const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.json': 'application/json' };
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

function serve(folder) {
	const packed = new Map();
	const pack = (name, bytes) => packed.get(name) || packed.set(name, zlib.gzipSync(bytes)).get(name);
	const server = http.createServer((request, answer) => {
		let name = path.join(folder, path.normalize(decodeURIComponent(new URL(request.url, 'http://x/').pathname)));
		if (name.endsWith('/')) name += 'index.html';
		fs.readFile(name, (error, bytes) => {
			const isText = !error && path.extname(name) in types;
			answer.writeHead(error ? 404 : 200, {
				'content-type': types[path.extname(name)] || 'application/octet-stream', 'content-security-policy': policy,
				'x-content-type-options': 'nosniff', ...(isText ? { 'content-encoding': 'gzip' } : {}),
			});
			answer.end(error ? '' : isText ? pack(name, bytes) : bytes);
		});
	});
	return new Promise((done) => server.listen(0, '127.0.0.1', () => done({ server, base: `http://127.0.0.1:${server.address().port}/` })));
}
module.exports = { serve };
