import { describeValue } from '@fractura/errors';
import { CocoError } from '../errors.js';

/** An entry of a list in a COCO file. */
export type Entry = Record<string, unknown>;

export const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads the fields of a COCO file's entries, and refuses by name those that are not as they must be. */
export class EntryFields {
  /** @param path the file, for messages. */
  constructor(private readonly path: string) {}

  /** @throws CocoError `coco-invalid`, always. */
  refuse(where: string, value: unknown, expected: string): never {
    throw new CocoError(`${this.path}: ${where} is ${describeValue(value)}; expected ${expected}.`, {
      code: 'coco-invalid',
      remedy: 'Correct the entry, or export the annotations again as COCO instances (images, annotations, categories).',
    });
  }

  /** A list of objects. */
  list(file: Entry, name: string): Entry[] {
    const list = file[name];
    if (!Array.isArray(list)) {
      return this.refuse(name, list, 'a list');
    }
    return list.map((entry: unknown, i) => (isEntry(entry) ? entry : this.refuse(`${name}[${i}]`, entry, 'an object')));
  }

  /** An integer; some tools write it as a text of digits. */
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
    return side > 0 ? side : this.refuse(`${where}.${field}`, side, 'an integer above 0');
  }

  /** A text that is not empty. */
  text(entry: Entry, field: string, where: string): string {
    const value = entry[field];
    return typeof value === 'string' && value !== '' ? value : this.refuse(`${where}.${field}`, value, 'a text');
  }

  /** 0 or 1; some tools write false, true or null. */
  flag(entry: Entry, field: string, where: string): 0 | 1 | undefined {
    const value = entry[field];
    if (value === undefined || value === null) {
      return undefined;
    }
    const flag = Number(value);
    return typeof value !== 'object' && (flag === 0 || flag === 1)
      ? flag
      : this.refuse(`${where}.${field}`, value, '0 or 1');
  }
}
