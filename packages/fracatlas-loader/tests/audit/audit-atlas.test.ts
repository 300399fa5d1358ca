import { temporaryFolder } from '@fractura/testing';
import { beforeAll, expect, test } from '@jest/globals';
import {
  auditAtlas,
  groupRecords,
  holdOut,
  loadFracAtlas,
  makeSyntheticAtlas,
  type Atlas,
  type AtlasAudit,
  type SyntheticTruth,
} from '../../src/index.js';

let truth: SyntheticTruth;
let atlas: Atlas;
let audit: AtlasAudit;

beforeAll(async () => {
  const directory = await temporaryFolder();
  truth = await makeSyntheticAtlas({ directory, fractured: 30, normal: 40, seed: 5 });
  atlas = await loadFracAtlas(directory);
  audit = await auditAtlas(atlas);
});

const filesOf = (code: string) => audit.findings.find((finding) => finding.code === code)?.files ?? [];

test('planted damaged, turned and single-channel files are found, and no others', () => {
  expect(audit.damaged).toEqual([...truth.truncated].sort());
  expect(filesOf('damaged-image')).toEqual(audit.damaged);
  expect(audit.rotated).toEqual(truth.rotated.map(({ file }) => file).sort());
  expect(filesOf('voc-channels')).toEqual([...truth.singleChannel].sort());
});

test('planted contradictions between the sources are found, and no others', () => {
  expect(filesOf('table-folder')).toEqual(truth.tableAgainstFolder.map(({ file }) => file).sort());
  expect(filesOf('table-count')).toEqual(truth.tableCount.map(({ file }) => file).sort());
  expect(filesOf('vgg')).toEqual([...truth.vggLacksOne].sort());
  const sourceCodes = ['coco-image-size', 'coco-box', 'coco-area', 'voc', 'voc-image-size', 'yolo', 'folder-coco'];
  expect(audit.findings.filter(({ code }) => sourceCodes.includes(code))).toEqual([]);
});

test('planted outlines beyond the image are found, and no others', () => {
  expect(filesOf('polygon-out-of-bounds')).toEqual([...truth.outOfBounds].sort());
});

test('planted duplicates are found, exact and near, and no others', () => {
  const pairs = (list: readonly { files: readonly string[] }[]) =>
    list.map(({ files }) => [...files].sort().join()).sort();
  expect(pairs(audit.duplicatePairs)).toEqual(pairs(truth.duplicates));
  const exact = (list: readonly { files: readonly string[]; kind: string }[]) =>
    pairs(list.filter(({ kind }) => kind === 'exact'));
  expect(exact(audit.duplicatePairs)).toEqual(exact(truth.duplicates));
  expect(audit.duplicateGroups.flat().sort()).toEqual(
    [...new Set(truth.duplicates.flatMap(({ files }) => files))].sort(),
  );
});

test('duplicates with both labels and leaks across the official split are errors', () => {
  const contradicting = truth.duplicates.filter(({ acrossLabels }) => acrossLabels);
  const leaking = truth.duplicates.filter(({ acrossSplits }) => acrossSplits);
  const files = (pairs: typeof truth.duplicates) => pairs.flatMap((pair) => pair.files).sort();
  expect(filesOf('duplicate-labels')).toEqual(files(contradicting));
  expect(filesOf('split-leak')).toEqual(files(leaking));
  const errors = audit.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
  expect(errors).toEqual(expect.arrayContaining(['damaged-image', 'table-folder', 'duplicate-labels', 'split-leak']));
});

test('the shortcut that only normal images are damaged is told', () => {
  const finding = audit.findings.find(({ code }) => code === 'shortcut-damage');
  expect(finding?.files).toEqual(audit.damaged);
  expect(finding?.title).toMatch(/^None of the \d+ damaged files have a fracture$/);
});

test('each planted study lies within one run of neighbouring ids', () => {
  for (const study of truth.studies) {
    const together = audit.studies.some((run) => study.every((file) => run.includes(file)));
    const partsOf = (file: string) => atlas.records.find((record) => record.file === file)!.bodyParts.join();
    // A duplicate may have taken the body part of its original.
    if (new Set(study.map(partsOf)).size === 1) {
      expect(together).toBe(true);
    }
  }
});

test('findings come by gravity, each with its count, files and an explanation', () => {
  const order = audit.findings.map(({ severity }) => ['error', 'warning', 'note'].indexOf(severity));
  expect(order).toEqual([...order].sort((a, b) => a - b));
  for (const { code, title, explanation, count, files } of audit.findings) {
    expect(code).toMatch(/^[a-z-]+$/);
    expect([title.length, explanation.length].every((length) => length > 10)).toBe(true);
    expect(count).toBeGreaterThan(0);
    expect(files).toEqual([...new Set(files)].sort());
  }
});

test('a split that tears duplicates leaks, one drawn by groups does not', async () => {
  const [{ files: torn }] = audit.duplicatePairs;
  const rest = atlas.records.map(({ file }) => file).filter((file) => !torn.includes(file));
  const bad = { parts: { train: [...rest, torn[0]], test: [torn[1]] } };
  const groups = groupRecords(atlas.records, { together: audit.duplicateGroups });
  const good = holdOut(atlas.records, { seed: 1, groups });
  const { findings, splits } = await auditAtlas(atlas, { splits: { bad, good } });
  expect(splits).toEqual(['official', 'bad', 'good']);
  const leaks = findings.filter(({ code }) => code === 'split-leak' || code === 'split-study-leak');
  expect(leaks.find(({ title }) => title.includes('the bad split'))?.files).toEqual(torn);
  expect(leaks.filter(({ title }) => title.includes('the good split'))).toEqual([]);
});

test('a second audit says the same', async () => {
  expect(await auditAtlas(atlas)).toEqual(audit);
});

test('an audit can be aborted and counts its progress', async () => {
  const controller = new AbortController();
  const run = auditAtlas(atlas, {
    signal: controller.signal,
    onProgress: ({ done, total }) => {
      expect(total).toBe(70);
      if (done === 10) {
        controller.abort(new Error('enough'));
      }
    },
  });
  await expect(run).rejects.toThrow('enough');
});
