import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { encodePythonJson } from '@fractura/python-compat';
import type { FinishedEpoch, TrainingLog } from '@fractura/unet-model';

/** The log of one call of a training, in nnU-Net's file name and lines. */
export class TrainingLogFile {
  readonly file: string;
  #epoch = -1;

  /** @param folder of the fold */
  constructor(folder: string, begun = new Date()) {
    mkdirSync(folder, { recursive: true });
    const two = (value: number) => String(value).padStart(2, '0');
    const day = [begun.getFullYear(), begun.getMonth() + 1, begun.getDate()].join('_');
    const time = [begun.getHours(), begun.getMinutes(), begun.getSeconds()].map(two).join('_');
    this.file = join(folder, `training_log_${day}_${time}.txt`);
  }

  /** Adds lines, each with the time. */
  write(text: string): void {
    const now = timestamp(new Date());
    const lines = text.split('\n').map((line) => `${now}: ${line}\n`);
    appendFileSync(this.file, lines.join(''));
  }

  /** Adds values as JSON under a heading. */
  writeSettings(heading: string, settings: object): void {
    appendFileSync(this.file, `${heading}\n${encodePythonJson(settings, { indent: 4 })}\n\n`);
  }

  /** Writes an epoch's heading, once. */
  beginEpoch(epoch: number, learningRate: number): void {
    if (epoch === this.#epoch) {
      return;
    }
    this.#epoch = epoch;
    this.write(`\nEpoch ${epoch}\nCurrent learning rate: ${round(learningRate, 5)}`);
  }

  endEpoch({ log, best }: FinishedEpoch): void {
    const last = <Key extends keyof TrainingLog>(key: Key) => log[key].at(-1)! as TrainingLog[Key][number];
    const dice = last('dice_per_class_or_region').map((value) => round(value, 4));
    const seconds = last('epoch_end_timestamps') - last('epoch_start_timestamps');
    this.write(
      [
        `train_loss ${round(last('train_losses'), 4)}`,
        `val_loss ${round(last('val_losses'), 4)}`,
        `Pseudo dice [${dice.join(', ')}]`,
        `Epoch time: ${round(seconds, 2)} s`,
        ...(best ? [`Yayy! New best EMA pseudo Dice: ${round(last('ema_fg_dice'), 4)}`] : []),
      ].join('\n'),
    );
  }
}

/** As Python prints a datetime. */
function timestamp(date: Date): string {
  const pad = (value: number, length = 2) => String(value).padStart(length, '0');
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map((value) => pad(value)).join(':');
  return `${day} ${time}.${pad(date.getMilliseconds(), 3)}000`;
}

/** As numpy rounds and Python prints: no trailing zeros, `nan` for what is none. */
function round(value: number, decimals: number): string {
  if (Number.isNaN(value)) {
    return 'nan';
  }
  const rounded = Number(value.toFixed(decimals));
  return Number.isInteger(rounded) ? rounded.toFixed(1) : String(rounded);
}
