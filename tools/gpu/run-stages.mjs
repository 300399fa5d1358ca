/** The stages in the order of their worth, each in its own process and for a limited time. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** Stages of one group run at once; groups follow each other. Seconds are the most that a stage gets. */
const groups = [
  [{ name: 'device', seconds: 25 }],
  [
    { name: 'operations', seconds: 60 },
    { name: 'parity-plan', seconds: 60 },
    { name: 'parity-classifier', seconds: 60 },
    { name: 'parity-small-lesions', seconds: 60 },
  ],
  [{ name: 'prediction', seconds: 45 }],
  [{ name: 'time-small-lesions', seconds: 40 }],
  [{ name: 'time-plan', seconds: 40 }],
  [{ name: 'torch-plan', seconds: 25, peer: 'plan_unet.py' }],
  [{ name: 'torch-small-lesions', seconds: 25, peer: 'efficientnet_unet.py' }],
  [{ name: 'profile', seconds: 30 }],
  [{ name: 'learning', seconds: 60 }],
];

/**
 * Runs stages; prints a table of all that they recorded, and writes it to `out` with each stage's log and records.
 *
 * @param {{ stage: string, out: string, tiny: boolean, wanted: string[] }} options `stage` is the program of a stage; all where none is wanted.
 */
export async function runStages({ stage, out, tiny, wanted }) {
  mkdirSync(out, { recursive: true });
  const began = performance.now();
  const finished = [];
  for (const group of groups) {
    const stages = group.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
    finished.push(...(await Promise.all(stages.map((each) => runStage(each, { stage, out, tiny })))));
  }
  const table = finished.flatMap(({ name, ending, rows }) => [
    `${name} (${ending})`,
    ...rows.map(({ what, value }) => `  ${what}: ${value}`),
  ]);
  console.log(`\n${table.join('\n')}\nAll in ${secondsSince(began)} s.`);
  writeFileSync(join(out, 'table.txt'), `${table.join('\n')}\n`);
}

function runStage({ name, seconds, peer }, { stage, out, tiny }) {
  const file = join(out, `${name}.jsonl`);
  const log = join(out, `${name}.log`);
  rmSync(file, { force: true });
  const begin = performance.now();
  const descriptor = openSync(log, 'w');
  const size = tiny ? ['tiny'] : [];
  const [command, args] =
    peer === undefined
      ? [process.execPath, [stage, name, ...size]]
      : [process.env.PYTHON ?? 'python3', [join(here, 'peers', peer), ...size]];
  const child = spawn(command, args, {
    stdio: ['ignore', descriptor, descriptor],
    env: { ...process.env, FRACTURA_GPU_ROWS: file },
    timeout: seconds * (tiny ? 20 : 1) * 1000,
    killSignal: 'SIGKILL',
  });
  return new Promise((resolve) => {
    const end = (how) => {
      const ending = `${how} after ${secondsSince(begin)} s`;
      console.log(`${name}: ${ending}`);
      const rows = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').map(JSON.parse) : [];
      const said =
        how === 'done'
          ? []
          : [{ what: 'log', value: readFileSync(log, 'utf8').trim().split('\n').slice(-12).join('\n    ') }];
      resolve({ name, ending, rows: [...rows, ...said] });
    };
    child.on('error', ({ message }) => end(message));
    child.on('exit', (code, signal) =>
      end(code === 0 ? 'done' : signal === 'SIGKILL' ? 'stopped' : `ended with ${code ?? signal}`),
    );
  });
}

function secondsSince(begin) {
  return ((performance.now() - begin) / 1000).toFixed(1);
}
