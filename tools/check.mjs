#!/usr/bin/env node
/**
 * `npm test`: every check of the workspace, from an empty clone on. The end of what a failed check printed is shown once more
 * at the end, and its name. The last line counts Jest's tests and the other checks together: `N passed, N failed[, N skipped]`.
 */
import { buildPackages } from './setup/build-packages.mjs';
import { fractura } from './setup/fractura.mjs';
import { installDependencies } from './setup/install-dependencies.mjs';
import { roomForYoungObjects, run } from './setup/workspace.mjs';

const lint = ['lint', 'npx', ['eslint', '.']];
const format = ['format', 'npx', ['prettier', '--check', '.', '--cache', '--cache-strategy', 'content']];
const sync = ['workspace in sync', 'npx', ['nx', 'sync:check']];
const cycles = ['import cycles', 'npm', ['run', '--silent', 'cycles']];
const types = ['types', 'npx', ['tsc', '--build']];
const tests = ['tests', 'npx', ['jest']];
const contents = ['package contents', 'node', ['tools/package-contents/run.mjs']];
const consumers = ['packed consumers', 'node', ['tools/packed-consumer/run.mjs']];

/** Phases follow each other; the rows of a phase run side by side, as each keeps one processor busy. */
const phases = [
  [
    [lint, contents, format, sync, cycles],
    [consumers, types],
  ],
  [[tests]],
];

const environment = {
  NX_DAEMON: 'false',
  // Nx gives up a plugin's process that takes long to start, as it may beside other checks.
  NX_ISOLATE_PLUGINS: 'false',
  FORCE_COLOR: '0',
  NODE_OPTIONS: `--experimental-vm-modules --no-warnings ${roomForYoungObjects}`,
};
const count = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
/** How many lines of a failed check's output are shown again. */
const shownAgain = 40;

async function runCheck([name, command, args], { alone }) {
  const start = Date.now();
  if (alone) {
    console.log(`\n=== ${name}`);
  }
  const { status, output } = await run(command, args, { capture: true, quiet: !alone, env: environment });
  if (!alone) {
    console.log(`\n=== ${name}\n${output.trimEnd()}`);
  }
  for (const [, line] of output.matchAll(/^Tests: +(.*)$/gm)) {
    for (const [, number, kind] of line.matchAll(/(\d+) (passed|failed|skipped)/g)) {
      count[kind] += Number(number);
    }
  }
  count[status === 0 ? 'passed' : 'failed'] += 1;
  if (status !== 0) {
    failures.push({ name, output });
  }
  console.log(`=== ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${Math.round((Date.now() - start) / 1000)} s`);
}

await installDependencies();
await buildPackages();
await fractura('engine', 'install');

for (const rows of phases) {
  await Promise.all(
    rows.map(async (row) => {
      for (const check of row) {
        await runCheck(check, { alone: rows.length === 1 });
      }
    }),
  );
}
for (const { name, output } of failures) {
  console.log(`\n=== ${name}: the last lines\n${output.trimEnd().split('\n').slice(-shownAgain).join('\n')}`);
}
if (failures.length > 0) {
  console.log('');
}
for (const { name } of failures) {
  console.log(`=== ${name}: FAILED`);
}
const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
console.log(`\n${count.passed} passed, ${count.failed} failed${skipped}`);
process.exitCode = count.failed === 0 ? 0 : 1;
