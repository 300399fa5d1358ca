/** Where jobs are computed. */
export const engineNames = ['local', 'slurm', 'kubernetes'] as const;
export type EngineName = (typeof engineNames)[number];

/** One command line to be run. */
export interface Job {
  /** From 0 on; its folder in the submission is `jobs/INDEX`. */
  index: number;
  /** For people, such as `fold 3`. */
  name: string;
  /** The command line after the program's name. */
  words: string[];
  /** Jobs of stage 1 begin when all of stage 0 are done, and so on. */
  stage: number;
}

/** What is submitted at once, as `submission.json` has it. */
export interface Submission {
  version: 1;
  /** For people and queues, such as `train-921-2d`. */
  name: string;
  engine: EngineName;
  /** When it was submitted first, as ISO 8601. */
  created: string;
  /** The command line as it was asked for, before it was dealt to jobs. */
  command: string[];
  /** What comes before the words of a job: a program's path or name, and its first words; empty where the words have it. */
  program: string[];
  /** The folder that the jobs start in. */
  directory: string;
  /** Variables that the jobs see, beside those of where they run. */
  environment: Record<string, string>;
  settings: JobSettings;
  jobs: Job[];
}

/** What jobs are given, on every engine. */
export interface JobSettings {
  /** Jobs at once at most; undefined: as many as there is room for. */
  atOnce?: number;
  /** How often an interrupted job is begun again. */
  retries: number;
  /** Seconds between the first sign that a job must end and its end: time for a checkpoint. */
  graceSeconds: number;
  /** GPUs of each job of stage 0; a job that asked for none sees none. */
  gpus: number;
  cpus?: number;
  /** Memory in MiB. */
  memory?: number;
  /** Time of a job in minutes; interrupted, it goes on in a new one. */
  minutes?: number;
  slurm?: SlurmSettings;
  kubernetes?: KubernetesSettings;
}

/** What a site's Slurm wants to know. */
export interface SlurmSettings {
  partition?: string;
  account?: string;
  /** Kind of GPU, as in `--gres=gpu:a100:1`. */
  gpuType?: string;
  /** Names for `module load`. */
  modules: string[];
  /** Shell words before the job's own, such as `apptainer exec --nv image.sif`. */
  prefix?: string;
  /** Further `#SBATCH` options without their dashes, each as `qos=long`. */
  options: string[];
  /** The Node.js that runs jobs on the cluster. */
  node: string;
}

/** What a cluster's Kubernetes wants to know. */
export interface KubernetesSettings {
  image: string;
  namespace?: string;
  /** A PersistentVolumeClaim with the data and this submission's folder. */
  claim?: string;
  /** Or a folder of the node. */
  hostPath?: string;
  /** Where the volume stands: the same here and in the containers. */
  mountPath: string;
  /** The resource that a GPU is. */
  gpuResource: string;
  /** Kueue's queue; the job is then suspended until Kueue admits it. */
  queue?: string;
  /** Begin suspended. */
  suspend: boolean;
}
