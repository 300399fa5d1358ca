import type { Attributes } from './attributes.js';

/** How far the centres of pixels are apart. */
export interface PixelSpacing {
  /** Millimetres between rows, along a column. */
  row: number;
  /** Millimetres between columns, along a row. */
  column: number;
  /** Where it holds: in the patient, calibrated (PixelSpacing), or on the detector, where the patient is magnified (ImagerPixelSpacing). */
  at: 'patient' | 'detector';
}

const places = [
  ['PixelSpacing', 'patient'],
  ['ImagerPixelSpacing', 'detector'],
] as const;

/** @returns the spacing (PS3.3, 10.7.1.3); undefined where the file tells none that is above 0. */
export function pixelSpacing(attributes: Attributes): PixelSpacing | undefined {
  for (const [keyword, at] of places) {
    const [row, column = row] = attributes.decimals(keyword);
    if (row > 0 && column > 0) {
      return { row, column, at };
    }
  }
  return undefined;
}
