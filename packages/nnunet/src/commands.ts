import { deferCommand, type DeferredCommand } from '@fractura/command-line';
import { headings } from './commands/headings.js';

export { nnunetNames } from './commands/nnunet-names.js';
export { weightsProgram } from './commands/weights.js';

/** The commands of nnU-Net's workflow after planning; each is loaded once it is called. */
export const nnunetCommands: readonly DeferredCommand[] = [
  deferCommand(headings.train, async () => (await import('./commands/train.js')).trainCommand),
  deferCommand(headings.predict, async () => (await import('./commands/predict.js')).predictCommand),
  deferCommand(headings.serve, async () => (await import('./commands/serve.js')).serveCommand),
  deferCommand(headings.page, async () => (await import('./commands/page.js')).pageCommand),
  deferCommand(headings.ensemble, async () => (await import('./commands/ensemble.js')).ensembleCommand),
  deferCommand(
    headings.findBestConfiguration,
    async () => (await import('./commands/find-best-configuration.js')).findBestConfigurationCommand,
  ),
  deferCommand(
    headings.accumulateCrossvalResults,
    async () => (await import('./commands/accumulate-crossval-results.js')).accumulateCrossvalResultsCommand,
  ),
  deferCommand(
    headings.determinePostprocessing,
    async () => (await import('./commands/postprocessing.js')).determinePostprocessingCommand,
  ),
  deferCommand(
    headings.applyPostprocessing,
    async () => (await import('./commands/postprocessing.js')).applyPostprocessingCommand,
  ),
  deferCommand(headings.evaluate, async () => (await import('./commands/evaluate.js')).evaluateCommand),
  deferCommand(
    headings.exportModelToZip,
    async () => (await import('./commands/share-model.js')).exportModelToZipCommand,
  ),
  deferCommand(
    headings.installModelFromZip,
    async () => (await import('./commands/share-model.js')).installModelFromZipCommand,
  ),
  deferCommand(headings.plotOverlays, async () => (await import('./commands/plot-overlays.js')).plotOverlaysCommand),
  deferCommand(
    headings.convertMsdDataset,
    async () => (await import('./commands/convert-msd-dataset.js')).convertMsdDatasetCommand,
  ),
];
