import type { AtlasRecord } from '../atlas.js';
import { findingOf, type Finding } from './finding.js';
import type { ImageScan } from './scan-images.js';

/** Files that do not decode, and files that are stored turned. */
export function imageFindings(records: readonly AtlasRecord[], scans: readonly ImageScan[]): Finding[] {
  const damaged = scans.filter(({ damage }) => damage !== undefined);
  const rotated = records.filter(({ orientation }) => orientation !== 1);
  return [
    ...findingOf(
      {
        code: 'damaged-image',
        severity: 'error',
        title: 'Damaged images',
        explanation: 'A strict decoder refuses them; others fill in grey. Leave them out, or restore them.',
      },
      damaged.map(({ file }) => [file]),
      damaged.map(
        ({ file, damage, thumbnail }) => `${file}: ${damage!}${thumbnail ? '' : '; nothing could be decoded'}`,
      ),
    ),
    ...findingOf(
      {
        code: 'exif-orientation',
        severity: 'warning',
        title: 'Images stored turned, with an EXIF orientation',
        explanation:
          'Outlines fit the upright image only. Readers that ignore EXIF give a turned image, and a mask beside the fracture.',
      },
      rotated.map(({ file }) => [file]),
      rotated.map(
        ({ file, orientation, width, height }) => `${file}: orientation ${orientation}, upright ${width}x${height}`,
      ),
    ),
  ];
}
