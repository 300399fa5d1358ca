import type { Conversion } from '@fractura/coco-to-nifti';
import type {
  AtlasExploration,
  AtlasRecord,
  ClassificationImage,
  LabelCount,
  StudySplits,
} from '@fractura/fracatlas-loader';
import { formatMeasure, type Curve, type ReportData } from '@fractura/report';
import type { TrainedFold } from '@fractura/nnunet';
import { classNames, type ClassifierResult } from '../stages/classify.js';
import type { ClassifierComparison } from '../stages/evaluate-classifiers.js';
import type { PresenceResult } from '../stages/evaluate-presence.js';
import type { SegmentationResults } from '../stages/evaluate-segmentation.js';
import { factsOfManifest, type Manifest } from '../run/manifest.js';

/** Everything that a run found out, as its stages gave it. */
export interface RunResults {
  records: readonly AtlasRecord[];
  exploration: AtlasExploration;
  findings: ReportData['audit'];
  splits: StudySplits;
  conversion: Conversion;
  folds: readonly TrainedFold[];
  segmentation: SegmentationResults;
  /** Undefined where the segmentation does not tell whether a film shows anything. */
  presence: PresenceResult | undefined;
  classificationSet: readonly ClassificationImage[];
  classifiers: readonly ClassifierResult[];
  comparison: ClassifierComparison;
  examples: ReportData['segmentation']['examples'];
  manifest: Manifest;
}

const inputNames = { image: 'image', segmentation: 'segmentation', both: 'image and segmentation' };

/** Puts a run's results into the words and tables of the report. */
export function reportData(results: RunResults): ReportData {
  const { manifest, segmentation, comparison, examples, findings } = results;
  return {
    title: manifest.data.synthetic ? 'Fractures in synthetic radiographs' : 'Fractures in radiographs',
    createdAt: manifest.finishedAt,
    summary: summaryOf(results),
    tryout: {
      href: 'page/index.html',
      description:
        'Nothing that is opened there leaves the browser. It has the network of the first fold alone, and the classifier of radiographs.',
      command: 'npx @fractura/viewer serve page',
    },
    dataset: datasetOf(results),
    audit: findings,
    segmentation: {
      description: segmentationText(results),
      crossValidation: segmentation.crossValidation.means,
      heldOut: segmentation.heldOut.means,
      diceByCase: segmentation.crossValidation.cases.map(({ measures }) => measures.Dice),
      trainingCurves: {
        loss: results.folds.map(({ log }, fold) => curve(`fold ${fold + 1}`, log.train_losses)),
        dice: results.folds.map(({ log }, fold) => curve(`fold ${fold + 1}`, log.mean_fg_dice)),
      },
      examples,
    },
    classification: {
      description: classificationText(results),
      differences: comparison.differences,
      variants: comparison.variants.map(({ input, measures, roc, confusion }) => {
        const { log } = results.classifiers.find((classifier) => classifier.input === input)!;
        const column = (name: 'trainLoss' | 'validationLoss' | 'trainAccuracy' | 'validationAccuracy') =>
          log.map((epoch) => epoch[name]);
        return {
          input: inputNames[input],
          measures,
          loss: [curve('training', column('trainLoss')), curve('validation', column('validationLoss'))],
          accuracy: [curve('training', column('trainAccuracy')), curve('validation', column('validationAccuracy'))],
          roc: { name: inputNames[input], points: roc },
          confusion: { classes: classNames, counts: confusion },
        };
      }),
    },
    reproduction: {
      command: manifest.command,
      facts: factsOfManifest(manifest),
      stages: Object.entries(manifest.seconds).map(([name, seconds]) => ({ name, seconds })),
    },
  };
}

/** Values by epoch, counted from 1 as people count. */
function curve(name: string, values: readonly number[]): Curve {
  return { name, points: values.map((value, index) => [index + 1, value] as const) };
}

function summaryOf({ segmentation, presence, comparison }: RunResults): string[] {
  const [dice] = segmentation.crossValidation.means;
  const [heldOut] = segmentation.heldOut.means;
  const aucs = comparison.variants.map(
    ({ input, measures: [auc] }) => `${formatMeasure(auc)} from ${inputNames[input]}`,
  );
  const clear = comparison.differences.filter(({ lower, upper }) => lower > 0 || upper < 0);
  return [
    `Segmentation: mean Dice ${formatMeasure(dice)} in cross-validation, ${formatMeasure(heldOut)} on held-out images.`,
    ...presenceText(presence),
    `Classification: AUC ${aucs.join('; ')}.`,
    clear.length === 0
      ? 'On these test images, what the segmentation adds to the classifier cannot be told from chance.'
      : clear.map((difference) => `${difference.name}: ${formatMeasure(difference)}.`).join(' '),
  ];
}

