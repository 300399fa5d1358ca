import { checkGiven } from '../check-given.js';
import { MetricsError } from '../errors.js';

/** [x, y, width, height] in pixels. */
export type Box = readonly [x: number, y: number, width: number, height: number];

/** A mask as lengths of runs, background first, column by column (COCO's order). */
export type Runs = ArrayLike<number>;

/**
 * IoU of two boxes; with a crowd the intersection over the detection alone.
 *
 * @see pycocotools `maskApi.c`, bbIou
 */
export function boxIou(detection: Box, truth: Box, crowd = false): number {
  checkGiven({ detection, truth, crowd }, boxIouArguments);

  const [x, y, width, height] = detection;
  const shared = (start: number, length: number, otherStart: number, otherLength: number) =>
    Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);
  const w = shared(x, width, truth[0], truth[2]);
  const h = shared(y, height, truth[1], truth[3]);
  if (w <= 0 || h <= 0) {
    return 0;
  }
  const intersection = w * h;
  const whole = crowd ? width * height : width * height + truth[2] * truth[3] - intersection;
  return intersection / whole;
}

/** Foreground pixels. */
export function areaOfRuns(runs: Runs): number {
  let area = 0;
  for (let i = 1; i < runs.length; i += 2) {
    area += runs[i];
  }
  return area;
}

/**
 * IoU of two masks of one size, run by run; with a crowd the intersection over the detection alone; 0 where both are empty.
 *
 * @throws MetricsError `runs-invalid`
 */
export function maskIou(detection: Runs, truth: Runs, crowd = false): number {
  checkGiven({ detection, truth, crowd }, { detection: 'numbers', truth: 'numbers', crowd: 'boolean' });

  let [a, b] = [0, 0];
  let [leftA, leftB] = [detection[0] ?? 0, truth[0] ?? 0];
  let intersection = 0;
  while (a < detection.length && b < truth.length) {
    const step = Math.min(leftA, leftB);
    if (!(step >= 0 && step < Infinity)) {
      throw runsInvalid('A mask', step);
    }
    if (a % 2 === 1 && b % 2 === 1) {
      intersection += step;
    }
    leftA -= step;
    leftB -= step;
    if (leftA === 0) {
      a += 1;
      leftA = detection[a] ?? 0;
    }
    if (leftB === 0) {
      b += 1;
      leftB = truth[b] ?? 0;
    }
  }
  // Masks of one size end together; of different sizes, the rest of one is still unchecked.
  if (a < detection.length) {
    checkedRuns(detection, 'A mask');
  }
  if (b < truth.length) {
    checkedRuns(truth, 'A mask');
  }
  if (intersection === 0) {
    return 0;
  }
  const areaOfDetection = areaOfRuns(detection);
  return intersection / (crowd ? areaOfDetection : areaOfDetection + areaOfRuns(truth) - intersection);
}

/** @throws MetricsError `runs-invalid` */
export function checkedRuns(runs: Runs, what: string): Runs {
  for (let i = 0; i < runs.length; i += 1) {
    if (!Number.isInteger(runs[i]) || runs[i] < 0) {
      throw runsInvalid(what, runs[i]);
    }
  }
  return runs;
}

const runsInvalid = (what: string, length: number) =>
  new MetricsError(`${what} has a run of length ${length}.`, {
    code: 'runs-invalid',
    remedy: 'Give whole numbers of pixels, background first, column by column.',
  });

const boxIouArguments = { detection: ['finite number'], truth: ['finite number'], crowd: 'boolean' };
