/** The study of `fractura run`, as far as the segmentation, with a stage of your own put between two of ours. */
import {
  auditRun,
  casesByFile,
  convertAtlas,
  evaluateStudySegmentation,
  openAtlas,
  openRun,
  planDataset,
  predictHeldOut,
  resolveSettings,
  splitAtlas,
  syntheticSettings,
  trainStudyFolds,
} from '@fractura/pipeline';
import { readRadiograph } from '@fractura/radiograph';
import { useEngine } from '@fractura/tfjs-engine';

// So little work that nothing is learnt; `radiographSettings` and a folder in openAtlas make it a study.
const small = { size: 32, folds: 2, epochs: 1, iterations: 4, batch: 2 };
const settings = resolveSettings(syntheticSettings, small);
const run = await openRun({ out: 'study', settings, engine: await useEngine(), note: console.log });

const atlas = await openAtlas(undefined, run);
const { audit } = await auditRun(atlas, run);
const records = await leaveOutPale(atlas.records, 40);
const splits = await splitAtlas({ ...atlas, records }, audit, run);
const conversion = await convertAtlas(atlas, splits, run);
await planDataset(splits, casesByFile(conversion), run);
await trainStudyFolds(run);
await predictHeldOut(run);
const { crossValidation } = await evaluateStudySegmentation(splits, conversion, run);
console.log(
  `${records.length} of ${atlas.records.length} radiographs, ${crossValidation.cases.length} cross-validated`,
);

/** Our own stage: radiographs with little contrast are left out. The ledger remembers what it found, as of any stage. */
async function leaveOutPale(candidates, leastContrast) {
  const kept = await run.ledger.run({
    name: 'leave-out-pale',
    inputs: { leastContrast },
    run: async () => {
      const contrasts = await Promise.all(candidates.map(({ path }) => contrastOf(path)));
      return candidates.filter((_, i) => contrasts[i] >= leastContrast).map(({ file }) => file);
    },
  });
  return candidates.filter(({ file }) => kept.includes(file));
}

/** Standard deviation of the grey levels. */
async function contrastOf(path) {
  const { data } = await readRadiograph(path, { damaged: 'salvage' });
  const mean = data.reduce((sum, grey) => sum + grey, 0) / data.length;
  return Math.sqrt(data.reduce((sum, grey) => sum + (grey - mean) ** 2, 0) / data.length);
}
