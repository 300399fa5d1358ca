#!/usr/bin/env node
/**
 * Runs the programs of docs/examples, each in an empty folder, and checks what they print. `tools/packed-consumer` runs them on
 * the packed packages; `node tools/examples/run.mjs [NAME...]` runs them, or some of them, on the builds of the workspace.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What each program must print. */
const expected = {
  'coco-to-nnunet.mjs': /24 cases checked[^]*nnUNetv2_train 501 2d 0/,
  'own-network.mjs': /5 cases that were not trained on: mean Dice 0\.[4-9]/,
  'own-stage.mjs': /298 of 320 radiographs, 116 cross-validated/,
  'three-classes.mjs': /bone: Dice 0\.\d+\nscrew: Dice [^]*\nmean Dice /,
};

/**
 * Runs examples that are copied to a folder in which the packages are installed.
 *
 * @returns a message for each that failed.
 */
export function runExamples(folder, names = Object.keys(expected)) {
  const programs = join(folder, 'docs-examples');
  cpSync(join(root, 'docs', 'examples'), programs, { recursive: true });
  const untested = readdirSync(programs).filter((name) => /\.mjs$/.test(name) && !(name in expected));
  const failures = untested
    .filter((name) => name !== 'make-data.mjs')
    .map((name) => `docs/examples/${name}: tools/examples/run.mjs does not say what it must print`);
  for (const name of names) {
    const cwd = join(folder, 'docs-examples-runs', name);
    mkdirSync(cwd, { recursive: true });
    const { status, stdout, stderr } = spawnSync('node', [join(programs, name)], {
      cwd,
      encoding: 'utf8',
      timeout: 600_000,
    });
    if (status === 0 && expected[name].test(stdout)) {
      console.log(`docs/examples/${name}: prints what it must`);
    } else {
      failures.push(`docs/examples/${name}: exit status ${status}\n${stdout}${stderr}`);
    }
  }
  return failures;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = mkdtempSync(join(tmpdir(), 'fractura-examples-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const names = process.argv.slice(2);
  const failures = runExamples(folder, names.length > 0 ? names : undefined);
  rmSync(folder, { recursive: true });
  failures.forEach((failure) => console.error(failure));
  process.exitCode = failures.length > 0 ? 1 : 0;
}
