import { evaluateCase, summarizeCases, type EvaluationSummary } from '@fractura/metrics';
import { readImage, type ImageVolume } from '@fractura/nnunet-planner';
import { joinPath } from '@fractura/python-compat';
import { NnunetError } from '../errors.js';
import { namesIn } from '../folders/input-cases.js';
import { affineWarning, checkPair, LabelCensus } from './check-pair.js';

/** Which folders to compare, and what counts. */
export interface CompareFoldersOptions {
  references: string;
  predictions: string;
  /** Labels, or regions as lists of labels. */
  labels: readonly (number | readonly number[])[];
  /** Label of the reference whose voxels do not count. */
  ignoreLabel?: number;
  fileEnding: string;
  /** Accept references without a prediction. Default false. */
  allowMissing?: boolean;
  /** What is done to a prediction `[z, y, x]` before it is compared. Default nothing. */
  prepare?: (labels: ArrayLike<number>, shape: readonly number[]) => ArrayLike<number>;
  /** The folder that the summary names for the predictions, where they will lie elsewhere in the end. */
  namedPredictions?: string;
  /** Called with each case's segmentations, for measures that nnU-Net's summary does not have. */
  onCase?: (name: string, reference: ImageVolume, prediction: ArrayLike<number>) => void;
  /** Refuse what is warned of otherwise. Default false. */
  strict?: boolean;
  /** Gets a sentence on what makes a comparison doubtful: affines that differ, labels that are not compared. */
  onWarning?: (warning: string) => void;
  signal?: AbortSignal;
  onProgress?: (progress: { done: number; total: number }) => void;
}

/**
 * Compares every prediction of a folder with the reference of the same name.
 *
 * @throws NnunetError `folder-missing`, `no-cases`, `prediction-missing`, `reference-missing`, `shape-mismatch`,
 *   `channels-unexpected`; with `strict` `evaluation-doubtful`
 * @see nnU-Net: nnunetv2/evaluation/evaluate_predictions.py, compute_metrics_on_folder
 */
export async function compareFolders(options: CompareFoldersOptions): Promise<EvaluationSummary> {
  const { references, predictions, namedPredictions = predictions, labels, ignoreLabel, prepare } = options;
  const names = await namesToCompare(options);
  const cases = [];
  const warn = (warning: string | undefined) => {
    if (warning === undefined) {
      return;
    }
    if (options.strict) {
      throw new NnunetError(warning, {
        code: 'evaluation-doubtful',
        remedy: 'Correct the files, or evaluate without --strict.',
      });
    }
    options.onWarning?.(warning);
  };
  const wanted = [...labels.flat(), ...(ignoreLabel === undefined ? [] : [ignoreLabel])];
  const censuses = [references, predictions].map((folder) => new LabelCensus(folder, wanted));
  for (const [done, name] of names.entries()) {
    options.signal?.throwIfAborted();
    const [referenceFile, predictionFile] = [joinPath(references, name), joinPath(predictions, name)];
    const [reference, prediction] = await Promise.all(
      [referenceFile, predictionFile].map((file) => readImage([file], { labels: true })),
    );
    const pair = [
      { file: referenceFile, volume: reference },
      { file: predictionFile, volume: prediction },
    ] as const;
    checkPair(...pair);
    warn(affineWarning(...pair));
    censuses[0].add(reference.data);
    censuses[1].add(prediction.data);
    const compared = prepare ? prepare(prediction.data, prediction.shape.slice(1)) : prediction.data;
    options.onCase?.(name, reference, compared);
    cases.push(
      evaluateCase({
        reference: reference.data,
        prediction: compared,
        labels,
        referenceFile,
        predictionFile: joinPath(namedPredictions, name),
        ignoreLabel,
      }),
    );
    options.onProgress?.({ done: done + 1, total: names.length });
  }
  for (const { warning } of censuses) {
    warn(warning);
  }
  return summarizeCases(cases, { labels });
}

/** The names of the predictions; every one has a reference. */
async function namesToCompare(options: CompareFoldersOptions): Promise<string[]> {
  const { references, predictions, fileEnding, allowMissing = false } = options;
  const [expected, found] = [await namesIn(references, fileEnding), await namesIn(predictions, fileEnding)];
  if (found.length === 0) {
    throw new NnunetError(`${predictions} has no files that end in ${fileEnding}.`, {
      code: 'no-cases',
      remedy: 'Predict first, or name another file ending.',
    });
  }
  const missing = expected.filter((name) => !found.includes(name));
  if (missing.length > 0 && !allowMissing) {
    throw new NnunetError(`${predictions} lacks ${missing.join(', ')}.`, {
      code: 'prediction-missing',
      remedy: 'Predict them, or accept that some are missing (--chill).',
    });
  }
  const surplus = found.filter((name) => !expected.includes(name));
  if (surplus.length > 0) {
    throw new NnunetError(`${references} lacks ${surplus.join(', ')}.`, {
      code: 'reference-missing',
      remedy: 'Add them, or remove the predictions.',
    });
  }
  return found;
}
