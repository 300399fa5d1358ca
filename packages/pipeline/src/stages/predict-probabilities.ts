import { makeFolder } from '@fractura/array-files';
import type { Atlas, ClassificationImage } from '@fractura/fracatlas-loader';
import { foregroundProbability, loadModel, predictRadiograph, type TrainedModel } from '@fractura/nnunet';
import { readLabels } from '@fractura/nnunet-format';
import { writeNpy } from '@fractura/volume-io';
import type { RunContext } from '../run/run-context.js';

/** Lets every fold's network give the fracture probability of those images of the classification set that are its own. */
export async function predictProbabilities(
  { records }: Atlas,
  set: readonly ClassificationImage[],
  context: RunContext,
): Promise<void> {
  const { paths, settings, ledger, progress, signal } = context;
  const recordOf = new Map(records.map((record) => [record.file, record]));
  for (let fold = 0; fold < settings.folds; fold += 1) {
    await ledger.run({
      name: `predict-fold-${fold}`,
      inputs: { mirroring: settings.mirroring },
      run: async () => {
        const own = set.filter((image) => image.fold === fold).map(({ file }) => recordOf.get(file)!);
        const task = progress(`Predicting with fold ${fold}`);
        await makeFolder(paths.probabilities);
        const model = await loadModel({ folder: paths.model, folds: [fold] });
        try {
          for (const [done, { path, file }] of own.entries()) {
            signal.throwIfAborted();
            await writeProbability(path, paths.probability(file), model, context);
            task.update({ done: done + 1, total: own.length });
          }
        } finally {
          model.dispose();
        }
        task.finish(`${own.length} images`);
        return { images: own.length };
      },
    });
  }
}

async function writeProbability(
  radiograph: string,
  output: string,
  model: TrainedModel,
  { settings: { size, fit, mirroring }, signal }: RunContext,
): Promise<void> {
  const { probabilities, shape } = await predictRadiograph({
    model,
    file: radiograph,
    size: { width: size, height: size },
    fit,
    mirroring,
    signal,
  });
  const [, height, width] = shape;
  const data = foregroundProbability(probabilities, readLabels(model.datasetJson));
  await writeNpy(output, { data, shape: [height, width] });
}
