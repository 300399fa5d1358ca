import { UsageError } from './usage-error.js';

/** Width and height in pixels, both at least 1. */
export interface PixelSize {
  width: number;
  height: number;
}

/**
 * Reads the size that an option gives, `224x224`: width x height in pixels.
 *
 * @param word a word that may be given instead of numbers, such as `native`.
 * @throws UsageError for anything else.
 */
export function parseSize<Word extends string = never>(text: string, word?: Word): PixelSize | Word {
  if (word !== undefined && text === word) {
    return word;
  }
  const [, width, height] = /^([1-9]\d*)[xX]([1-9]\d*)$/.exec(text) ?? [];
  if (width === undefined || height === undefined) {
    const instead = word === undefined ? '' : `, or "${word}"`;
    throw new UsageError(`The size "${text}" cannot be read.`, {
      remedy: `Give width x height in pixels, as in 224x224${instead}.`,
    });
  }
  return { width: Number(width), height: Number(height) };
}
