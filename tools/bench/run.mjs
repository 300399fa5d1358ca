/**
 * Runs the benchmarks one after the other and writes docs/performance.md.
 *
 *   npm run bench                      all of packages/*\/bench/*.bench.mjs
 *   npm run bench -- metrics unet      those whose path has one of the words in it
 *
 * The results lie in docs/performance.json too, so the rows of benchmarks that were not run this time stay. Build first.
 */
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, existsSync, writeFileSync, renameSync, mkdirSync } from 'node:fs';
import { cpus, totalmem, arch, platform } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { performanceTables } from './performance-tables.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const store = join(root, 'docs', 'performance.json');

const benches = readdirSync(join(root, 'packages')).flatMap((name) => {
  const folder = join(root, 'packages', name, 'bench');
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files.filter((file) => file.endsWith('.bench.mjs')).map((file) => join(folder, file));
});

/** The results of one benchmark: the lines of JSON that it prints; other lines are passed on. */
const resultsOf = async (file) => {
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'], cwd: root });
  const results = [];
  const end = new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('{')) {
      results.push(JSON.parse(line));
    } else {
      process.stderr.write(`${line}\n`);
    }
  }
  const code = await end;
  if (code !== 0) {
    process.stderr.write(`${relative(root, file)} ended with ${code}\n`);
  }
  return { results, complete: code === 0 };
};

/** What decides a processor's speed more than its name: the widest instructions that Linux lists, by their names there. */
const instructions = () => {
  const flags = existsSync('/proc/cpuinfo') ? readFileSync('/proc/cpuinfo', 'utf8').split(/\s+/) : [];
  return ['avx2', 'avx512f', 'avx512_bf16', 'amx_bf16'].filter((name) => flags.includes(name));
};

const machine = () => {
  const processor = [cpus()[0].model.trim(), ...instructions()].join(', ');
  return `${processor}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${arch()}`;
};

const writeWhole = (path, text) => {
  writeFileSync(`${path}.part`, text);
  renameSync(`${path}.part`, path);
};

const words = process.argv.slice(2);
const chosen = benches.filter(
  (file) => words.length === 0 || words.some((word) => relative(root, file).includes(word)),
);
if (chosen.length === 0) {
  process.stderr.write(`no benchmark has ${words.join(' or ')} in its path\n`);
  process.exit(2);
}
mkdirSync(dirname(store), { recursive: true });
let failed = false;
for (const file of chosen) {
  process.stderr.write(`\n${relative(root, file)}\n`);
  const { results, complete } = await resultsOf(file);
  failed ||= !complete;
  if (results.length === 0) {
    continue;
  }
  const packageName = basename(dirname(dirname(file)));
  const { version } = JSON.parse(readFileSync(join(root, 'packages', packageName, 'package.json'), 'utf8'));
  const about = { package: packageName, version, bench: basename(file), machine: machine(), node: process.version };
  const date = new Date().toISOString().slice(0, 10);
  const known = existsSync(store) ? JSON.parse(readFileSync(store, 'utf8')) : [];
  // A benchmark that ran to its end replaces all of its rows; one that broke off, only those that it has measured.
  const replaced = (row) =>
    row.package === packageName &&
    row.bench === about.bench &&
    (complete || results.some(({ name, peerName }) => name === row.name && peerName === row.peerName));
  const rows = [...known.filter((row) => !replaced(row)), ...results.map((result) => ({ ...about, date, ...result }))];
  writeWhole(store, `${JSON.stringify(rows, null, 2)}\n`);
  writeWhole(join(root, 'docs', 'performance.md'), performanceTables(rows));
}
process.exit(failed ? 1 : 0);
