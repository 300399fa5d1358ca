import type { Curve, ReportData } from '../src/index.js';

/** Small made-up results that fill every part of the page. */
export function sampleReport(): ReportData {
  const size = 32;
  const disc = (radius: number) =>
    Uint8Array.from({ length: size * size }, (_, index) => {
      const [x, y] = [(index % size) - 15.5, Math.floor(index / size) - 15.5];
      return x * x + y * y < radius * radius ? 1 : 0;
    });
  const image = {
    data: Uint8Array.from({ length: size * size }, (_, i) => ((i % size) * 7) % 256),
    width: size,
    height: size,
  };
  const falling = (name: string, scale: number): Curve => ({
    name,
    points: [0, 1, 2, 3].map((epoch) => [epoch, scale / (epoch + 1)] as const),
  });
  const example = (rank: string, dice: number) => ({
    rank,
    dice,
    image,
    file: `IMG_${rank}.jpg`,
    reference: { data: disc(8), width: size, height: size },
    prediction: { data: disc(6), width: size, height: size },
  });
  const variant = (input: string, auc: number) => ({
    input,
    measures: [
      { name: 'AUC', value: auc, lower: auc - 0.1, upper: auc + 0.05 },
      { name: 'Specificity', value: NaN },
    ],
    loss: [falling('training', 0.7), falling('validation', 0.8)],
    accuracy: [falling('validation', 0.9)],
    roc: {
      name: input,
      points: [
        [0, 0],
        [0.2, auc],
        [1, 1],
      ] as const,
    },
    confusion: {
      classes: ['normal', 'fractured'],
      counts: [
        [40, 3],
        [5, 38],
      ],
    },
  });
  return {
    title: 'Fractures <in> "made-up" radiographs',
    createdAt: '2026-11-24T12:00:00Z',
    summary: ['The cross-validated Dice is 0.612.'],
    dataset: {
      description: 'Made up for a test.',
      facts: [{ label: 'Images', value: '240' }],
      distributions: [
        {
          title: 'Body part',
          counts: [
            { label: 'hand', count: 12 },
            { label: 'shoulder', count: 3 },
          ],
        },
      ],
    },
    audit: [
      {
        code: 'rotated',
        severity: 'warning',
        title: 'Turned by EXIF',
        explanation: 'Turned upright.',
        count: 20,
        files: Array.from({ length: 20 }, (_, index) => `IMG${index}.jpg`),
      },
    ],
    segmentation: {
      description: 'Five folds.',
      crossValidation: [{ name: 'Dice', value: 0.612, lower: 0.55, upper: 0.67 }],
      heldOut: [
        { name: 'Dice', value: 0.58 },
        { name: 'IoU', value: 0.45 },
      ],
      diceByCase: [0, 0.5, 0.61, 0.62, 1, NaN],
      trainingCurves: { loss: [falling('fold 0', 1), falling('fold 1', 1.2)], dice: [falling('fold 0', 0.5)] },
      examples: [example('best', 0.9), example('median', 0.6), example('worst', 0)],
    },
    classification: {
      description: 'Three inputs.',
      variants: [variant('image', 0.8), variant('segmentation', 0.85), variant('image and segmentation', 0.9)],
      differences: [{ name: 'AUC, both less image', value: 0.1, lower: -0.02, upper: 0.2 }],
    },
    reproduction: {
      command: 'fractura run --seed 1',
      facts: [{ label: 'Engine', value: 'wasm' }],
      stages: [{ name: 'train', seconds: 83.2 }],
    },
  };
}
