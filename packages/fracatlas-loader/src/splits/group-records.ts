import { checkArguments, rule } from '@fractura/errors';
import type { AtlasRecord } from '../atlas.js';
import { groupBy } from '../group-by.js';
import { FracatlasLoaderError } from '../errors.js';

export interface GroupOptions {
  /** Files that must stay together, such as the duplicates of an audit. */
  together?: Iterable<readonly string[]>;
  /**
   * Keeps runs of consecutive ids of the same body part together, cut after this many images; 0 leaves ids alone. One
   * study gives a few neighbouring ids, and long runs are many studies of one kind.
   * @default 8
   */
  longestStudy?: number;
  /** Keeps blocks of this many neighbouring records together, whatever they show; 0 makes no blocks. @default 0 */
  blockSize?: number;
}

type GroupedRecord = Pick<AtlasRecord, 'id' | 'file' | 'bodyParts'>;

/**
 * Partitions records into groups that no split may tear: duplicates, studies (neighbouring ids) and, if asked for, blocks
 * of neighbouring ids. Groups that share a file become one.
 *
 * @returns Every file exactly once; groups and their files in the order of the records.
 */
export function groupRecords(records: readonly GroupedRecord[], options: GroupOptions = {}): string[][] {
  checkArguments({ records, options }, groupRecordsArguments, FracatlasLoaderError);
  const { together = [], longestStudy = 8, blockSize = 0 } = options;
  const parent = new Map(records.map(({ file }) => [file, file]));
  const root = (file: string): string => {
    const up = parent.get(file)!;
    if (up === file) {
      return file;
    }
    const top = root(up);
    parent.set(file, top);
    return top;
  };
  const join = (files: readonly string[]) => {
    const known = files.filter((file) => parent.has(file));
    for (const file of known.slice(1)) {
      parent.set(root(file), root(known[0]));
    }
  };
  for (const files of together) {
    join(files);
  }
  if (longestStudy > 0) {
    for (const study of neighbouringIds(records, longestStudy)) {
      join(study);
    }
  }
  if (blockSize > 0) {
    const sorted = [...records].sort(byNumber).map(({ file }) => file);
    for (let i = 0; i < sorted.length; i += blockSize) {
      join(sorted.slice(i, i + blockSize));
    }
  }
  return [...groupBy([...parent.keys()], root).values()];
}

/** Runs of ids that differ by one, of the same body part, cut after `longest`. */
export function neighbouringIds(records: readonly GroupedRecord[], longest: number): string[][] {
  const runs: string[][] = [];
  let previous: GroupedRecord | undefined;
  for (const record of records.filter(({ id }) => numberOf(id) !== undefined).sort(byNumber)) {
    const run = runs.at(-1);
    const step = previous && numberOf(record.id)! - numberOf(previous.id)!;
    const follows = previous && step === 1 && samePart(record, previous);
    if (run && follows && run.length < longest) {
      run.push(record.file);
    } else {
      runs.push([record.file]);
    }
    previous = record;
  }
  return runs.filter((run) => run.length > 1);
}

/** The number at the end of an id; undefined where there is none. */
function numberOf(id: string): number | undefined {
  const digits = /(\d+)$/.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function byNumber(a: GroupedRecord, b: GroupedRecord): number {
  return (numberOf(a.id) ?? 0) - (numberOf(b.id) ?? 0) || (a.id < b.id ? -1 : 1);
}

function samePart(a: GroupedRecord, b: GroupedRecord): boolean {
  return a.bodyParts.length === b.bodyParts.length && a.bodyParts.every((part) => b.bodyParts.includes(part));
}

/** What {@link GroupOptions} must be. */
export const groupOptionsRule = rule.fields({
  together: rule.optional(rule.iterable),
  longestStudy: rule.optional(rule.number({ to: Infinity })),
  blockSize: rule.optional(rule.number()),
});

const groupRecordsArguments = {
  records: rule.listOf(
    rule.fields({
      id: rule.anyText,
      file: rule.text,
      bodyParts: rule.listOf(rule.oneOf(['hand', 'leg', 'hip', 'shoulder'])),
    }),
  ),
  options: groupOptionsRule,
};
