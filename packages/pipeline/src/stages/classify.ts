import { join } from 'node:path';
import { encodeCsv, makeFolder, writeFileBeside } from '@fractura/array-files';
import { prepareRadiograph, resizeImage, type RadiographPreparation } from '@fractura/radiograph';
import type { Atlas, ClassificationImage } from '@fractura/fracatlas-loader';
import {
  balancedRecipe,
  loadClassifier,
  trainClassifier,
  type ClassifierRecipe,
  type ClassifierSample,
  type EpochLog,
} from '@fractura/resnet18-classifier';
import type { Precision, StateDict } from '@fractura/tfjs-training';
import { readNpy } from '@fractura/volume-io';
import type { RunContext } from '../run/run-context.js';
import type { RunSettings } from '../settings/run-settings.js';
import { readClassifierWeights } from './classifier-weights.js';

/** What a classifier sees: the radiograph, the segmentation's probability of a fracture, or both as channels. */
export const classifierInputs = ['image', 'segmentation', 'both'] as const;
export type ClassifierInput = (typeof classifierInputs)[number];

/** The classes in the order of their labels. */
export const classNames = ['normal', 'fractured'];

/** A trained classifier's curves and what it says of the test images. */
export interface ClassifierResult {
  input: ClassifierInput;
  checkpoint: string;
  precision: Precision;
  log: EpochLog[];
  bestEpoch: number;
  /** Probability of a fracture for each test image. */
  test: { file: string; fractured: boolean; probability: number }[];
}

/** Trains the classifier once for each input, on the same images in the same order, and lets it judge the test images. */
export async function trainClassifiers(
  atlas: Atlas,
  set: readonly ClassificationImage[],
  context: RunContext,
): Promise<ClassifierResult[]> {
  const { paths, settings, ledger, engine, encoderWeights, progress, signal } = context;
  const { seed, classifierEpochs: epochs, classifierBatch: batchSize, precision } = settings;
  const { classifierNetwork: network, classifierLearningRate: learningRate, classifierSize: size } = settings;
  const pretrained = await readClassifierWeights(settings, encoderWeights);
  const samples = await readSamples(atlas, set, context);
  const results: ClassifierResult[] = [];
  for (const input of classifierInputs) {
    const outputDirectory = join(paths.classification, input);
    const result = await ledger.run({
      name: `classify-${input}`,
      inputs: {
        seed,
        epochs,
        batchSize,
        precision,
        engine,
        size,
        network,
        learningRate,
        weights: weightsOf(settings, pretrained),
      },
      folders: [outputDirectory],
      run: async (): Promise<ClassifierResult> => {
        const task = progress(`Training the classifier on: ${input}`);
        const inPart = (part: ClassificationImage['part']) =>
          samples.filter((sample) => sample.part === part).map((sample) => sampleFor(sample, input));
        const inputChannels = input === 'both' ? 2 : 1;
        const trained = await trainClassifier({
          train: inPart('train'),
          validation: inPart('validation'),
          classNames,
          network,
          recipe: classifierRecipeOf(settings, pretrained !== undefined),
          pretrained,
          inputChannels,
          preparation: input === 'image' ? classifierPreparation(settings) : undefined,
          seed,
          signal,
          epochs,
          batchSize,
          precision,
          outputDirectory,
          onProgress: ({ epoch, phase, done, total, loss, accuracy }) => {
            const inEpoch = phase === 'train' ? done / total : 1;
            task.update({
              done: Math.round((epoch + inEpoch) * total),
              total: epochs * total,
              note: `${phase}: loss ${loss.toFixed(3)}, accuracy ${accuracy.toFixed(3)}`,
            });
          },
        });
        const { checkpoint, log, bestEpoch } = trained;
        const classifier = await loadClassifier(checkpoint);
        const test = inPart('test');
        const predictions = await classifier.predict(test, { batchSize, signal });
        classifier.dispose();
        task.finish(`best in epoch ${bestEpoch + 1}`);
        const judged = predictions.map(({ id, probabilities }, i) => ({
          file: id,
          fractured: test[i].label === 1,
          probability: probabilities[1],
        }));
        await writeFileBeside(join(outputDirectory, 'test.csv'), csvOf(judged));
        return { input, checkpoint, precision: trained.precision, log, bestEpoch, test: judged };
      },
    });
    results.push(result);
  }
  return results;
}

