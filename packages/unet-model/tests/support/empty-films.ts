import type { PreprocessedCase } from '../../src/index.js';
import { toyCases } from './toy-dataset.js';

/** The toy's images without what their labels show. */
export function emptyFilms(count: number): PreprocessedCase[] {
  return toyCases(count).map(({ id, data, shape, segmentation }) => ({
    id: id.replace('toy', 'empty'),
    data: data.map((value, v) => (segmentation[v] > 0 ? value - 1.5 : value)),
    shape,
    segmentation: new Int8Array(segmentation.length),
    classLocations: { '1': new Int32Array(0) },
  }));
}
