import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { describeValue } from '@fractura/errors';
import { ArrayFilesError } from './errors.js';

/** Names that Windows gives to devices, with any ending ("Naming Files, Paths, and Namespaces"). */
const deviceName = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;

const driveLetter = /^[a-z]:/i;
const controlCharacter = /\p{Cc}/u;

/** What a name stands for. */
export interface NameOptions {
  /** The beginning of the sentence that refuses it, such as `The case in dataset.json`. */
  of: string;
}

/**
 * Gives back a name that came from a file, if it can only name something right within a folder: a text with no separator, not
 * `.` or `..`, no drive letter, no control character, and no device of Windows.
 *
 * @throws ArrayFilesError `unsafe-name`.
 */
export function checkFileName(name: unknown, { of }: NameOptions): string {
  const flaw = flawOfText(name) ?? (/[/\\]/.test(name as string) ? 'it leads to another folder' : undefined);
  if (flaw !== undefined) {
    throw unsafeName(of, name, flaw);
  }
  if (name === '.' || name === '..') {
    throw unsafeName(of, name, 'it leads to another folder');
  }
  if (deviceName.test(name as string)) {
    throw unsafeName(of, name, 'Windows gives this name to a device');
  }
  return name as string;
}

/**
 * Gives back a path that came from a file, if it leads to somewhere below the folder that it is joined to: relative, without
 * `..` between either kind of separators, no drive letter, no control character.
 *
 * @throws ArrayFilesError `unsafe-name`.
 */
export function checkPathBelow(path: unknown, { of }: NameOptions): string {
  const flaw = flawOfText(path);
  if (flaw !== undefined) {
    throw unsafeName(of, path, flaw);
  }
  const parts = (path as string).split(/[/\\]/);
  if (parts[0] === '') {
    throw unsafeName(of, path, 'it is an absolute path');
  }
  if (parts.includes('..') || parts.every((part) => part === '.' || part === '')) {
    throw unsafeName(of, path, 'it leads out of the folder');
  }
  return path as string;
}

/**
 * Joins names that came from files to a folder, and makes sure that the result lies within it, symbolic links followed.
 *
 * @returns the path; it need not exist.
 * @throws ArrayFilesError `unsafe-name`.
 */
export function joinInside(folder: string, ...names: readonly string[]): string {
  for (const name of names) {
    checkPathBelow(name, { of: `The name of a file in ${folder}` });
  }
  const path = join(folder, ...names);
  const way = relative(realPathOf(resolve(folder)), realPathOf(resolve(path)));
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) {
    throw unsafeName(`The name of a file in ${folder}`, join(...names), 'a symbolic link leads out of the folder');
  }
  return path;
}

function flawOfText(name: unknown): string | undefined {
  if (typeof name !== 'string') {
    return 'it is no text';
  }
  if (name === '') {
    return 'it is empty';
  }
  if (controlCharacter.test(name)) {
    return 'it holds a control character';
  }
  return driveLetter.test(name) ? 'it begins with a drive letter' : undefined;
}

/** Follows the links of the part of a path that exists. */
function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(realPathOf(above), relative(above, path));
  }
}

const unsafeName = (of: string, name: unknown, flaw: string) =>
  new ArrayFilesError(`${of} is ${describeValue(name)}, which is refused: ${flaw}.`, {
    code: 'unsafe-name',
    remedy: 'Give it a plain name, or get the file from a source that you trust.',
  });
