import { readTextFile } from '@fractura/array-files';
import { nearestName } from '@fractura/command-line';
import { reasonOf } from '@fractura/errors';
import { readSpace, type Space } from '@fractura/search';
import { parse } from 'yaml';
import { z } from 'zod';
import { PipelineError } from '../errors.js';
import { checkSettings } from '../settings/check-settings.js';
import type { RunSettings, SettingName } from '../settings/run-settings.js';
import { searchTargets, targetRules } from './search-target.js';

const methods = ['grid', 'random', 'halving'] as const;
const count = z.int().min(1);

/** The keys of a space file, beside `space` and `settings`. */
const planKeys = z.strictObject({
  target: z.enum(searchTargets).describe('segmentation or classifier'),
  method: z.enum(methods).describe('grid, random or halving'),
  points: count.optional().describe('a whole number from 1'),
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .default(0)
    .describe('a whole number from 0'),
  seeds: z.array(z.int().min(0)).min(1).default([0]).describe('a list of whole numbers from 0'),
  folds: z.int().min(2).max(20).default(3).describe('a whole number from 2 to 20'),
  halving: z
    .strictObject({ from: count, to: count, factor: z.number().min(1.1).default(3) })
    .optional()
    .describe('a table as in {from: 2, to: 18, factor: 3}'),
});

/** A search: what is tuned, which points are tried, and how each is judged. */
export interface SearchPlan extends Omit<z.infer<typeof planKeys>, 'points'> {
  /** How many points; of a grid at most so many. */
  points?: number | undefined;
  /** Settings that all points share. */
  settings: Partial<RunSettings>;
  space: Space;
}

/** The number of points where a file does not say it. */
const defaultPoints = 20;

/**
 * Reads a space file (YAML).
 *
 * @param overrides `points` counts more than the file's.
 * @throws PipelineError `search-invalid`, `setting-unknown`, `setting-invalid`; SearchError `space-invalid`. All
 *   name the file.
 */
export async function readSearchPlan(
  file: string,
  overrides: { points?: number | undefined } = {},
): Promise<SearchPlan> {
  const { space: written, settings: fixed = {}, ...keys } = parseTable(file, await readTextFile(file));
  const read = planKeys.safeParse(keys);
  if (!read.success) {
    throw wrongKey(file, keys, read.error.issues[0]);
  }
  if (!isTable(fixed)) {
    throw invalid(
      `${file}: settings is ${JSON.stringify(fixed)}.`,
      'Give a table of settings, as fractura init writes it.',
    );
  }
  const plan: SearchPlan = {
    ...read.data,
    settings: checkSettings(fixed, file),
    space: readSpace(written, `${file}: space`),
  };
  plan.points = overrides.points ?? plan.points ?? (plan.method === 'grid' ? undefined : defaultPoints);
  checkPlan(file, plan);
  return plan;
}

function checkPlan(file: string, { target, method, halving, settings, space }: SearchPlan): void {
  const { settings: searchable, length } = targetRules[target];
  for (const name of ['folds', 'hours'] as const) {
    if (name in settings) {
      throw invalid(
        `${file}: the settings have ${name}.`,
        name === 'folds'
          ? 'Write folds beside settings: the folds of the inner validation.'
          : 'Leave hours out: give iterations.',
      );
    }
  }
  for (const [name, parameter] of Object.entries(space)) {
    if (!searchable.includes(name as SettingName)) {
      const nearest = nearestName(name, searchable);
      throw invalid(
        `${file}: ${name} cannot be searched for a ${target}.`,
        `${nearest === undefined ? '' : `Did you mean ${nearest}? `}It may be one of ${searchable.join(', ')}.`,
      );
    }
    if (name in settings) {
      throw invalid(`${file}: ${name} is both searched and set.`, `Leave ${name} out of settings, or of space.`);
    }
    for (const value of 'choices' in parameter ? parameter.choices : [parameter.from, parameter.to]) {
      checkSettings({ [name]: value }, `${file}: space`);
    }
  }
  if (method === 'halving') {
    if (halving === undefined) {
      throw invalid(`${file} has no halving.`, 'Say from and to how many epochs, as in halving: {from: 2, to: 18}.');
    }
    if (length in space || length in settings) {
      throw invalid(`${file}: halving sets ${length} itself.`, `Leave ${length} out of settings and space.`);
    }
    if (halving.from > halving.to) {
      throw invalid(
        `${file}: halving goes from ${halving.from} to ${halving.to} epochs.`,
        'Let it go from fewer to more epochs.',
      );
    }
  } else if (halving !== undefined) {
    throw invalid(`${file} has halving, but its method is ${method}.`, 'Write method: halving, or leave halving out.');
  }
}

function wrongKey(file: string, keys: Record<string, unknown>, issue: z.core.$ZodIssue): PipelineError {
  const names = [...Object.keys(planKeys.shape), 'settings', 'space'];
  if (issue.code === 'unrecognized_keys') {
    const [unknown] = issue.keys;
    const nearest = nearestName(unknown, names);
    return invalid(
      `${file}: there is no ${unknown}.`,
      `${nearest === undefined ? '' : `Did you mean ${nearest}? `}A space file has ${names.join(', ')}.`,
    );
  }
  const name = String(issue.path[0]) as keyof typeof planKeys.shape;
  const shown = keys[name] === undefined ? 'is not given' : `is ${JSON.stringify(keys[name])}`;
  return invalid(`${file}: ${name} ${shown}.`, `It must be ${planKeys.shape[name].description}.`);
}

function parseTable(file: string, text: string): Record<string, unknown> {
  let content: unknown;
  try {
    content = parse(text);
  } catch (cause) {
    throw new PipelineError(`${file} is not YAML: ${reasonOf(cause)}.`, { code: 'search-invalid', cause });
  }
  if (!isTable(content)) {
    throw invalid(
      `${file} is not a space file.`,
      'Give target, method and space, as the README of @fractura/pipeline shows.',
    );
  }
  return content;
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const invalid = (message: string, remedy: string) => new PipelineError(message, { code: 'search-invalid', remedy });
