import type { LabelSet, NetworkConfiguration } from '@fractura/nnunet-format';
import { checkCase, type PreprocessedCase } from '../data/preprocessed-case.js';
import { shareCase } from '../data/shared-case.js';
import { UnetModelError } from '../errors.js';
import type { TrainFoldOptions } from './training-options.js';

/** What the cases must fit. */
interface CaseDemands {
  plan: NetworkConfiguration;
  labels: LabelSet;
  /** Whether threads will read them. */
  shared: boolean;
}

/**
 * The cases of both parts of a split, each sorted by identifier and checked.
 *
 * @throws UnetModelError `case-missing`, `case-invalid`
 */
export function casesOfSplit(
  { cases, split, datasetJson }: Pick<TrainFoldOptions, 'cases' | 'split' | 'datasetJson'>,
  { plan, labels, shared }: CaseDemands,
): { train: PreprocessedCase[]; validation: PreprocessedCase[] } {
  const channels = Object.keys(datasetJson.channel_names).length;
  const byId = new Map(cases.map((each) => [each.id, each]));
  const select = (ids: readonly string[], part: string) =>
    [...ids].sort().map((id) => {
      const found = byId.get(id);
      if (!found) {
        throw new UnetModelError(`Case ${id} of the split's ${part} part was not given.`, {
          code: 'case-missing',
          remedy: 'Preprocess it, or take it out of splits_final.json.',
        });
      }
      checkCase(found, labels, channels, plan.previous_stage);
      if (!shared) {
        return found;
      }
      const inSharedMemory = shareCase(found);
      byId.set(id, inSharedMemory);
      return inSharedMemory;
    });
  return { train: select(split.train, 'train'), validation: select(split.val, 'val') };
}