/** What the segmentation says of whole films. */
function presenceText(presence: PresenceResult | undefined): string[] {
  if (!presence) {
    return [];
  }
  const { films, auc, cutoff, falseAlarmsAtSensitivity80: alarms } = presence;
  const chosen =
    cutoff === undefined
      ? ''
      : ` Cut-off ${cutoff.threshold}, chosen on the same films: mean Dice ${cutoff.dice.toFixed(3)}.`;
  return [
    `Films with a fracture against those without, by the segmentation, ${films.length} films each judged by a fold that has not seen ` +
      `it: AUC ${formatMeasure(auc)}; where 80 % of the fractured are found, ${(100 * alarms).toFixed(0)} % of the others alarm.${chosen}`,
  ];
}

function datasetOf({ records, exploration, conversion, manifest }: RunResults): ReportData['dataset'] {
  const fractured = records.filter((record) => record.fractured);
  const turned = records.filter(({ orientation }) => orientation !== 1).length;
  const instances = fractured.reduce((sum, { annotations }) => sum + annotations.length, 0);
  return {
    description: manifest.data.synthetic
      ? 'Radiographs drawn by a program, in the folder layout of FracAtlas. They show that everything works; they say nothing about patients.'
      : manifest.data.coco === undefined
        ? 'Radiographs with their annotations, read from a folder in the layout of FracAtlas.'
        : 'Radiographs with their annotations, read from a COCO file. Body part, view and hardware are not known.',
    facts: [
      { label: 'Radiographs', value: String(records.length) },
      { label: 'With a fracture', value: String(fractured.length) },
      { label: 'Annotated fractures', value: String(instances) },
      { label: 'Turned upright by EXIF', value: String(turned) },
      { label: 'Converted for segmentation', value: String(conversion.cases.length) },
      { label: 'Left out by the conversion', value: String(conversion.skipped.length) },
      { label: 'Annotations clipped at the border', value: String(conversion.clippedPolygons.length) },
    ],
    distributions: [
      countsOf('Radiographs by body part', exploration.bodyParts),
      countsOf('Radiographs by view', exploration.views),
      countsOf('Radiographs by size (most frequent)', exploration.sizes.slice(0, 8)),
    ],
  };
}

function countsOf(title: string, counts: readonly LabelCount[]) {
  return { title, counts: counts.map(({ name, fractured, normal }) => ({ label: name, count: fractured + normal })) };
}

function segmentationText({ splits, manifest: { settings } }: RunResults): string {
  const isNormal = new Set(splits.normals);
  const trained = splits.folds.flatMap(({ val }) => val).filter((file) => !isNormal.has(file)).length;
  const held = splits.heldOut.filter((file) => !isNormal.has(file)).length;
  return (
    `${networkText(settings)}, trained in ${splits.folds.length} folds on ${trained} fractured radiographs of ` +
    `${settings.size} x ${settings.size} pixels (${settings.epochs} epochs of ${settings.iterations} iterations). ` +
    `${normalsText(splits)}${held} others were held out from all training; there the folds' outputs are averaged. ` +
    'Duplicates and neighbouring numbers stay in one fold.'
  );
}

function networkText({ recipe, encoder }: Manifest['settings']): string {
  return recipe === 'nnunet' || encoder === 'plan'
    ? 'A 2D U-Net as nnU-Net plans it'
    : `A 2D U-Net with ${encoder} as its encoder, by the recipe ${recipe}`;
}

function normalsText({ normals, heldOut }: StudySplits): string {
  const trained = normals.length - heldOut.filter((file) => normals.includes(file)).length;
  return normals.length === 0
    ? ''
    : `${trained} normal radiographs, with empty labels, were among those of the folds. `;
}

function classificationText({ classificationSet, manifest: { settings } }: RunResults): string {
  const perClass = (part: string) => classificationSet.filter((image) => image.part === part && image.fractured).length;
  return (
    `The classifier (${settings.classifierNetwork}) was trained three times on the same radiographs: ${perClass('train')} of each class to train, ` +
    `${perClass('validation')} to choose the epoch, ${perClass('test')} to test. It saw the radiograph, the fracture ` +
    'probability that the segmentation gives, or both. Test and validation fractures trained no segmentation, and every ' +
    'radiograph was segmented by one network that had not seen it.'
  );
}
