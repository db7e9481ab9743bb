// Sets each of the files with Typst, in one process that has its fonts open, and says what a document cost in CPU time: the compiler is
// warmed by the first of them, which is not counted.      usage: node typst.mjs FOLDER COUNT NODE_MODULES
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
const [folder, count, modules] = process.argv.slice(2);
const { NodeCompiler } = createRequire(modules + '/')('@myriaddreamin/typst-ts-node-compiler');
const compiler = NodeCompiler.create({ workspace: folder });
const set = (n) => {
	const pdf = compiler.pdf({ mainFileContent: readFileSync(`${folder}/${n}.typ`, 'utf8') });
	writeFileSync(`${folder}/${n}.pdf`, pdf);
	return pdf.length;
};
set(1);
const start = process.cpuUsage();
let bytes = 0;
for (let n = 2; n <= count; n++)
	bytes += set(n);
const { user, system } = process.cpuUsage(start);
console.log(((user + system) / 1000 / (count - 1)).toFixed(1), (bytes / (count - 1) / 1000).toFixed(0));
