import { withFolder, writeFileBeside } from '@fractura/array-files';
import { renderReport } from '@fractura/report';
import type { EngineInUse } from '@fractura/tfjs-engine';
import { reportData } from './report/report-data.js';
import { auditRun } from './stages/audit-run.js';
import { trainClassifiers } from './stages/classify.js';
import { checkStudy } from './stages/check-study.js';
import { casesByFile, convertAtlas } from './stages/convert-atlas.js';
import { drawClassificationSet } from './stages/draw-classification-set.js';
import { announceTime } from './stages/estimate-time.js';
import { evaluateClassifiers } from './stages/evaluate-classifiers.js';
import { evaluateStudyPresence } from './stages/evaluate-presence.js';
import { evaluateStudySegmentation } from './stages/evaluate-segmentation.js';
import { atlasFingerprint, openAtlas } from './stages/open-atlas.js';
import { pickExamples } from './stages/pick-examples.js';
import { planDataset } from './stages/plan-dataset.js';
import { predictHeldOut } from './stages/predict-held-out.js';
import { predictProbabilities } from './stages/predict-probabilities.js';
import { splitAtlas } from './stages/split-atlas.js';
import { trainStudyFolds } from './stages/train-folds.js';
import { writeRunPage } from './stages/write-run-page.js';
import { checkWeights } from './run/check-weights.js';
import { versionsInUse, type Manifest } from './run/manifest.js';
import { openRun, type OpenRunOptions } from './run/open-run.js';
import type { RunContext } from './run/run-context.js';
import type { RunPaths } from './run/run-paths.js';
import { resolveData, type StudyData } from './run/study-data.js';

/** What a run needs beside its settings. */
export interface RunOptions extends OpenRunOptions {
  engine: EngineInUse;
  /** Folder in the layout of FracAtlas, or any radiographs with a COCO file; without it a synthetic atlas is made. */
  data?: StudyData;
  /** Recorded in the manifest and shown in the report. */
  command: string;
}

/**
 * The whole way from radiographs to the report: audit, split, conversion, plan, training of all folds, prediction,
 * evaluation, three classifiers, report. Killed at any moment, the same call goes on from there.
 *
 * @returns paths of everything it wrote; `report` is the page.
 * @throws ArrayFilesError `folder-in-use` while another run works in the folder; FracturaError of the package whose input was at
 *   fault.
 */
export async function runPipeline(options: RunOptions): Promise<RunPaths> {
  const { data, command, engine, ...opening } = options;
  checkWeights(data, opening.settings);
  const context = await openRun({ engine, ...opening });
  return withFolder(context.paths.out, () => runStages({ data, command, engine }, context));
}

async function runStages(
  { data, command, engine }: Pick<RunOptions, 'data' | 'command' | 'engine'>,
  context: RunContext,
): Promise<RunPaths> {
  const startedAt = new Date().toISOString();
  const { paths, ledger, settings } = context;

  const atlas = await openAtlas(data, context);
  const { audit, exploration } = await auditRun(atlas, context);
  const splits = await splitAtlas(atlas, audit, context);
  checkStudy(atlas, splits, audit.damaged, settings);
  const conversion = await convertAtlas(atlas, splits, context);
  const cases = casesByFile(conversion);
  await planDataset(splits, cases, context);
  const unusable = [...new Set([...audit.damaged, ...conversion.skipped.map(({ file }) => file)])].sort();
  checkStudy(atlas, splits, unusable, settings);
  const classificationSet = await drawClassificationSet(atlas, splits, unusable, context);
  await announceTime(splits, classificationSet, context);
  const folds = await trainStudyFolds(context);
  await predictHeldOut(context);
  await predictProbabilities(atlas, classificationSet, context);
  const segmentation = await evaluateStudySegmentation(splits, conversion, context);
  const presence = await evaluateStudyPresence(splits, conversion, context);
  const classifiers = await trainClassifiers(atlas, classificationSet, context);
  const comparison = evaluateClassifiers(classifiers, context);
  await writeRunPage(context);

  const trainedIn = new Set([...folds, ...classifiers].map(({ precision }) => precision));
  const manifest: Manifest = {
    format: 1,
    command,
    settings,
    precision: [...trainedIn],
    versions: versionsInUse(),
    startedAt,
    data: {
      ...placeOf(data),
      synthetic: data === undefined,
      fingerprint: atlasFingerprint(atlas),
    },
    engine: { name: engine.name, backend: engine.backend, passedOver: engine.passedOver },
    finishedAt: new Date().toISOString(),
    seconds: ledger.secondsByStage,
    results: {
      crossValidation: segmentation.crossValidation.means,
      heldOut: segmentation.heldOut.means,
      falseAlarms: segmentation.crossValidation.falseAlarms,
      presence: presence && { auc: presence.auc, falseAlarmsAtSensitivity80: presence.falseAlarmsAtSensitivity80 },
      cutoff: presence?.cutoff,
      classifiers: comparison.variants.map(({ input, measures, confusion }) => ({ input, measures, confusion })),
      differences: comparison.differences,
    },
  };
  const examples = await pickExamples(segmentation.crossValidation.cases, splits, conversion, paths);
  const page = renderReport(
    reportData({
      records: atlas.records,
      exploration,
      findings: audit.findings,
      splits,
      conversion,
      folds,
      segmentation,
      presence,
      classificationSet,
      classifiers,
      comparison,
      examples,
      manifest,
    }),
  );
  await writeFileBeside(paths.report, page);
  await writeFileBeside(paths.manifest, `${JSON.stringify(manifest, undefined, 2)}\n`);
  return paths;
}

/** Where the data lie, for the manifest. */
function placeOf(data: StudyData | undefined): Pick<Manifest['data'], 'directory' | 'coco'> {
  if (data === undefined) {
    return {};
  }
  const resolved = resolveData(data);
  return typeof resolved === 'string' ? { directory: resolved } : { coco: resolved };
}
