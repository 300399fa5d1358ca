import { bootstrapInterval, diagnosticAccuracy, pairedBootstrap, rocAuc, rocCurve } from '@fractura/metrics';
import type { RunContext } from '../run/run-context.js';
import type { ClassifierResult } from './classify.js';
import { namedInterval, type NamedInterval } from './named-interval.js';

/** What one classifier reaches on the test images. */
export interface ClassifierEvaluation {
  input: ClassifierResult['input'];
  measures: NamedInterval[];
  roc: [falsePositiveRate: number, truePositiveRate: number][];
  /** `counts[annotated][predicted]`, normal first. */
  confusion: number[][];
}

/** Classifiers side by side, and what the segmentation adds, with 95 % confidence intervals. */
export interface ClassifierComparison {
  variants: ClassifierEvaluation[];
  differences: NamedInterval[];
}

/** The probability from which on a radiograph counts as fractured. */
const threshold = 0.5;

/** Test metrics of each classifier, and the AUC of the others less that of the image alone, paired by image. */
export function evaluateClassifiers(
  results: readonly ClassifierResult[],
  { settings: { seed } }: Pick<RunContext, 'settings'>,
): ClassifierComparison {
  const [image, ...others] = results;
  return {
    variants: results.map((result) => evaluateClassifier(result, seed)),
    differences: others.map(({ input, test }) => {
      const pairs = test.map((judged, i) => ({ ...judged, before: image.test[i].probability }));
      const difference = pairedBootstrap({
        cases: pairs,
        first: (drawn) => aucOf(drawn.map(({ fractured, probability }) => ({ fractured, probability }))),
        second: (drawn) => aucOf(drawn.map(({ fractured, before }) => ({ fractured, probability: before }))),
        seed,
      });
      return namedInterval(`AUC with ${input} less AUC with image`, difference);
    }),
  };
}

type Judged = Pick<ClassifierResult['test'][number], 'fractured' | 'probability'>;

function evaluateClassifier({ input, test }: ClassifierResult, seed: number): ClassifierEvaluation {
  const labels = test.map(({ fractured }) => Number(fractured));
  const scores = test.map(({ probability }) => probability);
  const { accuracy, sensitivity, specificity, counts } = diagnosticAccuracy({ labels, scores }, { threshold });
  const { falsePositiveRate, truePositiveRate } = rocCurve({ labels, scores });
  return {
    input,
    measures: [
      namedInterval('AUC', bootstrapInterval({ cases: test, statistic: aucOf, seed })),
      namedInterval('Accuracy', accuracy),
      namedInterval('Sensitivity', sensitivity),
      namedInterval('Specificity', specificity),
    ],
    roc: Array.from(falsePositiveRate, (rate, i) => [rate, truePositiveRate[i]]),
    confusion: [
      [counts.trueNegatives, counts.falsePositives],
      [counts.falseNegatives, counts.truePositives],
    ],
  };
}

function aucOf(judged: readonly Judged[]): number {
  return rocAuc({
    labels: judged.map(({ fractured }) => Number(fractured)),
    scores: judged.map(({ probability }) => probability),
  });
}
