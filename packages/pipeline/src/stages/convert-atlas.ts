import { convertCoco, type Conversion } from '@fractura/coco-to-nifti';
import { atlasLayout, type Atlas } from '@fractura/fracatlas-loader';
import { PipelineError } from '../errors.js';
import type { RunContext } from '../run/run-context.js';
import { runDataset } from '../run/run-paths.js';
import type { StudySplits } from './split-atlas.js';

/** Converts the fractured radiographs: those of the folds to imagesTr, those held out to imagesTs, all with labels. */
export async function convertAtlas(
  { directory }: Atlas,
  { heldOut, folds }: StudySplits,
  { settings: { size }, paths, ledger, progress, signal }: RunContext,
): Promise<Conversion> {
  return ledger.run({
    name: 'convert',
    inputs: { size },
    folders: [paths.rawDataset],
    run: async () => {
      const task = progress('Converting to nnU-Net');
      const { fractured, coco } = atlasLayout(directory);
      const conversion = await convertCoco({
        images: fractured,
        annotations: coco,
        output: paths.raw,
        mapping: paths.mapping,
        signal,
        datasetId: runDataset.id,
        datasetName: runDataset.name,
        size: { width: size, height: size },
        trainFiles: folds.flatMap(({ val }) => val).sort(),
        testFiles: [...heldOut].sort(),
        overwrite: true,
        onProgress: task.update,
      });
      const empty = conversion.cases.filter(({ foregroundPixels }) => foregroundPixels === 0);
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
      return conversion;
    },
  });
}

/** The case of each converted file. */
export function casesByFile({ cases }: Pick<Conversion, 'cases'>): Map<string, string> {
  return new Map(cases.map((converted) => [converted.file, converted.case]));
}
