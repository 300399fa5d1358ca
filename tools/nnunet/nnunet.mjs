// What the scripts beside it share: where both programs are, and how they are called.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
export const root = resolve(here, '../..');

/** Our program, built. */
export const program = join(root, 'packages/pipeline/dist/bin.js');

/** The Python with nnunetv2. */
export const python = resolve(process.env.PYTHON ?? 'venv/bin/python');
if (!existsSync(join(dirname(python), 'nnUNetv2_predict'))) {
  console.error(`${python} has no nnunetv2 beside it; set PYTHON to that of an environment with it`);
  process.exit(1);
}

/** nnU-Net's variables for folders below one. */
export const nnunetVariables = (folder) =>
  Object.fromEntries(['raw', 'preprocessed', 'results'].map((kind) => [`nnUNet_${kind}`, join(folder, kind)]));

/** Runs a command with them and gives what it prints; VERBOSE shows its complaints as they come. */
export function call(command, args, folder, variables = {}) {
  const env = { ...process.env, ...nnunetVariables(folder), ...variables };
  const options = { env, stdio: ['ignore', 'pipe', process.env.VERBOSE ? 'inherit' : 'pipe'] };
  return execFileSync(command, args, options).toString();
}

/** Runs a Python script of this folder. */
export const callScript = (name, args, folder, variables) =>
  call(python, [join(here, name), ...args], folder, variables);

/** What differs between two folders by compare_folders.py, a line for each file. */
export const differences = (theirs, ours, folder, ...tolerances) =>
  callScript('compare_folders.py', [theirs, ours, ...tolerances], folder)
    .split('\n')
    .filter((line) => line !== '');
