import type { Split } from '../splits/split.js';
import { findingOf, type Finding } from './finding.js';

/** Groups that a split tears: the same radiograph, or one study, in two of its parts. */
export function splitFindings(
  name: string,
  { parts }: Pick<Split, 'parts'>,
  {
    known,
    duplicates,
    studies,
  }: {
    known: ReadonlySet<string>;
    duplicates: readonly (readonly string[])[];
    studies: readonly (readonly string[])[];
  },
): Finding[] {
  const partOf = new Map(Object.entries(parts).flatMap(([part, files]) => files.map((file) => [file, part] as const)));
  const placed = Object.values(parts).flat();
  const timesPlaced = new Map<string, number>();
  for (const file of placed) {
    timesPlaced.set(file, (timesPlaced.get(file) ?? 0) + 1);
  }
  const twice = [...new Set(placed.filter((file) => timesPlaced.get(file)! > 1))];
  const unknown = [...new Set(placed.filter((file) => !known.has(file)))];
  const torn = (groups: readonly (readonly string[])[]) =>
    groups
      .map((group) => group.filter((file) => partOf.has(file)))
      .filter((group) => new Set(group.map((file) => partOf.get(file))).size > 1);
  const sentence = (group: readonly string[]) => group.map((file) => `${file} in ${partOf.get(file)}`).join(', ');
  const [copies, neighbours] = [torn(duplicates), torn(studies)];
  return [
    ...findingOf(
      {
        code: 'split-unknown-given',
        severity: 'warning',
        title: `Names of the ${name} split that are no image here`,
        explanation: 'They were left out of every check: correct the names, or look at the whole data set.',
      },
      unknown.map((file) => [file]),
    ),
    ...findingOf(
      {
        code: 'split-overlap-given',
        severity: 'error',
        title: `Images in two parts of the ${name} split`,
        explanation: 'The same file serves training and evaluation, so results are flattered.',
      },
      twice.map((file) => [file]),
    ),
    ...findingOf(
      {
        code: 'split-leak',
        severity: 'error',
        title: `Duplicates across the parts of the ${name} split`,
        explanation: 'The same radiograph serves training and evaluation, so results are flattered. Split by groups.',
      },
      copies,
      copies.map(sentence),
    ),
    ...findingOf(
      {
        code: 'split-study-leak',
        severity: 'warning',
        title: `Neighbouring ids across the parts of the ${name} split`,
        explanation: 'Probably views of one patient in training and evaluation. Split by groups of neighbouring ids.',
      },
      neighbours,
      neighbours.map(sentence),
    ),
  ];
}
