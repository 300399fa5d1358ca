import { access } from 'node:fs/promises';
import { constants } from 'node:fs';
import { resolve } from 'node:path';
import { makeFolder, StageLedger } from '@fractura/array-files';
import { completeReporting, type Reporting } from '@fractura/nnunet';
import type { RunSettings } from '../settings/run-settings.js';
import type { RunContext } from './run-context.js';
import { runPaths } from './run-paths.js';

/** Where a run writes, and how. */
export interface OpenRunOptions extends Reporting {
  /** Output folder; the same folder again goes on from where a run stopped. */
  out: string;
  settings: RunSettings;
  /** The engine that computes, as `useEngine` gave it. */
  engine: { readonly name: string };
  /** File of pretrained weights of the encoder, as published. Default none: it begins from scratch. */
  encoderWeights?: string;
}

/** Prepares the output folder of a run and its ledger: what every stage takes. */
export async function openRun({
  out,
  settings,
  engine,
  encoderWeights,
  ...reporting
}: OpenRunOptions): Promise<RunContext> {
  const complete = completeReporting(reporting);
  const paths = runPaths(resolve(out), settings);
  await makeFolder(paths.out);
  await access(paths.out, constants.W_OK);
  const ledger = new StageLedger(paths.stages, (name) => {
    complete.note(`${name}: done before`);
  });
  return { paths, settings, ledger, engine: engine.name, encoderWeights, ...complete };
}
