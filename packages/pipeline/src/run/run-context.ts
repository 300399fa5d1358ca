import type { CommandContext } from '@fractura/command-line';
import type { RunPaths } from './run-paths.js';
import type { RunSettings } from './settings.js';
import type { StageLedger } from './stage-ledger.js';

/** How a run tells what it does. */
export type Reporting = Pick<CommandContext, 'note' | 'progress' | 'signal'>;

/** What every stage of a run has at hand. */
export interface RunContext extends Reporting {
  paths: RunPaths;
  settings: RunSettings;
  ledger: StageLedger;
  /** The engine that computes; networks trained by another are trained again. */
  engine: string;
}
