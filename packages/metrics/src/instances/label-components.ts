import { checkGiven } from '../check-given.js';
import { MetricsError } from '../errors.js';

/** Connected parts of a mask. */
export interface Components {
  /** For each voxel 0 for background, else the number of its component, from 1 on in the order of their first voxels. */
  labels: Int32Array;
  count: number;
}

/** How many neighbours a voxel has: 4 or 8 in 2D, 6, 18 or 26 in 3D. */
export type Connectivity = 4 | 8 | 6 | 18 | 26;

/** Along how many axes at once a neighbour may lie. */
const axesAtOnce: Record<number, Partial<Record<Connectivity, number>>> = {
  2: { 4: 1, 8: 2 },
  3: { 6: 1, 18: 2, 26: 3 },
};

/**
 * Numbers the connected components of a mask, as `scipy.ndimage.label`: two passes with a union-find forest between them.
 *
 * @param mask row-major; any value but 0 is foreground. `shape`: [rows, columns] or [slices, rows, columns].
 * @param connectivity default: neighbours that share a face (4 or 6).
 * @throws MetricsError `shape-invalid`, `connectivity-invalid`, `label-invalid`
 * @see Rosenfeld and Pfaltz 1966, "Sequential operations in digital picture processing"
 */
export function labelComponents(options: {
  mask: ArrayLike<number>;
  shape: readonly number[];
  connectivity?: Connectivity;
}): Components {
  const { mask, shape, connectivity } = checkGiven(options, labelComponentsRule);

  const voxels = shape.reduce((product, extent) => product * extent, 1);
  const whole = shape.every((extent) => Number.isInteger(extent) && extent >= 0);
  if (!axesAtOnce[shape.length] || !whole || voxels !== mask.length) {
    throw new MetricsError(`A mask of ${mask.length} values does not have the shape [${shape.join(', ')}].`, {
      code: 'shape-invalid',
      remedy: 'Give [rows, columns] or [slices, rows, columns].',
    });
  }
  const reach = connectivity === undefined ? 1 : axesAtOnce[shape.length][connectivity];
  if (reach === undefined) {
    throw new MetricsError(`The connectivity is ${connectivity} in ${shape.length}D.`, {
      code: 'connectivity-invalid',
      remedy: `Give one of ${Object.keys(axesAtOnce[shape.length]).join(', ')}.`,
    });
  }
  const [depth, height, width] = [...Array.from({ length: 3 - shape.length }, () => 1), ...shape];
  const neighbours = earlierNeighbours(reach);
  const labels = new Int32Array(voxels);
  const parents: number[] = [0];
  const root = (label: number): number => {
    while (parents[label] !== label) {
      parents[label] = parents[parents[label]];
      label = parents[label];
    }
    return label;
  };
  for (let z = 0, at = 0; z < depth; z += 1) {
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1, at += 1) {
        if (mask[at] === 0) {
          continue;
        }
        if (Number.isNaN(mask[at])) {
          throw new MetricsError(`Voxel ${at} is NaN.`, {
            code: 'label-invalid',
            remedy: 'Give numbers, 0 as background.',
          });
        }
        let own = 0;
        for (const [dz, dy, dx] of neighbours) {
          if (z + dz < 0 || y + dy < 0 || y + dy >= height || x + dx < 0 || x + dx >= width) {
            continue;
          }
          const other = labels[at + (dz * height + dy) * width + dx];
          if (other === 0) {
            continue;
          }
          const found = root(other);
          if (own === 0) {
            own = found;
          } else if (found !== own) {
            // The smaller number stays, so that components are numbered by their first voxels.
            parents[Math.max(own, found)] = Math.min(own, found);
            own = Math.min(own, found);
          }
        }
        if (own === 0) {
          own = parents.length;
          parents.push(own);
        }
        labels[at] = own;
      }
    }
  }
  return renumber(labels, parents, root);
}

/** Offsets [slice, row, column] of the neighbours that come before a voxel in row-major order. */
function earlierNeighbours(reach: number): [number, number, number][] {
  const steps = [-1, 0, 1];
  return steps
    .flatMap((z) => steps.flatMap((y) => steps.map((x): [number, number, number] => [z, y, x])))
    .slice(0, 13)
    .filter((offset) => offset.filter((step) => step !== 0).length <= reach);
}

function renumber(labels: Int32Array, parents: readonly number[], root: (label: number) => number): Components {
  const numbers = new Int32Array(parents.length);
  let count = 0;
  for (let label = 1; label < parents.length; label += 1) {
    if (root(label) === label) {
      count += 1;
      numbers[label] = count;
    }
  }
  for (let i = 0; i < labels.length; i += 1) {
    if (labels[i] !== 0) {
      labels[i] = numbers[root(labels[i])];
    }
  }
  return { labels, count };
}

const labelComponentsRule = { mask: 'numbers', shape: ['number'] };
