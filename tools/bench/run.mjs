/**
 * Runs the benchmarks one after the other and writes docs/performance.md.
 *
 *   npm run bench                      all of packages/*\/bench/*.bench.mjs
 *   npm run bench -- metrics unet      those whose path has one of the words in it
 *
 * The results lie in docs/performance.json too, so the rows of benchmarks that were not run this time stay. Each
 * result is shown and kept as soon as it is there: what was measured stays when the rest is interrupted. Build first.
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

/** Runs one benchmark; `take` gets each result, a line of JSON that it prints, as it comes. Other lines are passed on. */
const runBench = async (file, take) => {
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'], cwd: root });
  const end = new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('{')) {
      const result = JSON.parse(line);
      take(result);
      process.stderr.write(`${lineOf(result)}\n`);
    } else {
      process.stderr.write(`${line}\n`);
    }
  }
  const code = await end;
  if (code !== 0) {
    process.stderr.write(`${relative(root, file)} ended with ${code}\n`);
  }
  return code === 0;
};

/** What is shown of a result while the others are measured. */
const lineOf = ({ name, unit, ours, peer, peerName, ratio }) => {
  const shown = (value) => `${Number(value).toPrecision(3)} ${unit}`;
  const beside =
    peer === null || peer === undefined ? '' : ` against ${shown(peer)} (${peerName}), ratio ${ratio?.toFixed(2)}`;
  return `${name}: ${shown(ours)}${beside}`;
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

/** Writes the store and the tables anew: without the rows that `replaced` tells, with the new ones. */
const keepRows = (replaced, rows) => {
  const known = existsSync(store) ? JSON.parse(readFileSync(store, 'utf8')) : [];
  const all = [...known.filter((row) => !replaced(row)), ...rows];
  writeWhole(store, `${JSON.stringify(all, null, 2)}\n`);
  writeWhole(join(root, 'docs', 'performance.md'), performanceTables(all));
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
  const packageName = basename(dirname(dirname(file)));
  const { version } = JSON.parse(readFileSync(join(root, 'packages', packageName, 'package.json'), 'utf8'));
  const about = { package: packageName, version, bench: basename(file), machine: machine(), node: process.version };
  const ofBench = (row) => row.package === packageName && row.bench === about.bench;
  const results = [];
  const isNew = ({ name, peerName }) => results.some((result) => result.name === name && result.peerName === peerName);
  // Each result is kept at once, in place of its own row alone: what was measured stays when the rest is interrupted.
  const complete = await runBench(file, (result) => {
    results.push(result);
    const date = new Date().toISOString().slice(0, 10);
    keepRows(
      (row) => ofBench(row) && isNew(row),
      results.map((each) => ({ ...about, date, ...each })),
    );
  });
  failed ||= !complete;
  if (complete && results.length > 0) {
    // A benchmark that ran to its end leaves no other rows of its own.
    keepRows((row) => ofBench(row) && !isNew(row), []);
  }
}
process.exit(failed ? 1 : 0);
