import { join } from 'node:path';
import type { PublishedWeights } from './published-weights.js';

/** Where a cache keeps published weights, as they came. */
export const weightsFile = (cacheDirectory: string, { file }: PublishedWeights): string =>
  join(cacheDirectory, 'weights', file);
