import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { slurmScript } from '../../src/engines/slurm/slurm-script.js';
import type { JobSettings } from '../../src/submission/submission.js';
import { submissionOf } from '../support/submission.js';

const slurm = { modules: [], options: [], node: '/usr/bin/node' };
const script = (settings: Partial<JobSettings> = {}, stage = 0, indices = [0, 2, 5]) =>
  slurmScript({
    folder: '/shared/my runs/50%',
    stage,
    indices,
    submission: submissionOf([''], {
      engine: 'slurm',
      directory: '/shared',
      settings: { retries: 4, graceSeconds: 90, gpus: 0, slurm, ...settings },
    }),
  });
const options = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('#SBATCH '))
    .map((line) => line.slice(8));

test('an array is capped, signalled before its end, requeued, and its log grows', () => {
  expect(options(script({ atOnce: 2 }))).toEqual([
    '--job-name=test',
    '--array=0,2,5%2',
    '--chdir=/shared',
    '--output="/shared/my runs/50%%/slurm/%A_%a.txt"',
    '--open-mode=append',
    '--requeue',
    '--signal=B:USR1@90',
    '--ntasks=1',
  ]);
});

test('cores, memory, time and what the site wants are asked for only where they are given', () => {
  const site = { ...slurm, partition: 'gpu', account: 'bones', options: ['qos=long', 'constraint=avx2'] };
  expect(options(script({ cpus: 8, memory: 16384, minutes: 480, slurm: site })).slice(7)).toEqual([
    '--ntasks=1',
    '--cpus-per-task=8',
    '--mem=16384M',
    '--time=480',
    '--partition=gpu',
    '--account=bones',
    '--qos=long',
    '--constraint=avx2',
  ]);
});

test('GPUs are asked for only where they are given, and only for the first stage', () => {
  expect(script()).not.toContain('--gres');
  expect(options(script({ gpus: 1 }))).toContain('--gres=gpu:1');
  expect(options(script({ gpus: 2, slurm: { ...slurm, gpuType: 'a100' } }))).toContain('--gres=gpu:a100:2');
  expect(script({ gpus: 1 }, 1)).not.toContain('--gres');
});

test('one task is requeued by its array’s and its own number, never the whole array', () => {
  expect(script()).toContain('scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"');
  expect(script()).not.toContain('$SLURM_JOB_ID');
  expect(script()).toContain('"${SLURM_RESTART_COUNT:-0}" -lt 4');
});

test('modules are loaded, and a container comes before the job', () => {
  const text = script({ slurm: { ...slurm, modules: ['node/22', 'cuda'], prefix: 'apptainer exec --nv image.sif' } });
  expect(text).toContain('\nmodule load node/22 cuda\n');
  expect(text).toMatch(
    /\napptainer exec --nv image\.sif \/usr\/bin\/node .*run-job\.js '\/shared\/my runs\/50%' "\$SLURM_ARRAY_TASK_ID" &\n/,
  );
});

test('the script is what a shell takes', () => {
  expect(spawnSync('bash', ['-n'], { input: script({ atOnce: 2, gpus: 1 }) })).toMatchObject({ status: 0 });
});
