import type { Submission } from '../../submission/submission.js';
import { exitStatuses } from '../../runner/exit-statuses.js';

/** Jobs of one stage, as one Indexed Job. */
export interface KubernetesStage {
  folder: string;
  submission: Submission;
  stage: number;
  indices: readonly number[];
  /** Its number among those that were handed over, so that names differ. */
  handover: number;
  /** Jobs that must be done before. */
  after: readonly number[];
}

/** A name as Kubernetes takes it (RFC 1123), short enough for the names of its pods. */
export const kubernetesName = ({ name, created }: Submission, stage: number, handover: number): string => {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 30);
  const time = created.replace(/\D/g, '').slice(2, 14);
  return `${plain}-${time}-${stage}-${handover}`.replace(/^-+/, '');
};

/**
 * The manifest of an Indexed Job: pod `i` runs the `i`-th of the jobs.
 *
 * Evictions and other disruptions are not counted; an interrupted job is begun again, so often; any other failure ends its
 * index at once, and the others go on. The limit of time is the pod's, so that it ends one job by SIGTERM, with time for a
 * checkpoint. Jobs of later stages wait in an init container, which asks for little.
 *
 * @see Kubernetes 1.33: batch/v1 Job, `podFailurePolicy`, `backoffLimitPerIndex`
 */
export function kubernetesJob(parts: KubernetesStage): Record<string, unknown> {
  const { submission, stage, indices, handover } = parts;
  const { kubernetes, atOnce, retries } = submission.settings;
  const { namespace, queue, suspend } = kubernetes!;
  const labels: Record<string, string> = {
    'app.kubernetes.io/name': 'fractura',
    'app.kubernetes.io/component': 'submit',
  };
  if (queue !== undefined) {
    labels['kueue.x-k8s.io/queue-name'] = queue;
  }
  const metadata: Record<string, unknown> = { name: kubernetesName(submission, stage, handover), labels };
  if (namespace !== undefined) {
    metadata.namespace = namespace;
  }
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata,
    spec: {
      completionMode: 'Indexed',
      completions: indices.length,
      parallelism: Math.min(atOnce ?? indices.length, indices.length),
      suspend: suspend || queue !== undefined,
      backoffLimitPerIndex: retries,
      maxFailedIndexes: indices.length,
      podFailurePolicy: {
        rules: [
          { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
          { action: 'Count', onExitCodes: { operator: 'In', values: [exitStatuses.interrupted, 137, 143] } },
          { action: 'FailIndex', onExitCodes: { operator: 'NotIn', values: [0] } },
        ],
      },
      template: { metadata: { labels }, spec: podSpec(parts) },
    },
  };
}

function podSpec({ folder, submission, stage, indices, after }: KubernetesStage): Record<string, unknown> {
  const { settings, environment } = submission;
  const { kubernetes, gpus, graceSeconds, minutes } = settings;
  const { image, claim, hostPath, mountPath, gpuResource } = kubernetes!;
  const volumeMounts = [{ name: 'data', mountPath }];
  const resources = resourcesOf(submission);
  const variables: Record<string, string> = { ...environment };
  if (gpus > 0 && stage === 0) {
    resources.limits[gpuResource] = gpus;
  } else {
    // The NVIDIA runtime gives a container that asks for nothing every GPU of the node where its image says so.
    variables.NVIDIA_VISIBLE_DEVICES = 'void';
  }
  const job = ['fractura-job', folder, indices.join(',')];
  const spec: Record<string, unknown> = {
    restartPolicy: 'Never',
    terminationGracePeriodSeconds: graceSeconds,
    containers: [
      {
        name: 'job',
        image,
        command: job,
        env: Object.entries(variables).map(([name, value]) => ({ name, value })),
        resources,
        volumeMounts,
      },
    ],
    volumes: [
      claim === undefined
        ? { name: 'data', hostPath: { path: hostPath, type: 'Directory' } }
        : { name: 'data', persistentVolumeClaim: { claimName: claim } },
    ],
  };
  // A pod that waits for earlier jobs is not timed: the wait would count.
  if (minutes !== undefined && after.length === 0) {
    spec.activeDeadlineSeconds = minutes * 60;
  }
  if (after.length > 0) {
    const small = { cpu: '50m', memory: '128Mi' };
    spec.initContainers = [
      {
        name: 'wait',
        image,
        command: ['fractura-job', folder, after.join(','), '--await'],
        resources: { requests: small, limits: { memory: small.memory } },
        volumeMounts,
      },
    ];
  }
  return spec;
}

function resourcesOf({ settings: { cpus, memory } }: Submission) {
  const requests: Record<string, string | number> = {};
  const limits: Record<string, string | number> = {};
  if (cpus !== undefined) {
    requests.cpu = cpus;
  }
  if (memory !== undefined) {
    requests.memory = `${memory}Mi`;
    limits.memory = `${memory}Mi`;
  }
  return { requests, limits };
}