/** How the classifiers are taught. */
export const classifierRecipeOf = (
  { classifierLearningRate }: Pick<RunSettings, 'classifierLearningRate'>,
  pretrained: boolean,
): ClassifierRecipe =>
  balancedRecipe({ pretrained, learningRate: classifierLearningRate > 0 ? classifierLearningRate : undefined });

/** What a stage's result depends on: weights that are wanted and not there are none. */
const weightsOf = ({ classifierWeights }: RunSettings, pretrained: StateDict | undefined) =>
  pretrained === undefined ? 'none' : classifierWeights;

/** How radiographs become the classifier's images, as at the conversion for segmentation. */
export function classifierPreparation(settings: RunSettings): RadiographPreparation {
  const { fit } = settings;
  const size = classifierSizeOf(settings);
  const preparation: RadiographPreparation = {
    resize: 'lanczos',
    width: size,
    height: size,
    channels: 1,
    depth: 'stored',
  };
  if (fit !== 'stretch') {
    preparation.fit = fit;
  }
  return preparation;
}

/** Width and height of the classifiers' images. */
export const classifierSizeOf = ({ size, classifierSize }: RunSettings): number =>
  classifierSize > 0 ? classifierSize : size;

interface Sample extends ClassificationImage {
  size: number;
  /** 0 to 1, row by row. */
  image: Float32Array;
  segmentation: Float32Array;
}

async function readSamples(
  { records }: Atlas,
  set: readonly ClassificationImage[],
  { paths, settings }: RunContext,
): Promise<Sample[]> {
  const recordOf = new Map(records.map((record) => [record.file, record]));
  await makeFolder(paths.classification);
  return Promise.all(
    set.map(async (member) => {
      const { path } = recordOf.get(member.file)!;
      const { data: image } = await prepareRadiograph(path, classifierPreparation(settings));
      const size = classifierSizeOf(settings);
      const segmentation = await readProbability(paths.probability(member.file), size);
      return { ...member, size, image, segmentation };
    }),
  );
}

/** Of 16 bits. */
const mostLevels = 65_535;

/** A segmentation's probabilities at the size of the classifier's images. */
async function readProbability(file: string, size: number): Promise<Float32Array> {
  const { data, shape } = await readNpy(file);
  const [height, width] = shape;
  if (height === size && width === size) {
    return data as Float32Array;
  }
  const levels = Uint16Array.from(data as Float32Array, (probability) => Math.round(probability * mostLevels));
  const resized = resizeImage({ data: levels, height, width, channels: 1 }, { height: size, width: size }, 'lanczos');
  return Float32Array.from(resized.data, (level) => level / mostLevels);
}

function sampleFor(sample: Sample, input: ClassifierInput): ClassifierSample {
  const { file, fractured, size, image, segmentation } = sample;
  return {
    id: file,
    label: fractured ? 1 : 0,
    image: () => ({
      data: input === 'image' ? image : input === 'segmentation' ? segmentation : interleave(image, segmentation),
      height: size,
      width: size,
      channels: input === 'both' ? 2 : 1,
    }),
  };
}

/** Two planes as the channels of each pixel. */
function interleave(first: Float32Array, second: Float32Array): Float32Array {
  const both = new Float32Array(first.length * 2);
  for (let i = 0; i < first.length; i += 1) {
    both.set([first[i], second[i]], 2 * i);
  }
  return both;
}

function csvOf(judged: ClassifierResult['test']): string {
  const rows = judged.map(({ file, fractured, probability }) => [file, Number(fractured), probability]);
  return encodeCsv([['file', 'label', 'probability'], ...rows]);
}
