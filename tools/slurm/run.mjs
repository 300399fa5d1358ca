#!/usr/bin/env node
/**
 * Starts a Slurm of one node, for tests: `node tools/slurm/run.mjs [-- COMMAND...]`.
 *
 * With a command it runs that, with SLURM_CONF set, and ends with its status. Without, it prints one line of JSON with the
 * variables to set, and runs until its standard input ends. Everything is in a temporary folder, on the loopback address alone.
 * Where Slurm is not installed, FRACTURA_SLURM=1 lets it install Debian's packages; otherwise it ends with status 69.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDaemons } from './daemons.mjs';
import { writeConfiguration } from './configuration.mjs';

/** EX_UNAVAILABLE of sysexits.h. */
const unavailable = 69;

const programs = ['munged', 'slurmctld', 'slurmd', 'sbatch', 'squeue', 'scancel', 'scontrol', 'sinfo'];
const missing = () => programs.filter((name) => spawnSync('which', [name]).status !== 0);

if (missing().length > 0 && process.env.FRACTURA_SLURM === '1') {
  const packages = ['slurmctld', 'slurmd', 'slurm-client', 'munge'];
  spawnSync('apt-get', ['update'], { stdio: ['ignore', 2, 2] });
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { stdio: ['ignore', 2, 2] });
}
if (missing().length > 0) {
  console.error(
    `Slurm is not installed: ${missing().join(', ')}. FRACTURA_SLURM=1 installs it from Debian's packages.`,
  );
  process.exit(unavailable);
}

const folder = mkdtempSync(join(tmpdir(), 'fractura-slurm-'));
const variables = writeConfiguration(folder);
const environment = { ...process.env, ...variables };
const stop = await startDaemons(folder, environment);
let status = 0;
try {
  const [, ...command] = process.argv.slice(process.argv.indexOf('--'));
  if (process.argv.includes('--') && command.length > 0) {
    const child = spawn(command[0], command.slice(1), { stdio: 'inherit', env: environment });
    status = await new Promise((resolve) => {
      child.on('error', () => resolve(1));
      child.on('exit', (code) => resolve(code ?? 1));
    });
  } else {
    console.log(JSON.stringify(variables));
    await new Promise((resolve) => {
      process.stdin.on('end', resolve).on('error', resolve).resume();
      process.on('SIGTERM', resolve);
    });
  }
} finally {
  await stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(status);
