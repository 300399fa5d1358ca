/** nnU-Net's logged lists, one entry per finished epoch; NaN is written as null in JSON. */
export interface TrainingLog {
  mean_fg_dice: number[];
  ema_fg_dice: number[];
  dice_per_class_or_region: number[][];
  train_losses: number[];
  val_losses: number[];
  lrs: number[];
  /** Seconds since 1970. */
  epoch_start_timestamps: number[];
  epoch_end_timestamps: number[];
}

export const emptyLog = (): TrainingLog => ({
  mean_fg_dice: [],
  ema_fg_dice: [],
  dice_per_class_or_region: [],
  train_losses: [],
  val_losses: [],
  lrs: [],
  epoch_start_timestamps: [],
  epoch_end_timestamps: [],
});

/** JSON has no NaN: what became null becomes NaN again, in place. */
export function restoreNaN(log: TrainingLog): void {
  log.dice_per_class_or_region = log.dice_per_class_or_region.map(withNaN);
  for (const name of numberLists) {
    log[name] = withNaN(log[name]);
  }
}

const numberLists = [
  'mean_fg_dice',
  'ema_fg_dice',
  'train_losses',
  'val_losses',
  'lrs',
  'epoch_start_timestamps',
  'epoch_end_timestamps',
] as const satisfies (keyof TrainingLog)[];

const withNaN = (values: readonly (number | null)[]): number[] => values.map((value) => value ?? NaN);
