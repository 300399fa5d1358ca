import { refuseOverwrite, writeFileBeside } from '@fractura/array-files';
import { defineCommand } from '@fractura/command-line';
import type { MeanInterval } from '@fractura/metrics';
import { engineOption, startEngine } from '@fractura/tfjs-engine/options';
import { centreMap, heatmapAgreement, type HeatmapAgreement } from '../evaluation/heatmap-agreement.js';
import { readAnnotationMasks } from '../images/annotation-masks.js';
import { imageSample } from '../images/image-sample.js';
import { requirePreparation } from '../images/require-preparation.js';
import { loadClassifier } from '../inference/load-classifier.js';
import { classIndexOf, explanationOptions } from './explanation-options.js';
import { headings } from './headings.js';
import { batchOption, modelOption } from './shared.js';

/** `fractura classify evaluate-explanations`: whether heatmaps lie where annotations are. */
export const evaluateExplanationsCommand = defineCommand({
  ...headings.evaluateExplanations,
  positionals: {},
  options: {
    ...modelOption,
    images: { kind: 'string', describe: 'folder of the images', required: true },
    annotations: { kind: 'string', describe: 'COCO file with the outlines of the signs', required: true },
    category: { kind: 'string', describe: 'category of the COCO file (default: all)' },
    output: { kind: 'string', alias: 'o', describe: 'JSON file for the figures' },
    ...explanationOptions,
    ...batchOption,
    ...engineOption,
  },
  examples: [
    [
      '-m classifier --images radiographs --annotations coco.json --class fractured --method grad-cam++',
      'over all films with outlines',
    ],
  ],
  run: async (values, context) => {
    const { model, images, annotations, category, output, batch, method, stride } = values;
    const { print, progress, signal, json } = context;
    await refuseOverwrite({ inputs: [model, annotations], outputs: [output] });
    await startEngine(values, context);
    const classifier = await loadClassifier(model);
    const classIndex = classIndexOf(classifier, values.class);
    const preparation = requirePreparation(classifier);
    const masks = await readAnnotationMasks(annotations, preparation, { category });
    const { height, width } = classifier.image;
    const task = progress('Explaining');
    const explained = await classifier.explain(
      masks.map(({ file }) => imageSample(images, file, preparation)),
      { batchSize: batch, signal, onProgress: task.update, classIndex, method, stride },
    );
    task.finish();
    classifier.dispose();
    const centre = centreMap(height, width);
    const judge = (heatmapOf: (n: number) => Float32Array) =>
      heatmapAgreement(masks.map(({ mask }, n) => ({ heatmap: heatmapOf(n), mask, height, width })));
    const figures = { heatmaps: judge((n) => explained[n].heatmap), centre: judge(() => centre) };
    if (output !== undefined) {
      const films = masks.map(({ file }, n) => ({ file, probabilities: explained[n].probabilities }));
      await writeFileBeside(output, `${JSON.stringify({ ...figures, films }, undefined, 2)}\n`);
    }
    if (json) {
      print(figures);
      return;
    }
    print(`${masks.length} images with outlines in ${annotations}; means with 95 % intervals`);
    print(lineOf(method, figures.heatmaps));
    print(lineOf('middle of the image', figures.centre));
  },
});

function lineOf(name: string, { pointingGame, energyInside, iou, bestCutoff }: HeatmapAgreement): string {
  const show = ({ value, lower, upper }: MeanInterval) =>
    `${value.toFixed(3)} (${lower.toFixed(3)} to ${upper.toFixed(3)})`;
  return (
    `${name.padEnd(19)}  hottest pixel inside ${show(pointingGame)}  energy inside ${show(energyInside)}  ` +
    `IoU ${show(iou)} above ${bestCutoff.toFixed(2)} of the maximum`
  );
}
