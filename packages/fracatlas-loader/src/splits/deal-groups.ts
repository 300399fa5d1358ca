import type { Draws } from '@fractura/seeded-random';

/** How many files of each stratum a part is to hold. */
export interface PartTarget {
  part: string;
  counts: Record<string, number>;
}

/**
 * Deals whole groups to parts at random so that each part comes to its target in every stratum.
 *
 * Large groups go first and single files last, so that singles even out what groups leave. A group goes to a part in
 * which all of its files still fit, drawn in proportion to the room left there; one that fits nowhere goes to the part
 * named by `overflow`, or to the one with the most room left.
 */
export function dealGroups(
  groups: readonly (readonly string[])[],
  {
    targets,
    stratumOf,
    draws,
    overflow,
  }: { targets: readonly PartTarget[]; stratumOf: (file: string) => string; draws: Draws; overflow?: string },
): Record<string, string[]> {
  const room = new Map(targets.map(({ part, counts }) => [part, { ...counts }]));
  const parts: Record<string, string[]> = Object.fromEntries(targets.map(({ part }) => [part, []]));
  const ordered = draws.shuffled(groups).sort((a, b) => b.length - a.length);
  for (const group of ordered) {
    const needs = new Map<string, number>();
    for (const file of group) {
      needs.set(stratumOf(file), (needs.get(stratumOf(file)) ?? 0) + 1);
    }
    const roomFor = (part: string) => [...needs].map(([stratum]) => room.get(part)![stratum] ?? 0);
    const fits = targets.filter(({ part }) => [...needs].every(([s, n]) => (room.get(part)![s] ?? 0) >= n));
    const weights = fits.map(({ part }) => Math.min(...roomFor(part)));
    const chosen =
      fits.length > 0 ? fits[drawByWeight(weights, draws)].part : (overflow ?? mostRoom([...room.keys()], roomFor));
    parts[chosen].push(...group);
    const left = room.get(chosen)!;
    for (const [stratum, n] of needs) {
      left[stratum] = (left[stratum] ?? 0) - n;
    }
  }
  for (const files of Object.values(parts)) {
    files.sort();
  }
  return parts;
}

function drawByWeight(weights: readonly number[], draws: Draws): number {
  let left = draws.between(
    0,
    weights.reduce((sum, w) => sum + w, 0),
  );
  for (const [i, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) {
      return i;
    }
  }
  return weights.length - 1;
}

function mostRoom(parts: readonly string[], roomFor: (part: string) => number[]): string {
  const total = (part: string) => roomFor(part).reduce((sum, n) => sum + n, 0);
  return parts.reduce((best, part) => (total(part) > total(best) ? part : best));
}
