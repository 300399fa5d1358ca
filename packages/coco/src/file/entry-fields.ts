import { describeValue } from '@fractura/errors';
import { CocoError } from '../errors.js';

/** An entry of a list in a COCO file. */
export type Entry = Record<string, unknown>;

export const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const correctEntry = 'Correct this field, or export the annotations again as COCO instances.';

/** Reads the fields of a COCO file's entries, and refuses by name those that are not as they must be. */
export class EntryFields {
  /** @param path the file, for messages. */
  constructor(private readonly path: string) {}

  /** @throws CocoError `coco-invalid`, always. */
  refuse(where: string, value: unknown, expected: string, remedy = correctEntry): never {
    throw new CocoError(`${this.path}: ${where} is ${describeValue(value)}; expected ${expected}.`, {
      code: 'coco-invalid',
      remedy,
    });
  }

  /** A list of objects. */
  list(file: Entry, name: string): Entry[] {
    const list = file[name];
    if (!Array.isArray(list)) {
      return this.refuse(
        name,
        list,
        'a list',
        'Give a file of COCO instances, which has the lists "images", "annotations" and "categories".',
      );
    }
    return list.map((entry: unknown, i) => (isEntry(entry) ? entry : this.refuse(`${name}[${i}]`, entry, 'an object')));
  }

  /** An integer; some tools write it as a text of digits, or with a fraction of 0. */
  integer(entry: Entry, field: string, where: string): number {
    const value = entry[field];
    const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
    return Number.isSafeInteger(number) ? (number as number) : this.refuse(`${where}.${field}`, value, 'an integer');
  }

  /** A side in pixels; undefined where it is absent or null. */
  side(entry: Entry, field: string, where: string): number | undefined {
    if (entry[field] === undefined || entry[field] === null) {
      return undefined;
    }
    const side = this.integer(entry, field, where);
    return side > 0
      ? side
      : this.refuse(
          `${where}.${field}`,
          side,
          'an integer above 0',
          "Write the image's size in pixels there, or leave width and height out: they are then read from the image.",
        );
  }

  /** A text that is not empty. */
  text(entry: Entry, field: string, where: string): string {
    const value = entry[field];
    return typeof value === 'string' && value !== '' ? value : this.refuse(`${where}.${field}`, value, 'a text');
  }

  /** 0 or 1; some tools write false, true or null, or a text of the digit. */
  flag(entry: Entry, field: string, where: string): 0 | 1 | undefined {
    const value = entry[field];
    if (value === undefined || value === null) {
      return undefined;
    }
    if (value === 0 || value === '0' || value === false) {
      return 0;
    }
    if (value === 1 || value === '1' || value === true) {
      return 1;
    }
    return this.refuse(`${where}.${field}`, value, '0 or 1', 'Write 0 for an object, 1 for a group of objects.');
  }
}
