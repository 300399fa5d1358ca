import { readFile } from 'node:fs/promises';
import { describe, expect } from '@jest/globals';
import { auditAtlas, groupRecords, holdOut, loadFracAtlas, officialSplit, type Atlas } from '../src/index.js';
import { realAtlas, referenceCases, testWithRealAtlas } from './support/shared-data.js';

// Skipped, and counted as such, where the radiographs do not lie beside the repository.
let read: Promise<Atlas> | undefined;
const atlasOnce = () => (read ??= loadFracAtlas(realAtlas));

describe('the 1,656 real radiographs', () => {
  testWithRealAtlas('every record agrees with what Pillow and pycocotools found of it', async () => {
    const { records } = await atlasOnce();
    expect(records).toHaveLength(1656);
    const lines = (await readFile(referenceCases, 'utf8')).trim().split(/\r?\n/);
    const columns = lines[0].split(',');
    const byFile = new Map(records.map((record) => [record.file, record]));
    for (const line of lines.slice(1)) {
      const cells = line.split(',');
      const cell = (name: string) => cells[columns.indexOf(name)];
      const record = byFile.get(cell('file'))!;
      expect([record.file, record.fractured, record.officialSplit]).toEqual([cell('file'), true, cell('split')]);
      expect([record.width, record.height].map(String)).toEqual([cell('coco_width'), cell('coco_height')]);
      expect(record.orientation).toBe(Number(cell('exif_orientation') || 1));
      expect(record.channels).toBe(cell('mode') === 'L' ? 1 : 3);
      expect(record.annotations).toHaveLength(Number(cell('instances')));
    }
    expect(lines).toHaveLength(657);
  });

  testWithRealAtlas('the split is the published one, and a fifth held out by groups keeps groups whole', async () => {
    const { records } = await atlasOnce();
    const { parts } = officialSplit(records);
    expect([parts.train.length, parts.valid.length]).toEqual([574, 82]);
    const groups = groupRecords(records);
    const held = new Set(holdOut(records, { seed: 1, groups }).parts.test);
    expect(Math.abs(held.size - 332)).toBeLessThanOrEqual(2);
    for (const group of groups) {
      expect([0, group.length]).toContain(group.filter((file) => held.has(file)).length);
    }
  });

  testWithRealAtlas(
    'the audit reports the 20 truncated files, the 13 turned ones, the duplicates and their leaks',
    async () => {
      const atlas = await atlasOnce();
      const started = performance.now();
      const audit = await auditAtlas(atlas);
      const seconds = (performance.now() - started) / 1000;
      const filesOf = (code: string) => audit.findings.find((finding) => finding.code === code)?.files ?? [];
      expect(audit.damaged).toHaveLength(20);
      expect(audit.damaged.every((file) => file > 'IMG0004000' && file < 'IMG0004400')).toBe(true);
      expect(filesOf('shortcut-damage')).toEqual(audit.damaged);
      expect(audit.rotated).toHaveLength(13);
      expect(audit.rotated).toEqual(expect.arrayContaining(['IMG0002588.jpg', 'IMG0002628.jpg']));
      expect(filesOf('polygon-out-of-bounds')).toEqual(['IMG0002342.jpg', 'IMG0002345.jpg']);
      expect(filesOf('vgg')).toHaveLength(5);
      // Seen by eye: the film of a fracture is stored a second time, cut short, among the normal ones.
      expect(filesOf('duplicate-labels')).toEqual(expect.arrayContaining(['IMG0002979.jpg', 'IMG0004290.jpg']));
      expect(filesOf('split-leak')).toHaveLength(44);
      expect(audit.duplicateGroups).toContainEqual(['IMG0000261.jpg', 'IMG0002299.jpg', 'IMG0002300.jpg']);
      expect(audit.duplicateGroups.every((group) => group.length <= 3)).toBe(true);
      // 25 s on two free cores; a busy machine is given more, and an algorithm gone astray still shows.
      expect(seconds).toBeLessThan(60);
    },
    120_000,
  );
});
