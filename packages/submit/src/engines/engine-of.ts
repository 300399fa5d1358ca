import type { EngineName } from '../submission/submission.js';
import type { Engine } from './engine.js';
import { kubernetesEngine } from './kubernetes/kubernetes-engine.js';
import { localEngine } from './local/local-engine.js';
import { slurmEngine } from './slurm/slurm-engine.js';

const engines: Record<EngineName, Engine> = { local: localEngine, slurm: slurmEngine, kubernetes: kubernetesEngine };

/** The engine of a name. */
export const engineOf = (name: EngineName): Engine => engines[name];
