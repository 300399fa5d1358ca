import { gridPoints, randomPoints, type Point } from '@fractura/search';
import { resolveSettings } from '../settings/resolve-settings.js';
import type { RunSettings } from '../settings/run-settings.js';
import type { SearchPlan } from './search-plan.js';
import { targetRules } from './search-target.js';

/** The points of a search, the same for the same plan. */
export function pointsOf({ method, points, seed, space }: SearchPlan): Point[] {
  return method === 'grid' ? gridPoints(space).slice(0, points) : randomPoints(space, { points: points!, seed });
}

/** What is set where a point is trained for a length: the shared settings, the point's, and its epochs where these are halved. */
export function chosenSettings(plan: SearchPlan, point: Point, length: number | undefined): Partial<RunSettings> {
  const chosen: Record<string, unknown> = { ...plan.settings, ...point };
  if (length !== undefined) {
    chosen[targetRules[plan.target].length] = length;
  }
  if (plan.target === 'segmentation') {
    // Iterations that are found by measuring time differ from machine to machine.
    chosen.hours = 0;
  }
  return chosen;
}

/** All settings of a training of a point, its folds those of the inner validation. */
export function trialSettings(
  plan: SearchPlan,
  { point, length, defaults }: { point: Point; length: number | undefined; defaults: RunSettings },
): RunSettings {
  const settings = resolveSettings(defaults, chosenSettings(plan, point, length));
  return plan.target === 'segmentation' ? { ...settings, folds: plan.folds } : settings;
}
