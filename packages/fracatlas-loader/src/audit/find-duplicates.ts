import { setImmediate as nextTurn } from 'node:timers/promises';
import { detailCorrelation, placeThumbnail } from './fine-detail.js';
import {
  hammingDistance,
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

/** Compares every image with every other, in all eight placements, and upper half with upper half. */
export async function findDuplicates(
  scans: readonly ImageScan[],
  { signal }: { signal?: AbortSignal } = {},
): Promise<DuplicatePair[]> {
  const seen = scans.filter((scan) => scan.thumbnail) as (ImageScan & { thumbnail: Uint8Array })[];
  const whole = seen.map(({ thumbnail }) => lowCoefficients(thumbnail));
  const inPlacement = placements.map((placement) => tableOf(whole.map((c) => perceptualHash(c, placement))));
  const upper = tableOf(seen.map(({ thumbnail }) => perceptualHash(lowCoefficients(thumbnail, upperRows))));
  const pairs: DuplicatePair[] = [];
  for (let i = 0; i < seen.length; i += 1) {
    if (i % 64 === 0) {
      await nextTurn(undefined, { signal });
    }
    for (let j = i + 1; j < seen.length; j += 1) {
      const pair = comparePair(seen[i], seen[j], {
        wholeBits: (placement) => hammingDistance(inPlacement[0], i, inPlacement[placement], j),
        upperBits: () => hammingDistance(upper, i, upper, j),
      });
      if (pair) {
        pairs.push(pair);
      }
    }
  }
  return pairs;
}

function comparePair(
  one: ImageScan & { thumbnail: Uint8Array },
  other: ImageScan & { thumbnail: Uint8Array },
  { wholeBits, upperBits }: { wholeBits: (placement: number) => number; upperBits: () => number },
): DuplicatePair | undefined {
  const files: [string, string] = [one.file, other.file];
  if (one.sha256 === other.sha256) {
    return { files, kind: 'exact', placement: 'same', distanceBits: 0, correlation: 1 };
  }
  for (const [index, placement] of placements.entries()) {
    const distanceBits = wholeBits(index);
    if (distanceBits >= candidateBits) {
      continue;
    }
    const placed = index === 0 ? other.thumbnail : placeThumbnail(other.thumbnail, placement);
    const correlation = detailCorrelation(one.thumbnail, placed);
    if (correlation >= leastCorrelation) {
      return { files, kind: 'near', placement: nameOf(placement), distanceBits, correlation: rounded(correlation) };
    }
  }
  const distanceBits = upperBits();
  if (distanceBits >= candidateBits) {
    return undefined;
  }
  const correlation = detailCorrelation(one.thumbnail, other.thumbnail, upperRows);
  if (correlation < leastCorrelation) {
    return undefined;
  }
  return { files, kind: 'upper-half', placement: 'same', distanceBits, correlation: rounded(correlation) };
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
