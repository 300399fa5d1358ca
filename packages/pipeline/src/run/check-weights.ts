import { PipelineError } from '../errors.js';
import type { RunSettings } from '../settings/run-settings.js';
import type { StudyData } from './study-data.js';

/**
 * Makes sure that the classifiers do not begin with weights that have seen the films that test them.
 *
 * @throws PipelineError `setting-invalid`
 */
export function checkWeights(
  data: StudyData | undefined,
  { classifierWeights }: Pick<RunSettings, 'classifierWeights'>,
): void {
  if (classifierWeights === 'segmenter' && typeof data === 'string') {
    throw new PipelineError(
      `The setting classifierWeights is "segmenter" for ${data}, a folder in the layout of FracAtlas, whose films that segmenter was trained on.`,
      {
        code: 'setting-invalid',
        remedy: 'Set classifierWeights to encoder or none.',
      },
    );
  }
}
