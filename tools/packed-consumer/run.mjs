#!/usr/bin/env node
/**
 * What a user gets: packs every published package, installs the tarballs into an empty folder, and there imports and
 * requires each entry point, type-checks and runs the usage example of each README, checks the types of the packages themselves,
 * bundles a web page, and runs the programs of docs/examples.
 * The folder stays when something fails.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runExamples } from '../examples/run.mjs';
import { packPackages } from '../setup/pack-packages.mjs';
import { checkBundlers } from './bundlers.mjs';
import { checkTypes } from './check-types.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'fractura-consumer-'));
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const versions = readJson(join(root, 'package.json')).devDependencies;

function check(what, command, args, cwd = folder) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status === 0) {
    return stdout;
  }
  console.error(`${what}: FAILED\n${stdout}${stderr}${error ?? ''}\nThe folder is kept: ${folder}`);
  process.exit(1);
}

const packages = packPackages(folder);
const dependencies = { '@tensorflow/tfjs': versions['@tensorflow/tfjs'], '@types/node': versions['@types/node'] };
for (const { manifest, tarball } of packages) {
  dependencies[manifest.name] = `file:./${tarball}`;
}
for (const tool of ['typescript', 'esbuild', 'vite', 'webpack', 'webpack-cli']) {
  dependencies[tool] = versions[tool];
}
writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }, null, 2));
const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--fetch-retries=5'];
check('install', 'npm', install);

const entries = packages.flatMap(({ manifest }) =>
  Object.entries(manifest.exports)
    .filter(([, target]) => typeof target !== 'string')
    .map(([subpath, target]) => ({ entry: join(manifest.name, subpath), target })),
);
const loadAll = (type, load, names) =>
  check(`${type} entries`, 'node', [
    `--input-type=${type}`,
    '-e',
    names.map((name) => `${load}('${name}');`).join('\n'),
  ]);
loadAll(
  'module',
  'await import',
  entries.map(({ entry }) => entry),
);
loadAll(
  'commonjs',
  'require',
  entries.filter(({ target }) => target.require).map(({ entry }) => entry),
);

const examples = join(folder, 'examples');
mkdirSync(examples);
for (const { name } of packages) {
  const [, example] =
    /^```ts\n([\s\S]*?)^```/m.exec(readFileSync(join(root, 'packages', name, 'README.md'), 'utf8')) ?? [];
  if (!example) {
    console.error(`packages/${name}/README.md has no usage example in a ts block`);
    process.exit(1);
  }
  writeFileSync(join(examples, `${name}.ts`), example);
}
const compilerOptions = {
  target: 'es2022',
  lib: ['es2022', 'dom'],
  module: 'nodenext',
  strict: true,
  types: ['node'],
  outDir: 'compiled',
  rootDir: 'examples',
};
writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['examples'] }));
checkTypes(folder);
checkBundlers(folder, check);
for (const { name } of packages) {
  const work = join(folder, 'runs', name);
  mkdirSync(work, { recursive: true });
  check(`example of ${name}`, 'node', [join(folder, 'compiled', `${name}.js`)], work);
  console.log(`${name}: import, require, types and example work from the tarball`);
}
// The engine comes after what must do without it; what it needs is there already.
const engine = join('node_modules', '@tensorflow', 'tfjs-backend-wasm');
cpSync(join(root, engine), join(folder, engine), { recursive: true });
const failures = runExamples(folder);
if (failures.length > 0) {
  console.error(`${failures.join('\n')}\nThe folder is kept: ${folder}`);
  process.exit(1);
}
rmSync(folder, { recursive: true });
