import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const config = join(root, 'tools/lint/import-cycles.config.mjs');
const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

let workspace;
afterEach(() => {
  rmSync(workspace, { recursive: true, force: true });
});

/** Checks a workspace of one package with these files, by their path in `src`. */
function check(files) {
  workspace = mkdtempSync(join(tmpdir(), 'fractura-cycles-'));
  copyFileSync(join(root, 'tsconfig.base.json'), join(workspace, 'tsconfig.base.json'));
  for (const [path, text] of Object.entries(files)) {
    const file = join(workspace, 'packages/some/src', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const { status, stdout } = spawnSync(process.execPath, [cruiser, '--config', config, 'packages'], {
    cwd: workspace,
    env: { ...process.env, NODE_OPTIONS: '' },
    encoding: 'utf8',
  });
  return { fails: status !== 0, stdout };
}

test('a package without cycles passes, though its index and its errors are imported from and by all folders', () => {
  const { fails, stdout } = check({
    'index.ts': "export { a } from './one/a.js';\nexport { b } from './two/b.js';\n",
    'errors.ts': 'export class SomeError extends Error {}\n',
    'one/a.ts': "import { b } from '../two/b.js';\nimport '../errors.js';\nexport const a = b;\n",
    'two/b.ts': "import '../errors.js';\nexport const b = 1;\n",
  });
  expect(stdout).toMatch('no dependency violations');
  expect(fails).toBe(false);
});

test('two files that import each other fail, and be it a type', () => {
  const { fails, stdout } = check({
    'a.ts': "import { b } from './b.js';\nexport type A = 1;\nexport const a = b;\n",
    'b.ts': "import type { A } from './a.js';\nexport const b: A = 1;\n",
  });
  expect(fails).toBe(true);
  expect(stdout).toMatch('no-cycle-of-files: packages/some/src/');
});

test('two folders that import each other fail, though no two files do', () => {
  const { fails, stdout } = check({
    'one/a.ts': "import { b } from '../two/b.js';\nexport const a = b;\n",
    'one/other.ts': 'export const other = 1;\n',
    'two/b.ts': 'export const b = 1;\n',
    'two/c.ts': "import { other } from '../one/other.js';\nexport const c = other;\n",
  });
  expect(fails).toBe(true);
  expect(stdout).toMatch('no-cycle-of-folders: packages/some/src/');
  expect(stdout).not.toMatch('no-cycle-of-files');
});
