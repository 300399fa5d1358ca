import { join } from 'node:path';
import { exitStatuses } from '../../runner/exit-statuses.js';
import type { Submission } from '../../submission/submission.js';
import { jobRunner } from '../job-runner.js';
import { shellLine, shellWord } from '../shell-words.js';

/** Jobs of one stage, as an array of Slurm. */
export interface SlurmArray {
  folder: string;
  submission: Submission;
  stage: number;
  indices: readonly number[];
}

/**
 * The batch script of an array: its options, and a shell that starts one job and waits for it.
 *
 * Before the time limit Slurm signals the shell, which passes the signal on; a job that was interrupted, or whose processes were
 * killed, is requeued by the numbers of array and task. (`SLURM_JOB_ID` of an array's last task is that of the array: by it the
 * whole array would come back.) A job that Slurm ends by SIGTERM, as `scancel` and preemption do, is left to Slurm.
 *
 * @see Slurm: sbatch(1), `--signal`, `--requeue`, `--open-mode`; scontrol(1), `requeue`
 */
export function slurmScript(array: SlurmArray): string {
  const { folder, submission } = array;
  const { retries, slurm } = submission.settings;
  const { modules = [], prefix, node } = slurm ?? {};
  const load = modules.length === 0 ? [] : [`module load ${shellLine(modules)}`];
  return [
    '#!/bin/bash',
    ...slurmOptions(array).map((option) => `#SBATCH ${option}`),
    '',
    ...load,
    'ended_by_slurm=0',
    `${prefix === undefined ? '' : `${prefix} `}${shellLine([...jobRunner(node), folder])} "$SLURM_ARRAY_TASK_ID" &`,
    'job=$!',
    `trap 'kill -USR1 "$job" 2> /dev/null' USR1`,
    `trap 'ended_by_slurm=1; kill -TERM "$job" 2> /dev/null' TERM`,
    '# A trap ends a wait: wait again until the job has ended.',
    'while kill -0 "$job" 2> /dev/null; do wait "$job"; done',
    'wait "$job"',
    'status=$?',
    `if [ "$ended_by_slurm" = 0 ] && { [ "$status" = ${exitStatuses.interrupted} ] || [ "$status" = 137 ]; } &&`,
    `  [ "\${SLURM_RESTART_COUNT:-0}" -lt ${retries} ]; then`,
    '  if scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"; then',
    '    # Requeueing ends this script.',
    '    sleep 300 &',
    '    wait',
    '  fi',
    'fi',
    'exit "$status"',
    '',
  ].join('\n');
}

/** The options of sbatch, as the script has them. */
function slurmOptions({ folder, submission, stage, indices }: SlurmArray): string[] {
  const { name, directory, settings } = submission;
  const { atOnce, graceSeconds, cpus, memory, minutes, gpus, slurm } = settings;
  const options = [
    `--job-name=${shellWord(name)}`,
    `--array=${indices.join(',')}${atOnce === undefined ? '' : `%${atOnce}`}`,
    `--chdir=${quoted(directory)}`,
    `--output=${quoted(join(folder, 'slurm', '%A_%a.txt'), folder)}`,
    '--open-mode=append',
    '--requeue',
    `--signal=B:USR1@${graceSeconds}`,
    '--ntasks=1',
  ];
  if (cpus !== undefined) {
    options.push(`--cpus-per-task=${cpus}`);
  }
  if (memory !== undefined) {
    options.push(`--mem=${memory}M`);
  }
  if (minutes !== undefined) {
    options.push(`--time=${minutes}`);
  }
  if (gpus > 0 && stage === 0) {
    options.push(`--gres=gpu:${slurm?.gpuType === undefined ? '' : `${slurm.gpuType}:`}${gpus}`);
  }
  if (slurm?.partition !== undefined) {
    options.push(`--partition=${slurm.partition}`);
  }
  if (slurm?.account !== undefined) {
    options.push(`--account=${slurm.account}`);
  }
  return [...options, ...(slurm?.options ?? []).map((option) => `--${option}`)];
}

/** A path as sbatch takes it from a script; in the name of an output file `%` begins a number. */
function quoted(path: string, literal = ''): string {
  const escaped = literal === '' ? path : literal.replaceAll('%', '%%') + path.slice(literal.length);
  return /^[\w@%+=:,./-]+$/.test(escaped) ? escaped : `"${escaped.replace(/["\\]/g, '\\$&')}"`;
}
