import { posix } from 'node:path';
import { convertCoco, type Conversion, type NormalImage } from '@fractura/coco-to-nifti';
import type { StudySplits } from '@fractura/fracatlas-loader';
import { PipelineError } from '../errors.js';
import type { RunContext } from '../run/run-context.js';
import { runDataset } from '../run/run-paths.js';
import type { StudyAtlas } from './open-atlas.js';

/** Converts the radiographs of the segmentation: those of the folds to imagesTr, those held out to imagesTs, all with labels. */
export async function convertAtlas(
  { records, images, annotations }: StudyAtlas,
  { heldOut, folds, normals }: StudySplits,
  { settings: { size, fit }, paths, ledger, progress, signal }: RunContext,
): Promise<Conversion> {
  return ledger.run({
    name: 'convert',
    inputs: { size, fit },
    folders: [paths.rawDataset],
    run: async () => {
      const task = progress('Converting to nnU-Net');
      const isNormal = new Set(normals);
      const isHeldOut = new Set(heldOut);
      const pathOf = new Map(records.map(({ file, path }) => [file, path]));
      const fractured = (files: readonly string[]) => files.filter((file) => !isNormal.has(file)).sort();
      const conversion = await convertCoco({
        images,
        annotations,
        output: paths.raw,
        mapping: paths.mapping,
        signal,
        datasetId: runDataset.id,
        datasetName: runDataset.name,
        size: { width: size, height: size },
        fit,
        trainFiles: fractured(folds.flatMap(({ val }) => val)),
        testFiles: fractured(heldOut),
        normals:
          normals.length === 0
            ? undefined
            : normals.map((file): NormalImage => {
                return { file, path: pathOf.get(file)!, set: isHeldOut.has(file) ? 'test' : 'train' };
              }),
        overwrite: true,
        onProgress: task.update,
      });
      const empty = conversion.cases.filter(({ foregroundPixels, normal }) => foregroundPixels === 0 && !normal);
      if (empty.length > 0) {
        const files = empty.map(({ file }) => file).join(', ');
        throw new PipelineError(
          `${empty.length} fractured radiographs have an empty label at ${size} pixels: ${files}.`,
          {
            code: 'empty-labels',
            remedy: 'Choose larger images with --size.',
          },
        );
      }
      task.finish(`${conversion.cases.length} cases`);
      return { ...conversion, cases: conversion.cases.map(named), skipped: conversion.skipped.map(named) };
    },
  });
}

/** The file as the atlas calls it: a COCO file may say `./a.jpg` for `a.jpg`. */
const named = <Named extends { file: string }>(entry: Named): Named => ({
  ...entry,
  file: posix.normalize(entry.file),
});

/** The case of each converted file. */
export function casesByFile({ cases }: Pick<Conversion, 'cases'>): Map<string, string> {
  return new Map(cases.map((converted) => [converted.file, converted.case]));
}
