import { describeValue } from '@fractura/errors';
import { imageFits } from '@fractura/radiograph';
import type { ConvertOptions } from './convert-options.js';
import type { LabelsToCocoOptions } from './labels-to-coco-options.js';
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
  const given = ((options as unknown) ?? {}) as Record<string, unknown>;
  const { size } = given;
  if (size !== undefined && size !== 'native' && (typeof size !== 'object' || size === null)) {
    throw invalid('size', size, '"native", or { width, height }');
  }
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
  const { window = 1 } = options;
  if (!Number.isInteger(window) || window < 1) {
    throw invalid('window', window, 'a whole number from 1 on');
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

const choicesOfLabelsToCoco = {
  fit: ['stretch', 'letterbox'],
  objects: ['groups', 'labels'],
  segmentation: ['polygons', 'rle'],
} as const;

/**
 * Checks the options of `labelsToCoco` that a caller without types may get wrong.
 *
 * @throws CocoToNiftiError `options-invalid`
 */
export function checkLabelsToCocoOptions(options: LabelsToCocoOptions): void {
  const given = ((options as unknown) ?? {}) as Record<string, unknown>;
  const { labels, names, output, minPixels = 1, cases } = given;
  if (!isText(labels)) {
    throw invalid('labels', labels, 'the path of a folder');
  }
  if (!isText(names) && (typeof names !== 'object' || names === null || Array.isArray(names))) {
    throw invalid('names', names, 'the path of a dataset.json, or its labels');
  }
  for (const [name, allowed] of Object.entries(choicesOfLabelsToCoco)) {
    if (given[name] !== undefined && !(allowed as readonly unknown[]).includes(given[name])) {
      throw invalid(name, given[name], `one of ${allowed.join(', ')}`);
    }
  }
  if (!Number.isSafeInteger(minPixels) || (minPixels as number) < 1) {
    throw invalid('minPixels', minPixels, 'a whole number from 1 on');
  }
  if (output !== undefined && !isText(output)) {
    throw invalid('output', output, 'the path of a file');
  }
  if (cases !== undefined && !Array.isArray(cases)) {
    throw invalid('cases', cases, 'a list of cases');
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
