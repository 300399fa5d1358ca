import { setImmediate as nextTurn } from 'node:timers/promises';
import { rule } from '@fractura/errors';
import { detailCorrelation, fineDetail, placeThumbnail, type FineDetail } from './fine-detail.js';
import { HashIndex } from './hash-index.js';
import {
  hashWords,
  lowCoefficients,
  perceptualHash,
  placements,
  thumbnailSide,
  type Placement,
} from './perceptual-hash.js';
import type { ImageScan } from './scan-images.js';

/** Two images that show the same. */
export interface DuplicatePair {
  files: [string, string];
  /** `exact`: the same bytes; `near`: the same film; `upper-half`: the same film, of which one lost its lower part. */
  kind: 'exact' | 'near' | 'upper-half';
  /** How the second lies on the first. */
  placement: 'same' | 'mirrored' | 'turned' | 'turned and mirrored';
  /** Bits of 256 in which the perceptual hashes of the compared parts differ. */
  distanceBits: number;
  /** Correlation of fine detail, up to 1. */
  correlation: number;
}

/** Hashes farther apart than this are not looked at again; unrelated images differ in about 128 bits of 256. */
const candidateBits = 64;
/**
 * On the 1,656 radiographs of the FracAtlas subset, pairs that are the same film to the eye come to 0.83 and more, the
 * likeliest of different ones to 0.75.
 */
const leastCorrelation = 0.8;
const upperRows = thumbnailSide / 2;

/** Distances in bits of two images whose hashes are close: by placement, and of the upper halves. */
interface Candidate {
  whole: (number | undefined)[];
  upper?: number;
}

/**
 * Finds images that show the same, in all eight placements, and upper half by upper half. Those with close hashes are looked up
 * ({@link HashIndex}) and compared by their fine detail.
 *
 * @returns pairs in the order of the scans.
 */
export async function findDuplicates(
  scans: readonly ImageScan[],
  { signal }: { signal?: AbortSignal } = {},
): Promise<DuplicatePair[]> {
  const seen = scans.filter((scan) => scan.thumbnail) as (ImageScan & { thumbnail: Uint8Array })[];
  const whole = seen.map(({ thumbnail }) => lowCoefficients(thumbnail));
  const inPlacement = placements.map((placement) => tableOf(whole.map((c) => perceptualHash(c, placement))));
  const upper = tableOf(seen.map(({ thumbnail }) => perceptualHash(lowCoefficients(thumbnail, upperRows))));
  const [wholeIndex, upperIndex] = [new HashIndex(inPlacement[0]), new HashIndex(upper)];
  /** By the first image's number, then the second's. */
  const candidates = seen.map(() => new Map<number, Candidate>());
  const candidateOf = (i: number, j: number): Candidate => {
    const known = candidates[i].get(j) ?? { whole: [] };
    candidates[i].set(j, known);
    return known;
  };
  for (let j = 0; j < seen.length; j += 1) {
    if (j % 64 === 0) {
      await nextTurn(undefined, { signal });
    }
    for (const [placement, table] of inPlacement.entries()) {
      wholeIndex.near(table, j, candidateBits, (i, bits) => (candidateOf(i, j).whole[placement] = bits));
    }
    upperIndex.near(upper, j, candidateBits, (i, bits) => (candidateOf(i, j).upper = bits));
  }
  const pairs: DuplicatePair[] = [];
  for (const [i, others] of candidates.entries()) {
    await nextTurn(undefined, { signal });
    if (others.size === 0) {
      continue;
    }
    const one = { ...seen[i], ...detailsOf(seen[i].thumbnail) };
    for (const [j, candidate] of others) {
      const pair = comparePair(one, seen[j], candidate);
      if (pair) {
        pairs.push(pair);
      }
    }
  }
  return pairs;
}

/** What a film's parts are compared by. */
interface Details {
  whole: FineDetail;
  upper: FineDetail;
}

const detailsOf = (thumbnail: Uint8Array): Details => ({
  whole: fineDetail(thumbnail),
  upper: fineDetail(thumbnail, upperRows),
});

function comparePair(
  one: ImageScan & Details,
  other: ImageScan & { thumbnail: Uint8Array },
  { whole, upper }: Candidate,
): DuplicatePair | undefined {
  const files: [string, string] = [one.file, other.file];
  if (one.sha256 === other.sha256) {
    return { files, kind: 'exact', placement: 'same', distanceBits: 0, correlation: 1 };
  }
  for (const [index, placement] of placements.entries()) {
    const distanceBits = whole[index];
    if (distanceBits === undefined) {
      continue;
    }
    const placed = index === 0 ? other.thumbnail : placeThumbnail(other.thumbnail, placement);
    const correlation = detailCorrelation(one.whole, fineDetail(placed));
    if (correlation >= leastCorrelation) {
      return { files, kind: 'near', placement: nameOf(placement), distanceBits, correlation: rounded(correlation) };
    }
  }
  if (upper === undefined) {
    return undefined;
  }
  const correlation = detailCorrelation(one.upper, fineDetail(other.thumbnail, upperRows));
  if (correlation < leastCorrelation) {
    return undefined;
  }
  return { files, kind: 'upper-half', placement: 'same', distanceBits: upper, correlation: rounded(correlation) };
}

function tableOf(hashes: readonly Uint32Array[]): Uint32Array {
  const table = new Uint32Array(hashes.length * hashWords);
  for (const [i, hash] of hashes.entries()) {
    table.set(hash, i * hashWords);
  }
  return table;
}

function nameOf({ transposed, flippedX, flippedY }: Placement): DuplicatePair['placement'] {
  const mirrors = Number(transposed) + Number(flippedX) + Number(flippedY);
  if (mirrors === 0) {
    return 'same';
  }
  if (mirrors % 2 === 0) {
    return 'turned';
  }
  return flippedX && !transposed ? 'mirrored' : 'turned and mirrored';
}

function rounded(correlation: number): number {
  return Math.round(correlation * 1e4) / 1e4;
}

/** What {@link DuplicatePair} must be. */
export const duplicatePairRule = rule.fields({
  files: rule.listOf(rule.anyText, { lengths: [2] }),
  kind: rule.oneOf(['exact', 'near', 'upper-half']),
  placement: rule.oneOf(['same', 'mirrored', 'turned', 'turned and mirrored']),
  distanceBits: rule.anyNumber,
  correlation: rule.anyNumber,
});
