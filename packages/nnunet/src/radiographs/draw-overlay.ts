import type { PixelImage, Radiograph } from '@fractura/radiograph';
import type { LabelledRadiograph } from '../prediction/label-radiograph.js';

type Colour = readonly [red: number, green: number, blue: number];

/** Of outlines, one class after the other: told apart from greys, from the heat and from each other. */
const outlineColours: readonly Colour[] = [
  [0, 229, 255],
  [255, 64, 255],
  [120, 255, 80],
  [255, 255, 255],
  [90, 130, 255],
];

/** Of the heat at a probability of 0 and of 1; green goes from the one to the other. */
const heatColours: readonly [Colour, Colour] = [
  [255, 0, 0],
  [255, 230, 0],
];

/** Share of the heat in a pixel of probability 1. */
const heatOpacity = 0.75;

/** Sides of a radiograph for each pixel of the outline's thickness. */
const sidePerThickness = 500;

/** What is drawn over a radiograph. */
export interface OverlayOptions {
  labelled: LabelledRadiograph;
  /** Labels whose lesions are outlined, in the order of their colours. */
  classes: readonly number[];
  /** Show the probability of foreground as heat, from red to yellow, the more opaque the higher. */
  heat: boolean;
}

/**
 * Draws the outlines of lesions on a radiograph: around the lesions, so that nothing of them is covered, and as thick as can be seen
 * where the whole film fits a screen.
 *
 * @param radiograph upright, grey, at its own size; levels of 16 bits are spread over their own range.
 * @returns RGB, 8 bits.
 */
export function drawOverlay(
  { data, width, height }: Pick<Radiograph, 'data' | 'width' | 'height'>,
  { labelled: { labels, foreground }, classes, heat }: OverlayOptions,
): PixelImage<Uint8Array> {
  const grey = toBytes(data);
  const picture = new Uint8Array(3 * grey.length);
  for (let i = 0; i < grey.length; i += 1) {
    picture.fill(grey[i], 3 * i, 3 * i + 3);
    if (heat) {
      addHeat(picture, i, foreground[i]);
    }
  }
  const thickness = Math.max(1, Math.round(Math.max(width, height) / sidePerThickness));
  for (const [order, label] of classes.entries()) {
    const colour = outlineColours[order % outlineColours.length];
    const mask = Uint8Array.from(labels, (each) => Number(each === label));
    const rows = { lines: height, lineStep: width, length: width, step: 1 };
    const columns = { lines: width, lineStep: 1, length: height, step: width };
    const wide = widen(widen(mask, rows, thickness), columns, thickness);
    for (let i = 0; i < wide.length; i += 1) {
      if (wide[i] !== 0 && mask[i] === 0) {
        picture.set(colour, 3 * i);
      }
    }
  }
  return { data: picture, width, height, channels: 3 };
}

function toBytes(levels: Uint8Array | Uint16Array): Uint8Array {
  if (levels instanceof Uint8Array) {
    return levels;
  }
  const lowest = levels.reduce((a, b) => Math.min(a, b), Infinity);
  const highest = levels.reduce((a, b) => Math.max(a, b), 0);
  return Uint8Array.from(levels, (level) => Math.round((255 * (level - lowest)) / Math.max(1, highest - lowest)));
}

function addHeat(picture: Uint8Array, pixel: number, probability: number): void {
  const share = heatOpacity * Math.sqrt(probability);
  const [cold, hot] = heatColours;
  for (let c = 0; c < 3; c += 1) {
    const colour = cold[c] + (hot[c] - cold[c]) * probability;
    picture[3 * pixel + c] = Math.round(picture[3 * pixel + c] * (1 - share) + colour * share);
  }
}

/** Rows or columns of a mask. */
interface Lines {
  lines: number;
  lineStep: number;
  length: number;
  step: number;
}

/** The mask with so many pixels more at both ends of every run along its lines. */
function widen(mask: Uint8Array, { lines, lineStep, length, step }: Lines, by: number): Uint8Array {
  const wide = mask.slice();
  for (let line = 0; line < lines; line += 1) {
    const first = line * lineStep;
    for (const [from, direction] of [
      [0, 1],
      [length - 1, -1],
    ]) {
      let left = 0;
      for (let i = from; i >= 0 && i < length; i += direction) {
        const at = first + i * step;
        left = mask[at] === 0 ? left - 1 : by + 1;
        if (left > 0) {
          wide[at] = 1;
        }
      }
    }
  }
  return wide;
}
