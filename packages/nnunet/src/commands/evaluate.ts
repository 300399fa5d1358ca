import { defineCommand } from '@fractura/command-line';
import { foregroundClasses, readDatasetJson, readLabels } from '@fractura/nnunet-format';
import writeFileAtomic from 'write-file-atomic';
import { NnunetError } from '../errors.js';
import { encodeSummary } from '../evaluation/encode-summary.js';
import { evaluateFolder } from '../evaluation/evaluate-folder.js';
import { extendedMeasures, extendedSummary, type ExtendedSummary } from '../evaluation/extended-summary.js';
import { inFolder } from '../folders/in-folder.js';
import { namesIn } from '../folders/list-cases.js';
import { ignoredOptions } from './ignored-options.js';

/** `fractura evaluate`: nnU-Net's summary.json of a folder of predictions. */
export const evaluateCommand = defineCommand({
  name: 'evaluate',
  summary: 'Compares predicted with reference segmentations and writes nnU-Net’s summary.json.',
  positionals: {
    references: { kind: 'string', describe: 'folder of reference segmentations', required: true },
    predictions: { kind: 'string', describe: 'folder of predicted ones, under the same names', required: true },
  },
  options: {
    djfile: { kind: 'string', describe: 'dataset.json that says which labels there are' },
    pfile: { kind: 'string', describe: 'plans file; accepted for nnU-Net’s sake, the files tell how to read them' },
    labels: { kind: 'numbers', alias: 'l', describe: 'labels (instead of --djfile)' },
    'ignore-label': { kind: 'number', alias: 'il', describe: 'reference label whose voxels do not count' },
    ending: { kind: 'string', describe: 'file ending, with -l (default: the one in the folder)' },
    output: { kind: 'string', alias: 'o', describe: 'where to (default: summary.json in the folder of predictions)' },
    extended: {
      kind: 'boolean',
      describe: 'add surface distances, boundary IoU and 95 % intervals, under "extended"',
      default: false,
    },
    chill: { kind: 'boolean', describe: 'accept references without a prediction', default: false },
    ...ignoredOptions('np'),
  },
  examples: [
    ['labelsTs predictions --djfile dataset.json --pfile nnUNetPlans.json', 'as nnUNetv2_evaluate_folder'],
    ['labelsTs predictions -l 1 2 -il 3', 'as nnUNetv2_evaluate_simple'],
    ['labelsTs predictions -l 1 --extended', 'adds distances and intervals'],
  ],
  run: async (
    { references, predictions, djfile, labels: given, ignoreLabel, ending, output, chill, extended },
    { print, json, signal, progress },
  ) => {
    const { labels, ignore, fileEnding } =
      djfile === undefined
        ? fromOptions(given, ignoreLabel, ending ?? (await endingIn(references)))
        : await fromDataset(djfile);
    const task = progress('Evaluating');
    const cases: ExtendedSummary['cases'] = [];
    const summary = await evaluateFolder({
      references,
      predictions,
      labels,
      fileEnding,
      chill,
      ignoreLabel: ignore,
      signal,
      onProgress: task.update,
      onCase: (name, reference, prediction) => {
        if (!extended) {
          return;
        }
        const measures = extendedMeasures({ reference, prediction, labels, ignoreLabel: ignore });
        cases.push({ case: name, labels: measures });
      },
    });
    const more = extended ? extendedSummary(cases) : undefined;
    task.finish(`mean Dice ${summary.foreground_mean.Dice.toFixed(5)}`);
    const file = output ?? inFolder(predictions, 'summary.json');
    await writeFileAtomic(file, encodeSummary(summary, more));
    print(json ? { ...summary, extended: more } : file);
  },
});

interface Counted {
  labels: (number | number[])[];
  ignore: number | undefined;
  fileEnding: string;
}

function fromOptions(labels: number[] | undefined, ignore: number | undefined, fileEnding: string): Counted {
  if (labels && labels.length > 0) {
    return { labels, ignore, fileEnding };
  }
  throw new NnunetError('It is not said which labels count.', {
    code: 'labels-missing',
    remedy: 'Give --djfile dataset.json, or -l with the labels.',
  });
}

async function fromDataset(file: string): Promise<Counted> {
  const json = await readDatasetJson(file);
  const labels = readLabels(json);
  return { labels: foregroundClasses(labels), ignore: labels.ignoreLabel, fileEnding: json.file_ending };
}

/** The ending that the segmentations of a folder have. */
async function endingIn(folder: string): Promise<string> {
  const endings = ['.nii.gz', '.nii', '.png', '.bmp', '.tif'];
  const names = await namesIn(folder);
  const ending = endings.find((known) => names.some((name) => name.endsWith(known)));
  if (ending !== undefined) {
    return ending;
  }
  throw new NnunetError(`${folder} has no segmentations.`, {
    code: 'no-cases',
    remedy: `They end in one of ${endings.join(', ')}.`,
  });
}
