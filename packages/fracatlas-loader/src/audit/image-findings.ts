import type { AtlasRecord } from '../atlas.js';
import { findingOf, type Finding } from './finding.js';
import { blankRows, type ImageScan } from './scan-images.js';

/** Files that do not decode, are blank below, or are stored turned. */
export function imageFindings(records: readonly AtlasRecord[], scans: readonly ImageScan[]): Finding[] {
  const damaged = scans.filter(({ damage }) => damage !== undefined);
  const filled = filledImages(scans);
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
        code: 'filled-image',
        severity: 'warning',
        title: 'Whole files with a blank grey lower part',
        explanation:
          'They were cut short once and saved again: they decode without a warning, but part of the film is lost.',
      },
      filled.map(({ file }) => [file]),
      filled.map((scan) => `${scan.file}: ${Math.round(100 * blankRows(scan))} % of its height`),
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

/** Whole files of which the decoder's grey fills the lower part. */
export function filledImages(scans: readonly ImageScan[]): ImageScan[] {
  return scans.filter((scan) => scan.damage === undefined && blankRows(scan) > 0);
}
