import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { TrackingError } from './errors.js';
import { finiteScalars, type TrackedRun, type TrackedStep, type Tracker } from './tracker.js';
import { writePictures } from './write-pictures.js';

/** What a line may be: the run's settings first, then a step each, then what it came to. */
interface Line {
  step?: number;
}

/** Curves as JSON Lines: one file a run, to which a training that goes on adds. */
export class JsonLinesTracker implements Tracker {
  readonly #file: string;
  #lastStep = -1;

  /** @throws TrackingError `record-damaged` where the file is there and is none of these. */
  constructor(file: string, { experiment, run, parameters, restart }: TrackedRun) {
    this.#file = file;
    if (restart === true) {
      rmSync(file, { force: true });
    }
    mkdirSync(dirname(file), { recursive: true });
    const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
    // What follows the last end of a line, a killed process left.
    const whole = bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
    if (whole.byteLength === 0) {
      writeFileSync(file, '');
      this.#append({ experiment, run, parameters });
      return;
    }
    truncateSync(file, whole.byteLength);
    this.#lastStep = lastStepOf(file, whole.toString());
  }

  get lastStep(): number {
    return this.#lastStep;
  }

  add({ step, time, scalars, pictures }: TrackedStep): void {
    if (step > this.#lastStep) {
      writePictures(this.#file.replace(/\.jsonl$/, ''), step, pictures);
      this.#append({ step, time, ...Object.fromEntries(finiteScalars(scalars)) });
      this.#lastStep = step;
    }
  }

  finish(scalars: Readonly<Record<string, number>>): void {
    this.#append({ finished: Date.now() / 1000, ...Object.fromEntries(finiteScalars(scalars)) });
  }

  #append(line: object): void {
    appendFileSync(this.#file, `${JSON.stringify(line)}\n`);
  }
}

function lastStepOf(file: string, text: string): number {
  try {
    const steps = text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as Line).step ?? -1);
    return Math.max(-1, ...steps);
  } catch (cause) {
    throw new TrackingError(`${file} is not a file of curves in JSON Lines.`, {
      code: 'record-damaged',
      remedy: 'Move it away; it is written anew.',
      cause,
    });
  }
}
