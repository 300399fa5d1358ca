import { join } from 'node:path';
import { balancedRecipe, trainClassifier, type ClassifierSample } from '@fractura/resnet18-classifier';

/** Of the tiny classifier's images, which are wider than high, so that letterboxed films leave room beside them. */
const [width, height] = [48, 32];

/** Trains a ResNet-18 for a moment on noise with and without a bright bar, of images as files give them. */
export async function tinyClassifier(folder: string): Promise<string> {
  const samples = Array.from({ length: 8 }, (_, n): ClassifierSample => {
    const data = Float32Array.from({ length: width * height }, (_, i) => {
      const bar = n % 2 === 1 && i >= 10 * width && i < 14 * width ? 0.5 : 0;
      return 0.3 + 0.1 * Math.sin(12.9898 * (i + 7 * n)) + bar;
    });
    return { id: `noise_${n}`, label: n % 2, image: () => ({ data, width, height, channels: 1 }) };
  });
  const outputDirectory = join(folder, 'classifier');
  await trainClassifier({
    train: samples,
    validation: samples,
    classNames: ['normal', 'fractured'],
    network: 'resnet18',
    preparation: { resize: 'bilinear', width, height, channels: 1, depth: 'uint8', fit: 'letterbox' },
    recipe: balancedRecipe({ pretrained: false }),
    epochs: 1,
    batchSize: 4,
    workers: 0,
    seed: 1,
    outputDirectory,
  });
  return outputDirectory;
}
