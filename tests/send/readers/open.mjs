// Opens protected copies by pdf.js and PDFium: see run.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { getDocument, VerbosityLevel } from "pdfjs-dist/legacy/build/pdf.mjs";
import { PDFiumLibrary } from "@hyzyla/pdfium";

const folder = process.argv[2];
const maps = createRequire(import.meta.url).resolve("pdfjs-dist/package.json").replace("package.json", "");
const options = { verbosity: VerbosityLevel.ERRORS, cMapUrl: maps + "cmaps/", cMapPacked: true, standardFontDataUrl: maps + "standard_fonts/" };
let checks = 0, failed = 0;

function expect(name, wanted, got) {
	checks++;
	if (wanted === got) return;
	failed++;
	console.log(`readers: ${name}: ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);
}

const squeezed = text => text.replace(/[\s　]/g, "");
const count = (text, what) => text.split(what).length - 1;

// The text of every page; or why it does not open.
async function byPdfJs(path, password) {
	const loading = getDocument({ data: new Uint8Array(readFileSync(path)), password, ...options });
	try {
		const document = await loading.promise, pages = [];
		for (let n = 1; n <= document.numPages; n++) {
			const content = await (await document.getPage(n)).getTextContent();
			pages.push(squeezed(content.items.map(item => item.str).join("")));
		}
		return { pages };
	} catch (error) {
		return { error: error.name };
	} finally {
		await loading.destroy();
	}
}

const library = await PDFiumLibrary.init();

// The text of every page and its pixels in grey.
async function byPdfium(path, password) {
	let document;
	try {
		document = await library.loadDocument(readFileSync(path), password);
	} catch (error) {
		return { error: error.message };
	}
	const pages = [], pixels = [];
	for (const page of document.pages()) {
		pages.push(squeezed(page.getText()));
		const image = await page.render({ scale: 1, render: "bitmap" });
		pixels.push(image.data);
	}
	document.destroy();
	return { pages, pixels };
}

// The share of pixels that are not the same.
function difference(a, b) {
	let other = 0;
	for (let i = 0; i < a.length; i += 4) other += Math.abs(a[i + 1] - b[i + 1]) > 8;
	return other / (a.length / 4);
}

const lines = readFileSync(folder + "/passwords.txt", "utf8").trim().split("\n");
for (const [i, line] of lines.entries()) {
	const [password, number] = line.split(" ");
	const copy = `${folder}/copy-${i}.pdf`, archive = `${folder}/archive-${i}.pdf`;
	for (const [name, open] of [["pdf.js", byPdfJs], ["PDFium", byPdfium]]) {
		const opened = await open(copy, password), filed = await open(archive);
		expect(`${name} opens copy ${i} with its password`, undefined, opened.error);
		if (opened.error) continue;
		expect(`${name}: as many pages`, filed.pages.length, opened.pages.length);
		for (const [n, text] of opened.pages.entries())
			expect(`${name}: the mark on page ${n + 1}`, count(filed.pages[n] ?? "", number) + 1, count(text, number));
		for (const wrong of [undefined, "", "wrongwrongwrong2", password.slice(0, -1), password + "a", password.toUpperCase()]) {
			const refused = await open(copy, wrong);
			expect(`${name}: ${wrong === undefined ? "no password" : "a wrong one"}`, "string", typeof refused.error);
			expect(`${name}: says that it is the password`, true, /password/i.test(refused.error ?? ""));
		}
		if (opened.pixels)
			for (const [n, pixels] of opened.pixels.entries())
				expect(`${name}: page ${n + 1} is drawn as it was filed, but for the mark`, true,
					pixels.length === filed.pixels[n].length && difference(pixels, filed.pixels[n]) < 0.01);
	}
}
library.destroy();
console.log(`readers: ${checks - failed} passed, ${failed} failed; ${lines.length} copies in pdf.js and PDFium`);
process.exit(failed ? 1 : 0);
