import { describeValue } from '@fractura/errors';
import { imageFits } from '@fractura/radiograph';
import type { ConvertOptions } from './convert-options.js';
import { CocoToNiftiError } from './errors.js';

/** What each option may be, beside what has a check of its own. */
const choices = {
  fit: imageFits,
  format: ['nifti', 'nifti-2d', 'png'],
  damaged: ['error', 'skip', 'salvage'],
  rasterAt: ['target', 'full'],
  crowds: ['draw', 'ignore', 'leave-out'],
} as const;

const texts = ['images', 'annotations', 'output', 'datasetName'] as const;
const optionalTexts = ['channelName', 'casePrefix', 'mapping'] as const;
const lists = ['trainFiles', 'testFiles'] as const;
const groups = ['labels', 'regions'] as const;

/**
 * Checks the options that a caller without types may get wrong.
 *
 * @throws CocoToNiftiError `options-invalid`, `labels-invalid`
 */
export function checkOptions(options: ConvertOptions): void {
  const given = options as unknown as Record<string, unknown>;
  for (const [name, allowed] of Object.entries(choices)) {
    if (given[name] !== undefined && !(allowed as readonly unknown[]).includes(given[name])) {
      throw invalid(name, given[name], `one of ${allowed.join(', ')}`);
    }
  }
  for (const name of texts) {
    if (!isText(given[name])) {
      throw invalid(name, given[name], 'a text that is not empty');
    }
  }
  for (const name of optionalTexts) {
    if (given[name] !== undefined && !isText(given[name])) {
      throw invalid(name, given[name], 'a text that is not empty');
    }
  }
  for (const name of lists) {
    if (given[name] !== undefined && !isListOfTexts(given[name])) {
      throw invalid(name, given[name], 'a list of file names');
    }
  }
  for (const name of groups) {
    if (given[name] !== undefined && !isGroups(given[name])) {
      throw new CocoToNiftiError(`The option ${name} is ${describeValue(given[name])}.`, {
        code: 'labels-invalid',
        remedy: "Give an object of lists, such as { bone: ['radius', 'ulna'] }.",
      });
    }
  }
  checkNormals(given.normals);
  if (options.fit === 'letterbox' && (options.size === undefined || options.size === 'native')) {
    throw new CocoToNiftiError('Images cannot be letterboxed at their own size.', {
      code: 'options-invalid',
      remedy: 'Give the size of the frame, such as --size 448x448, or leave --fit letterbox out.',
    });
  }
}

function checkNormals(normals: unknown): void {
  const isNormal = (value: unknown) => {
    const { file, path, set = 'train' } = (value ?? {}) as Record<string, unknown>;
    return isText(file) && isText(path) && (set === 'train' || set === 'test');
  };
  if (normals !== undefined && normals !== 'annotations' && !(Array.isArray(normals) && normals.every(isNormal))) {
    throw invalid('normals', normals, '"annotations", or a list of { file, path, set }');
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isListOfTexts = (value: unknown) => Array.isArray(value) && value.every(isText);
const isGroups = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isListOfTexts);

const invalid = (name: string, value: unknown, allowed: string) =>
  new CocoToNiftiError(`The option ${name} is ${describeValue(value)}.`, {
    code: 'options-invalid',
    remedy: `It must be ${allowed}.`,
  });
