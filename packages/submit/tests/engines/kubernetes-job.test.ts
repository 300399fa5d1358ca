import { expect, test } from '@jest/globals';
import { Job } from 'kubernetes-models/batch/v1/Job';
import { parse } from 'yaml';
import { kubernetesEngine, readIndexes } from '../../src/engines/kubernetes/kubernetes-engine.js';
import { kubernetesJob } from '../../src/engines/kubernetes/kubernetes-job.js';
import type { JobSettings, KubernetesSettings } from '../../src/submission/submission.js';
import { submissionOf } from '../support/submission.js';

const volume = {
  image: 'registry.example/fractura:1',
  mountPath: '/data',
  gpuResource: 'nvidia.com/gpu',
  suspend: false,
};

function manifest(
  settings: Partial<JobSettings> = {},
  kubernetes: Partial<KubernetesSettings> = { claim: 'films' },
  { stage = 0, after = [] as number[] } = {},
) {
  const submission = submissionOf(['', '', ''], {
    engine: 'kubernetes',
    name: 'Train_921 2d',
    environment: { nnUNet_results: '/data/results' },
    settings: { retries: 3, graceSeconds: 90, gpus: 0, kubernetes: { ...volume, ...kubernetes }, ...settings },
  });
  const job = kubernetesJob({ folder: '/data/s', submission, stage, indices: [0, 2], handover: 1, after });
  // By Kubernetes' own schemas.
  new Job(job).validate();
  // What a test reads in it.
  return job as {
    metadata: { name: string; namespace?: string; labels: Record<string, string> };
    spec: Record<string, unknown> & { template: { spec: PodSpec } };
  };
}

interface PodSpec extends Record<string, unknown> {
  containers: { command: string[]; resources: unknown; env: { name: string; value: string }[] }[];
  initContainers?: { command: string[] }[];
  volumes: unknown[];
}

test('an Indexed Job by Kubernetes’ schemas: one pod a job, so many at once', () => {
  const { metadata, spec } = manifest({ atOnce: 1 });
  expect(metadata.name).toBe('train-921-2d-261127100000-0-1');
  expect(spec).toMatchObject({ completionMode: 'Indexed', completions: 2, parallelism: 1, suspend: false });
  expect(spec.template.spec).toMatchObject({ restartPolicy: 'Never', terminationGracePeriodSeconds: 90 });
  expect(spec.template.spec.containers[0].command).toEqual(['fractura-job', '/data/s', '0,2']);
  expect(spec.template.spec.containers[0].env).toContainEqual({ name: 'nnUNet_results', value: '/data/results' });
});

test('evictions are not counted, interruptions are, and any other failure ends its index alone', () => {
  expect(manifest().spec).toMatchObject({
    backoffLimitPerIndex: 3,
    podFailurePolicy: {
      rules: [
        { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
        { action: 'Count', onExitCodes: { operator: 'In', values: [85, 137, 143] } },
        { action: 'FailIndex', onExitCodes: { operator: 'NotIn', values: [0] } },
      ],
    },
  });
});

test('requests, limits, the GPU and the limit of time', () => {
  const { spec } = manifest({ cpus: 4, memory: 8192, gpus: 1, minutes: 60 });
  expect(spec.template.spec.activeDeadlineSeconds).toBe(3600);
  expect(spec.template.spec.containers[0].resources).toEqual({
    requests: { cpu: 4, memory: '8192Mi' },
    limits: { memory: '8192Mi', 'nvidia.com/gpu': 1 },
  });
});

test('a job that asked for no GPU is given none by the container runtime', () => {
  const pod = (gpus: number, stage: number) =>
    manifest({ gpus }, undefined, { stage }).spec.template.spec.containers[0].env;
  expect(pod(0, 0)).toContainEqual({ name: 'NVIDIA_VISIBLE_DEVICES', value: 'void' });
  expect(pod(1, 1)).toContainEqual({ name: 'NVIDIA_VISIBLE_DEVICES', value: 'void' });
  expect(pod(1, 0)).not.toContainEqual(expect.objectContaining({ name: 'NVIDIA_VISIBLE_DEVICES' }));
});

test('a claim or a folder of the node; a queue of Kueue admits a suspended job', () => {
  const claim = { name: 'data', persistentVolumeClaim: { claimName: 'films' } };
  expect(manifest().spec.template.spec.volumes).toEqual([claim]);
  const { metadata, spec } = manifest({}, { hostPath: '/mnt/films', queue: 'long', namespace: 'bones' });
  expect(spec.template.spec.volumes).toEqual([{ name: 'data', hostPath: { path: '/mnt/films', type: 'Directory' } }]);
  expect(spec.suspend).toBe(true);
  expect(metadata).toMatchObject({ namespace: 'bones', labels: { 'kueue.x-k8s.io/queue-name': 'long' } });
});

test('a later stage waits for the earlier one before it begins, untimed', () => {
  const { spec } = manifest({ minutes: 10 }, undefined, { stage: 1, after: [0, 1] });
  expect(spec.template.spec.initContainers![0].command).toEqual(['fractura-job', '/data/s', '0,1', '--await']);
  expect(spec.template.spec.activeDeadlineSeconds).toBeUndefined();
});

test('the YAML of a dry run is the manifest', () => {
  const submission = submissionOf([''], {
    engine: 'kubernetes',
    settings: { retries: 0, graceSeconds: 5, gpus: 0, kubernetes: { ...volume, claim: 'films' } },
  });
  const text = kubernetesEngine.describe({ folder: '/data/s', submission, stages: [{ stage: 0, indices: [0] }] });
  new Job(parse(text) as ConstructorParameters<typeof Job>[0]).validate();
});

test('the schemas refuse what Kubernetes would', () => {
  const job = manifest() as unknown as { spec: Record<string, unknown> };
  const wrong = { ...job, spec: { ...job.spec, parallelism: 'two' } } as unknown;
  expect(() => {
    new Job(wrong as ConstructorParameters<typeof Job>[0]).validate();
  }).toThrow('parallelism');
});

test('indexes are read as Kubernetes writes them', () => {
  expect(readIndexes('1,3-5,7')).toEqual([1, 3, 4, 5, 7]);
  expect(readIndexes('')).toEqual([]);
});
