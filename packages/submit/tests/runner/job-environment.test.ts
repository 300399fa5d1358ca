import { expect, test } from '@jest/globals';
import { jobEnvironment } from '../../src/runner/job-environment.js';
import { submissionOf } from '../support/submission.js';

const settings = { retries: 0, graceSeconds: 5, gpus: 1 };

test('a job that asked for no GPU sees none, whatever the node has', () => {
  const submission = submissionOf(['']);
  expect(jobEnvironment(submission, 0, { PATH: '/bin' })).toMatchObject({ CUDA_VISIBLE_DEVICES: '', PATH: '/bin' });
  expect(jobEnvironment(submission, 0, { CUDA_VISIBLE_DEVICES: '0,1' }).CUDA_VISIBLE_DEVICES).toBe('');
});

test.each(['local', 'slurm'] as const)(
  'on %s a job that asked for a GPU is refused where none is named as its own',
  (engine) => {
    const submission = submissionOf([''], { engine, settings });
    expect(jobEnvironment(submission, 0, { CUDA_VISIBLE_DEVICES: '3' }).CUDA_VISIBLE_DEVICES).toBe('3');
    for (const environment of [{}, { CUDA_VISIBLE_DEVICES: '' }]) {
      expect(() => jobEnvironment(submission, 0, environment)).toThrow('CUDA_VISIBLE_DEVICES names none');
    }
  },
);

test('a later stage sees no GPU; a container sees those that it was given', () => {
  const submission = submissionOf(['', { code: '', stage: 1 }], { engine: 'kubernetes', settings });
  expect(jobEnvironment(submission, 0, {}).CUDA_VISIBLE_DEVICES).toBeUndefined();
  expect(jobEnvironment(submission, 1, { CUDA_VISIBLE_DEVICES: '0' }).CUDA_VISIBLE_DEVICES).toBe('');
});

test('the submission’s variables count more than those of where the job runs', () => {
  const submission = submissionOf([''], { environment: { nnUNet_raw: '/shared' } });
  expect(jobEnvironment(submission, 0, { nnUNet_raw: '/other' }).nnUNet_raw).toBe('/shared');
});
