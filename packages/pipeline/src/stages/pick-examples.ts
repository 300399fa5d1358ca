import { join } from 'node:path';
import type { Conversion } from '@fractura/coco-to-nifti';
import type { StudySplits } from '@fractura/fracatlas-loader';
import type { SegmentationExample } from '@fractura/report';
import { readNifti } from '@fractura/volume-io';
import type { RunPaths } from '../run/run-paths.js';
import type { CaseResult } from './evaluate-segmentation.js';

/** The best, the median and the worst of the cross-validated cases by Dice, with their pictures and masks. */
export async function pickExamples(
  cases: readonly CaseResult[],
  { folds }: StudySplits,
  conversion: Pick<Conversion, 'cases'>,
  paths: RunPaths,
): Promise<SegmentationExample[]> {
  const ranked = cases
    .filter(({ measures }) => !Number.isNaN(measures.Dice))
    .sort((a, b) => b.measures.Dice - a.measures.Dice || a.case.localeCompare(b.case));
  const picked = [
    ['Best', ranked[0]],
    ['Median', ranked[Math.floor(ranked.length / 2)]],
    ['Worst', ranked[ranked.length - 1]],
  ] as const;
  return Promise.all(
    picked.map(async ([rank, { case: name, file, measures }]) => {
      const { width, height } = conversion.cases.find((converted) => converted.case === name)!;
      const fold = folds.findIndex(({ val }) => val.includes(file));
      const [image, reference, prediction] = await Promise.all(
        [
          join(paths.rawDataset, 'imagesTr', `${name}_0000.nii.gz`),
          join(paths.rawDataset, 'labelsTr', `${name}.nii.gz`),
          join(paths.validation(fold), `${name}.nii.gz`),
        ].map(async (path) => Uint8Array.from((await readNifti(path)).data as Uint8Array)),
      );
      return {
        rank,
        file,
        dice: measures.Dice,
        image: { data: image, width, height },
        reference: { data: reference, width, height },
        prediction: { data: prediction, width, height },
      };
    }),
  );
}
