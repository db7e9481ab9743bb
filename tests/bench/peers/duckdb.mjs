// Counts the results of all tables by round and result with DuckDB, one thread, and says what it cost in CPU ms, opening it included.
// usage: node duckdb.mjs NODE_MODULES CSV…
import { createRequire } from 'node:module';
const [modules, ...tables] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(modules + '/')('@duckdb/node-api');
const start = process.cpuUsage();
const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
const list = tables.map((table) => `'${table}'`).join(',');
const rows = await connection.runAndReadAll(`select 轮次, 结果, count(*) from read_csv([${list}], all_varchar=true, header=true) group by all`);
const { user, system } = process.cpuUsage(start);
console.log(((user + system) / 1000).toFixed(0), rows.getRows().reduce((sum, row) => sum + Number(row[2]), 0));
