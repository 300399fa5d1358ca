import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';

const entry = fileURLToPath(new URL('../src/index.ts', import.meta.url));

let program: string;
beforeAll(async () => {
  const { build } = await import('esbuild');
  const folder = await temporaryFolder();
  const source = join(folder, 'program.ts');
  writeFileSync(
    source,
    `import { defineCommand, runCommandLine } from ${JSON.stringify(entry)};
const lines = defineCommand({
  name: 'lines', summary: 'Prints.', positionals: {}, options: {}, examples: [],
  run: async (_, { print }) => {
    for (let line = 0; line < 100000; line += 1) print('line ' + line);
  },
});
const wait = defineCommand({
  name: 'wait', summary: 'Waits.', positionals: {}, options: {}, examples: [],
  run: (_, { note, signal }) => new Promise((resolve, reject) => {
    const timer = setInterval(() => {}, 1000);
    signal.addEventListener('abort', () => { clearInterval(timer); note('saved'); reject(signal.reason); });
    note('waiting');
    process.kill(process.pid, process.env.WITH);
  }),
});
process.exitCode = await runCommandLine(
  { name: 'it', version: '1.0.0', summary: 'Tests.', commands: [lines, wait] }, process.argv.slice(2));
`,
  );
  program = join(folder, 'program.mjs');
  await build({
    entryPoints: [source],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@fractura/source'],
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
  });
}, 60_000);

test('a reader that goes away ends nothing: status 0 and no message', () => {
  const script = `node ${program} lines 2>${program}.errors | head -1; echo "\${PIPESTATUS[0]}"; cat ${program}.errors`;
  expect(execFileSync('bash', ['-c', script], { encoding: 'utf8' })).toBe('line 0\n0\n');
});

(existsSync('/dev/full') ? test : test.skip)('a full disk is told in one message, status 1', () => {
  const { status, stderr } = spawnSync('sh', ['-c', `node ${program} lines > /dev/full`], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr:
      'error: Standard output cannot be written. No space left on the device.\n       Free some space, or choose an output folder on another disk.\n',
  });
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s lets the work end by itself, status 130', (name) => {
  const { status, stderr } = spawnSync('node', [program, 'wait'], {
    encoding: 'utf8',
    env: { ...process.env, WITH: name },
  });
  expect({ status, stderr }).toEqual({
    status: 130,
    stderr: 'waiting\nsaved\nInterrupted; the same command goes on from here.\n',
  });
});
