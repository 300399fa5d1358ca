import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BatchMaker, BatchPlan } from '../batches/batch-maker.js';
import type { ClassifierSample, ImageSize } from '../data/classifier-sample.js';
import { Resnet18ClassifierError } from '../errors.js';
import type { BatchResult, LabelledBatch } from './batch-steps.js';
import type { ClassifierProgress } from './training-options.js';

/** What a pass over samples gave. */
export interface PassResult {
  /** Means over the samples. */
  loss: number;
  accuracy: number;
  labels: number[];
  /** For each sample, in the order of the plans, a logit of every class. */
  logits: number[][];
}

export interface PassOptions {
  maker: BatchMaker;
  size: ImageSize;
  step: (batch: LabelledBatch, iteration: number) => Promise<BatchResult>;
  now: Pick<ClassifierProgress, 'epoch' | 'epochs' | 'phase'>;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: ClassifierProgress) => void) | undefined;
}

/**
 * Does a step for each batch, the next ones being made meanwhile.
 *
 * @throws Resnet18ClassifierError `training-diverged`
 */
export async function passOver(
  plans: readonly BatchPlan<ClassifierSample>[],
  { maker, size, step, now, signal, onProgress }: PassOptions,
): Promise<PassResult> {
  const result: PassResult = { loss: 0, accuracy: 0, labels: [], logits: [] };
  const total = plans.reduce((sum, { samples }) => sum + samples.length, 0);
  const sums = { loss: 0, correct: 0, iteration: 0 };
  for await (const { plan, data } of maker.batches(plans)) {
    signal?.throwIfAborted();
    const labels = plan.samples.map(({ label }) => label);
    const shape: LabelledBatch['shape'] = [labels.length, size.height, size.width, size.channels];
    const { loss, logits } = await step({ data, shape, labels }, sums.iteration);
    if (!Number.isFinite(loss)) {
      throw diverged(now);
    }
    sums.iteration += 1;
    sums.loss += loss * labels.length;
    sums.correct += labels.filter((label, n) => logits[n].indexOf(Math.max(...logits[n])) === label).length;
    result.labels.push(...labels);
    result.logits.push(...logits);
    const done = result.labels.length;
    result.loss = sums.loss / done;
    result.accuracy = sums.correct / done;
    onProgress?.({ ...now, done, total, loss: result.loss, accuracy: result.accuracy });
    await nextTurn();
  }
  return result;
}

const diverged = ({ epoch, phase }: PassOptions['now']) =>
  new Resnet18ClassifierError(`Training diverged: the loss of epoch ${epoch} (${phase}) is not finite.`, {
    code: 'training-diverged',
    remedy: 'Lower the learning rate.',
  });
