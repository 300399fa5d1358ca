import type { TrainingState } from './checkpoint.js';
import { meanOfPresent, movingAverage, pseudoDice, type VoxelCounts } from './pseudo-dice.js';

/** What an epoch's iterations gave. */
export interface EpochResults {
  learningRate: number;
  trainLoss: number;
  validationLoss: number;
  counts: readonly VoxelCounts[];
}

/** Writes an epoch into the log and goes to the next. @returns whether it is the first or the best so far */
export function closeEpoch(
  state: TrainingState,
  { learningRate, trainLoss, validationLoss, counts }: EpochResults,
): boolean {
  const { log } = state;
  const dice = pseudoDice(counts);
  const mean = meanOfPresent(dice);
  const ema = movingAverage(log.ema_fg_dice.at(-1), mean);
  log.mean_fg_dice.push(mean);
  log.ema_fg_dice.push(ema);
  log.dice_per_class_or_region.push(dice);
  log.train_losses.push(trainLoss);
  log.val_losses.push(validationLoss);
  log.lrs.push(learningRate);
  log.epoch_start_timestamps.push(state.epochStart);
  log.epoch_end_timestamps.push(Date.now() / 1000);

  const better = !Number.isNaN(ema) && (state.bestEma === null || ema > state.bestEma);
  if (better) {
    state.bestEma = ema;
  }
  Object.assign(state, { epoch: state.epoch + 1, iteration: 0, lossSum: 0 });
  return better || state.epoch === 1;
}

/** Finished epochs without a better moving average. */
export function epochsSinceBest({ log, bestEma, epoch }: TrainingState): number {
  return bestEma === null ? 0 : epoch - 1 - log.ema_fg_dice.indexOf(bestEma);
}
