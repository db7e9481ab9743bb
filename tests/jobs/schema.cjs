// Holds the Job of a recipe against the schema of Kubernetes: values by its validator, and names of fields by what that
// validator asks for: a field that it never looks at is none.      usage: node schema.cjs NODE_MODULES < YAML
'use strict';
const { readFileSync } = require('node:fs');
const [modules] = process.argv.slice(2);
const { parse } = require(`${modules}/yaml`);
const { validate } = require(`${modules}/kubernetes-models/_schemas/IoK8sApiBatchV1Job.js`);

const unknown = new Map();
// Objects as they are; each remembers which of its fields nobody has asked for yet.
function watch(value, path) {
	if (typeof value !== 'object' || value === null) return value;
	const inside = Array.isArray(value) ? value.map((one, i) => watch(one, `${path}/${i}`))
		: Object.fromEntries(Object.entries(value).map(([key, one]) => [key, watch(one, `${path}/${key}`)]));
	if (!Array.isArray(value)) for (const key of Object.keys(value)) unknown.set(`${path}/${key}`, true);
	return new Proxy(inside, {
		get(target, key) {
			unknown.delete(`${path}/${String(key)}`);
			return target[key];
		},
		// A map, whose keys are the user's.
		ownKeys(target) {
			for (const key of Object.keys(target)) unknown.delete(`${path}/${key}`);
			return Reflect.ownKeys(target);
		},
	});
}

const is_valid = validate(watch(parse(readFileSync(0, 'utf8')), ''));
for (const error of is_valid ? [] : validate.errors) console.log(`${error.instancePath || '/'}: ${error.keyword} ${JSON.stringify(error.params)}`);
for (const path of unknown.keys()) console.log(`${path} is no field`);
process.exit(is_valid && unknown.size === 0 ? 0 : 1);
