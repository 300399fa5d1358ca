import { distance } from 'fastest-levenshtein';

/** The known name that `name` was probably meant to be, if one is at most a third of its letters away. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  let nearest: string | undefined;
  let best = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const d = distance(name, candidate);
    if (d < best) {
      [nearest, best] = [candidate, d];
    }
  }
  return nearest;
}
