import { describe, expect, test } from '@jest/globals';
import type { AtlasAnnotation } from '../../src/index.js';
import { chanceOf } from '../../src/audit/chance.js';
import { conflictFindings } from '../../src/audit/conflict-findings.js';
import { polygonFindings } from '../../src/audit/polygon-findings.js';
import { shortcutFindings } from '../../src/audit/shortcut-findings.js';
import { splitFindings } from '../../src/audit/split-findings.js';
import { fakeRecord } from '../support/fake-records.js';

const outline = (polygon: number[], more: Partial<AtlasAnnotation> = {}): AtlasAnnotation => ({
  id: 7,
  categoryId: 0,
  polygons: [polygon],
  box: [0, 0, 1, 1],
  areaPixels: 1,
  crowd: false,
  ...more,
});

describe('outlines', () => {
  const findingsOf = (annotation: AtlasAnnotation) =>
    polygonFindings([fakeRecord(1, true, { annotations: [annotation] })]);

  test('one that touches the edges is fine', () => {
    expect(findingsOf(outline([0, 0, 373, 0, 373, 454, 0, 454]))).toEqual([]);
  });

  test.each([
    ['left', [-2.5, 10, 20, 10, 20, 30], '2.5 pixels'],
    ['top', [10, -1, 20, 10, 20, 30], '1 pixels'],
    ['right', [10, 10, 380, 10, 20, 30], '7 pixels'],
    ['bottom', [10, 10, 20, 460, 20, 30], '6 pixels'],
  ])('one that leaves the image at the %s is a warning with the distance', (_, polygon, distance) => {
    const [finding] = findingsOf(outline(polygon));
    expect(finding).toMatchObject({ code: 'polygon-out-of-bounds', severity: 'warning', count: 1 });
    expect(finding.details[0]).toContain(distance);
  });

  test('one that leaves the image by a rounding error is a note', () => {
    expect(findingsOf(outline([0, 0, 373.0000000001, 0, 20, 20]))).toMatchObject([
      { code: 'polygon-out-of-bounds', severity: 'note' },
    ]);
  });

  test('one beside the image and one without area are errors', () => {
    expect(findingsOf(outline([400, 10, 420, 10, 420, 30]))).toMatchObject([
      { code: 'polygon-outside', severity: 'error' },
    ]);
    expect(findingsOf(outline([10, 10, 20, 20, 30, 30]))).toMatchObject([{ code: 'polygon-empty', severity: 'error' }]);
  });

  test('a mask is judged by its box and area', () => {
    const mask = { size: [454, 373] as [number, number], counts: [0] };
    expect(findingsOf(outline([], { polygons: [], mask, box: [0, 0, 10, 10], areaPixels: 20 }))).toEqual([]);
    expect(findingsOf(outline([], { polygons: [], mask, areaPixels: 0 }))).toMatchObject([{ code: 'polygon-empty' }]);
  });
});

describe('shortcuts', () => {
  // From scipy.stats.hypergeom(1656, 656, n): cdf(0), sf(k - 1).
  test.each([
    [{ drawn: 20, found: 0 }, 3.852662562543571e-5],
    [{ drawn: 94, found: 93 }, 3.5405108826360125e-38],
    [{ drawn: 125, found: 90 }, 2.397849521106323e-14],
  ])('the chance of %j among 656 of 1,656 is that of the hypergeometric distribution', (sample, expected) => {
    expect(chanceOf(sample, { labelled: 656, total: 1656 }) / expected).toBeCloseTo(1, 3);
  });

  const records = Array.from({ length: 200 }, (_, i) => fakeRecord(i, i % 2 === 0));

  test('a size that only fractures have is a warning', () => {
    const large = records.map((record, i) =>
      i % 2 === 0 && i < 40 ? { ...record, width: 2304, height: 2880 } : record,
    );
    expect(shortcutFindings(large, new Set())).toMatchObject([
      {
        code: 'shortcut-size',
        severity: 'warning',
        title: 'All of the 20 images of 2304x2880 pixels have a fracture',
        count: 20,
      },
    ]);
  });

  test('a property that both labels share alike is none', () => {
    const grey = records.map((record, i) => (i < 60 ? { ...record, channels: 1, hardware: i < 30 } : record));
    expect(shortcutFindings(grey, new Set())).toEqual([]);
  });

  test('damage on one side is told even where it may be chance', () => {
    const damaged = new Set(
      records
        .filter(({ fractured }) => !fractured)
        .slice(0, 2)
        .map(({ file }) => file),
    );
    expect(shortcutFindings(records, damaged)).toMatchObject([{ code: 'shortcut-damage', severity: 'note', count: 2 }]);
  });
});

describe('splits', () => {
  const known = new Set('abcdef');
  const groups = { known, duplicates: [['a', 'b', 'c']], studies: [['d', 'e']] };

  test('whole groups leak nothing, nor do files outside the split', () => {
    expect(splitFindings('own', { parts: { train: ['a', 'b', 'd'], test: ['f'] } }, groups)).toEqual([]);
  });

  test('torn duplicates are an error, torn studies a warning, a file in two parts an error', () => {
    const parts = { train: ['a', 'd', 'f'], test: ['b', 'e', 'f'] };
    expect(splitFindings('own', { parts }, groups)).toMatchObject([
      { code: 'split-overlap-given', severity: 'error', files: ['f'] },
      { code: 'split-leak', severity: 'error', files: ['a', 'b'], details: ['a in train, b in test'] },
      { code: 'split-study-leak', severity: 'warning', files: ['d', 'e'] },
    ]);
  });

  test('names that are no image are told', () => {
    expect(splitFindings('own', { parts: { train: ['a', 'z'], test: ['z', 'y'] } }, groups)).toMatchObject([
      { code: 'split-unknown-given', severity: 'warning', files: ['y', 'z'] },
      { code: 'split-overlap-given', files: ['z'] },
    ]);
  });
});

test('contradictions of one kind become one finding with a sentence each', () => {
  const findings = conflictFindings([
    { kind: 'yolo', file: 'b', sentence: 'one' },
    { kind: 'table-folder', file: 'c', sentence: 'two' },
    { kind: 'yolo', file: 'a', sentence: 'three' },
  ]);
  expect(findings).toMatchObject([
    { code: 'yolo', count: 2, files: ['a', 'b'], details: ['one', 'three'] },
    { code: 'table-folder', severity: 'error', count: 1 },
  ]);
});
