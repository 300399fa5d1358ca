import { findingOf, type Finding } from './finding.js';
import type { DuplicatePair } from './find-duplicates.js';

/** Exact copies, the same film in other files, whole or cut, and copies with another label. */
export function duplicateFindings(
  pairs: readonly DuplicatePair[],
  { groups, fractured }: { groups: readonly (readonly string[])[]; fractured: ReadonlySet<string> },
): Finding[] {
  const of = (wanted: DuplicatePair['kind']) => pairs.filter(({ kind }) => kind === wanted);
  const [exact, near, upperHalf] = [of('exact'), of('near'), of('upper-half')];
  const contradicting = groups.filter((group) => new Set(group.map((file) => fractured.has(file))).size > 1);
  const files = (list: readonly DuplicatePair[]) => list.map((pair) => pair.files);
  return [
    ...findingOf(
      {
        code: 'duplicate-labels',
        severity: 'error',
        title: 'The same radiograph with both labels (groups)',
        explanation: 'One of the labels is wrong. Look at them, or leave the group out.',
      },
      contradicting,
      contradicting.map((group) =>
        group.map((file) => `${file} ${fractured.has(file) ? 'with' : 'without'} a fracture`).join(', '),
      ),
    ),
    ...findingOf(
      {
        code: 'duplicate-exact',
        severity: 'warning',
        title: 'Files with the same bytes (pairs)',
        explanation: 'Keep them in one part of every split, or keep one of them.',
      },
      files(exact),
      exact.map(describePair),
    ),
    ...findingOf(
      {
        code: 'duplicate-near',
        severity: 'warning',
        title: 'The same film in different files (pairs)',
        explanation: 'Exported again, exposed differently, turned or mirrored. Keep them in one part of every split.',
      },
      files(near),
      near.map(describePair),
    ),
    ...findingOf(
      {
        code: 'duplicate-upper-half',
        severity: 'warning',
        title: 'The same film down to the middle (pairs)',
        explanation:
          'Mostly one of the two was cut short, and sometimes saved again so that it decodes. Keep the whole one, or both in one part.',
      },
      files(upperHalf),
      upperHalf.map(describePair),
    ),
  ];
}

/** One sentence about a pair, with the numbers that it was found by. */
export function describePair({ files: [a, b], kind, placement, distanceBits, correlation }: DuplicatePair): string {
  if (kind === 'exact') {
    return `${a} = ${b}`;
  }
  const how = placement === 'same' ? '' : `, ${placement}`;
  return `${a} ~ ${b}${how}: ${distanceBits} of 256 bits differ, fine detail correlates ${correlation.toFixed(3)}`;
}
