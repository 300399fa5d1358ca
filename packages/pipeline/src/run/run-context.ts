import type { StageLedger } from '@fractura/array-files';
import type { Reporting } from '@fractura/nnunet';
import type { RunPaths } from './run-paths.js';
import type { RunSettings } from '../settings/run-settings.js';

/** What every stage of a run has at hand. */
export interface RunContext extends Required<Reporting> {
  paths: RunPaths;
  settings: RunSettings;
  ledger: StageLedger;
  /** The engine that computes; networks trained by another are trained again. */
  engine: string;
  /** File of pretrained weights of the encoder; without one it begins from scratch. */
  encoderWeights?: string;
}
