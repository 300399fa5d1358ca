#!/usr/bin/env node
/**
 * `npm test`: every check of the workspace, from an empty clone on. The last line counts Jest's tests and the other
 * checks together: `N passed, N failed[, N skipped]`.
 */
import { buildPackages } from './setup/build-packages.mjs';
import { fractura } from './setup/fractura.mjs';
import { installDependencies } from './setup/install-dependencies.mjs';
import { run } from './setup/workspace.mjs';

const nx = (...targets) => ['npx', ['nx', 'run-many', '-t', ...targets, '--output-style=static', '--nx-bail=false']];
const checks = [
  ['format', 'npx', ['prettier', '--check', '.']],
  ['workspace in sync', 'npx', ['nx', 'sync:check']],
  ['lint', ...nx('lint')],
  ['types', ...nx('typecheck')],
  ['tests', ...nx('test')],
  ['package contents', ...nx('pack-check')],
  ['packed consumers', 'node', ['tools/packed-consumer/run.mjs']],
];

await installDependencies();
await buildPackages();
await fractura('engine', 'install');

const count = { passed: 0, failed: 0, skipped: 0 };
for (const [name, command, args] of checks) {
  console.log(`\n=== ${name}`);
  const start = Date.now();
  const { status, output } = await run(command, args, { capture: true, env: { NX_DAEMON: 'false', FORCE_COLOR: '0' } });
  for (const [, line] of output.matchAll(/^Tests: +(.*)$/gm)) {
    for (const [, number, kind] of line.matchAll(/(\d+) (passed|failed|skipped)/g)) {
      count[kind] += Number(number);
    }
  }
  count[status === 0 ? 'passed' : 'failed'] += 1;
  console.log(`=== ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${Math.round((Date.now() - start) / 1000)} s`);
}
const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
console.log(`\n${count.passed} passed, ${count.failed} failed${skipped}`);
process.exitCode = count.failed === 0 ? 0 : 1;
