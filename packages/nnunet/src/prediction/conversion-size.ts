import type { TargetSize } from '@fractura/radiograph';
import { readFingerprint } from '@fractura/nnunet-format';
import { joinPath } from '@fractura/python-compat';

/**
 * The size to which a model's images were converted, by the fingerprint in its folder: the one that at least half of them
 * have (dark borders are cropped from some), or their own where none is so common or there is no fingerprint.
 */
export async function conversionSize(modelFolder: string): Promise<TargetSize> {
  const fingerprint = await readFingerprint(joinPath(modelFolder, 'dataset_fingerprint.json'));
  if (!fingerprint) {
    return 'native';
  }
  const { shapes_after_crop: shapes } = fingerprint;
  const counts = new Map<string, number>();
  for (const shape of shapes) {
    counts.set(shape.join(), (counts.get(shape.join()) ?? 0) + 1);
  }
  const [common, count] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a));
  const [, height, width] = common.split(',').map(Number);
  return count * 2 >= shapes.length ? { width, height } : 'native';
}
