// What the checks beside it share: our program, Python with the reference programs, and how they are called.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Our program, built. */
export const program = join(root, 'packages/pipeline/dist/bin.js');

/** The Python that has the reference programs. */
export const python = process.env.PYTHON ?? 'python3';

/** nnU-Net's variables for folders below one. */
export const nnunetVariables = (folder) =>
  Object.fromEntries(['raw', 'preprocessed', 'results'].map((kind) => [`nnUNet_${kind}`, join(folder, kind)]));

/** Runs a command with them and gives what it prints; VERBOSE shows its complaints as they come. */
export function call(command, args, folder, variables = {}) {
  const env = { ...process.env, ...nnunetVariables(folder), ...variables };
  const options = { env, stdio: ['ignore', 'pipe', process.env.VERBOSE ? 'inherit' : 'pipe'] };
  return execFileSync(command, args, options).toString();
}

/** Runs a script of the folder `python`. */
export const callScript = (name, args, folder, variables) =>
  call(python, [fileURLToPath(new URL(`python/${name}`, import.meta.url)), ...args], folder, variables);

/** Runs nnU-Net's own commands, given as `[name, ...arguments]` without `nnUNetv2_`, one after the other. */
export const callNnunet = (commands, folder, variables) =>
  callScript('call_nnunet.py', [JSON.stringify(commands)], folder, variables);

/** What differs between two folders by compare_folders.py, a line for each file. */
export const differences = (theirs, ours, folder, ...tolerances) =>
  callScript('compare_folders.py', [theirs, ours, ...tolerances], folder)
    .split('\n')
    .filter((line) => line !== '');
