import { UsageError, type ArgumentValues } from '@fractura/command-line';
import { engineNames, type EngineName, type JobSettings } from '../submission/submission.js';
import { parseMemory, parseMinutes } from './parse-amounts.js';

/** What jobs are given, as options; none has a default here, so that a file's value is told from one that was not given. */
export const jobOptions = {
  engine: { kind: 'string', describe: 'where jobs are computed (default: local)', choices: engineNames },
  'at-once': {
    kind: 'integer',
    minimum: 1,
    describe: 'jobs at once at most (default: 1 locally, otherwise what the scheduler has room for)',
  },
  retries: { kind: 'integer', minimum: 0, describe: 'how often an interrupted job is begun again (default: 3)' },
  grace: { kind: 'integer', minimum: 1, describe: 'seconds for a checkpoint before a job is ended (default: 120)' },
  gpus: { kind: 'integer', minimum: 0, describe: 'GPUs of each job; without it a job sees none (default: 0)' },
  cpus: { kind: 'integer', minimum: 1, describe: 'processor cores of each job, for the scheduler' },
  memory: { kind: 'string', describe: 'memory of each job, such as 16G or 500M, for the scheduler' },
  time: { kind: 'string', describe: 'time of each job, as minutes or H:MM:SS; interrupted, it goes on in a new one' },
  partition: { kind: 'string', describe: 'of Slurm' },
  account: { kind: 'string', describe: 'of Slurm' },
  'gpu-type': { kind: 'string', describe: 'of Slurm: kind of GPU, as its --gres names it' },
  modules: { kind: 'strings', describe: 'of Slurm: modules to load' },
  prefix: { kind: 'string', describe: 'of Slurm: what comes before the job, such as "apptainer exec --nv image.sif"' },
  'slurm-options': {
    kind: 'strings',
    describe: 'of Slurm: further options of sbatch without dashes, such as qos=long',
  },
  node: { kind: 'string', describe: 'of Slurm: the Node.js of the cluster (default: the one that runs this)' },
  image: { kind: 'string', describe: 'of Kubernetes: the container image, made by the Containerfile of this package' },
  namespace: { kind: 'string', describe: 'of Kubernetes' },
  claim: { kind: 'string', describe: 'of Kubernetes: the PersistentVolumeClaim with data and results' },
  'host-path': { kind: 'string', describe: 'of Kubernetes: a folder of the node instead of a claim' },
  'mount-path': { kind: 'string', describe: 'of Kubernetes: where the volume stands, here and in the containers' },
  'gpu-resource': { kind: 'string', describe: 'of Kubernetes: the resource that a GPU is (default: nvidia.com/gpu)' },
  queue: { kind: 'string', describe: 'of Kubernetes: the queue of Kueue' },
  suspend: { kind: 'boolean', describe: 'of Kubernetes: begin suspended' },
} as const;

export type JobOptionValues = ArgumentValues<typeof jobOptions>;

/** What jobs are given, from options. @throws UsageError for what an engine needs and was not given */
export function jobSettings(values: JobOptionValues): { engine: EngineName; settings: JobSettings } {
  const engine = values.engine ?? 'local';
  const settings: JobSettings = {
    atOnce: values.atOnce,
    retries: values.retries ?? 3,
    graceSeconds: values.grace ?? 120,
    gpus: values.gpus ?? 0,
    cpus: values.cpus,
    memory: values.memory === undefined ? undefined : parseMemory(values.memory),
    minutes: values.time === undefined ? undefined : parseMinutes(values.time),
  };
  if (engine === 'slurm') {
    settings.slurm = {
      partition: values.partition,
      account: values.account,
      gpuType: values.gpuType,
      modules: values.modules ?? [],
      prefix: values.prefix,
      options: values.slurmOptions ?? [],
      node: values.node ?? process.execPath,
    };
  }
  if (engine === 'kubernetes') {
    settings.kubernetes = kubernetesSettings(values);
  }
  return { engine, settings };
}

function kubernetesSettings(values: JobOptionValues): JobSettings['kubernetes'] {
  const { image, claim, hostPath, mountPath } = values;
  if (image === undefined || mountPath === undefined) {
    throw new UsageError('Kubernetes needs --image and --mount-path.', {
      remedy: 'Give the image that the Containerfile makes, and where the volume with data and results stands.',
    });
  }
  if ((claim === undefined) === (hostPath === undefined)) {
    throw new UsageError('Kubernetes needs either --claim or --host-path: the volume with data and results.', {
      remedy: 'Give the name of a PersistentVolumeClaim, or a folder that every node has.',
    });
  }
  return {
    image,
    namespace: values.namespace,
    claim,
    hostPath,
    mountPath,
    gpuResource: values.gpuResource ?? 'nvidia.com/gpu',
    queue: values.queue,
    suspend: values.suspend ?? false,
  };
}
