import { join } from 'node:path';
import { makeFolder, refuseOverwrite } from '@fractura/array-files';
import { defineCommand } from '@fractura/command-line';
import { findImages } from '@fractura/radiograph';
import { engineOption, startEngine } from '@fractura/tfjs-engine/options';
import { imageSample } from '../images/image-sample.js';
import { requirePreparation } from '../images/require-preparation.js';
import { writeHeatmap } from '../images/write-heatmap.js';
import { loadClassifier } from '../inference/load-classifier.js';
import { classIndexOf, explanationOptions } from './explanation-options.js';
import { headings } from './headings.js';
import { batchOption, modelOption } from './shared.js';

/** `fractura classify explain`: images with what spoke for a class laid over them. */
export const explainCommand = defineCommand({
  ...headings.explain,
  positionals: {},
  options: {
    ...modelOption,
    input: { kind: 'string', alias: 'i', describe: 'folder of images, or one image', required: true },
    output: { kind: 'string', alias: 'o', describe: 'folder for the pictures', required: true },
    ...explanationOptions,
    ...batchOption,
    ...engineOption,
  },
  examples: [['-m classifier -i radiographs -o heatmaps --class fractured', 'writes a PNG for each radiograph']],
  run: async ({ model, input, output, class: wanted, method, stride, batch, engine }, context) => {
    const { print, note, progress, signal, json } = context;
    const { folder, files } = await findImages(input);
    await startEngine({ engine }, context);
    const classifier = await loadClassifier(model);
    const { classNames } = classifier;
    const index = classIndexOf(classifier, wanted);
    const pictures = picturesOf(files).map((name) => join(output, name));
    await refuseOverwrite({ inputs: [model, ...files.map((file) => join(folder, file))], outputs: pictures });
    await makeFolder(output);
    const preparation = requirePreparation(classifier);
    const samples = files.map((file) => imageSample(folder, file, preparation, note));
    const task = progress('Explaining');
    const results = await classifier.explain(samples, {
      batchSize: batch,
      signal,
      onProgress: task.update,
      classIndex: index,
      method,
      stride,
    });
    classifier.dispose();
    const written = [];
    for (const [n, { id, classIndex, probabilities, heatmap }] of results.entries()) {
      const picture = pictures[n];
      await writeHeatmap(picture, await samples[n].image(), heatmap);
      written.push({ file: id, class: classNames[classIndex], probability: probabilities[classIndex], picture });
    }
    task.finish();
    if (json) {
      print(written);
    } else {
      for (const each of written) {
        print(`${each.picture}  ${each.class} ${each.probability.toFixed(4)}`);
      }
    }
  },
});

/** A name for each image's picture; the image's ending stays in it where two images differ in nothing else. */
function picturesOf(files: readonly string[]): string[] {
  const stemOf = (file: string) => file.replace(/\.[^.]+$/, '');
  const stems = files.map((file) => stemOf(file).toLowerCase());
  return files.map((file, n) => {
    const isShared = stems.indexOf(stems[n]) !== stems.lastIndexOf(stems[n]);
    return `${isShared ? file : stemOf(file)}.png`;
  });
}
