import {
  bootstrapInterval,
  confusionMatrix,
  pairedBootstrap,
  rocAuc,
  rocCurve,
  wilsonInterval,
} from '@fractura/metrics';
import type { RunContext } from '../run/run-context.js';
import type { ClassifierResult } from './classify.js';
import type { MeanWithInterval } from './evaluate-segmentation.js';

/** What one classifier reaches on the test images. */
export interface ClassifierEvaluation {
  input: ClassifierResult['input'];
  measures: MeanWithInterval[];
  roc: [falsePositiveRate: number, truePositiveRate: number][];
  /** `counts[annotated][predicted]`, normal first. */
  confusion: number[][];
}

/** Classifiers side by side, and what the segmentation adds, with 95 % confidence intervals. */
export interface ClassifierComparison {
  variants: ClassifierEvaluation[];
  differences: MeanWithInterval[];
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
      const { value, lower, upper } = difference;
      return { name: `AUC with ${input} less AUC with image`, value, lower, upper };
    }),
  };
}

type Judged = Pick<ClassifierResult['test'][number], 'fractured' | 'probability'>;

function evaluateClassifier({ input, test }: ClassifierResult, seed: number): ClassifierEvaluation {
  const labels = test.map(({ fractured }) => Number(fractured));
  const scores = test.map(({ probability }) => probability);
  const predicted = scores.map((probability) => Number(probability >= threshold));
  const confusion = confusionMatrix({ labels, predictions: predicted, classes: [0, 1] });
  const [[trueNegative, falsePositive], [falseNegative, truePositive]] = confusion;
  const share = (name: string, successes: number, trials: number): MeanWithInterval => {
    const { lower, upper } = wilsonInterval({ successes, trials });
    return { name, value: successes / trials, lower, upper };
  };
  const auc = bootstrapInterval({ cases: test, statistic: aucOf, seed });
  const { falsePositiveRate, truePositiveRate } = rocCurve({ labels, scores });
  return {
    input,
    measures: [
      { name: 'AUC', value: auc.value, lower: auc.lower, upper: auc.upper },
      share('Accuracy', trueNegative + truePositive, test.length),
      share('Sensitivity', truePositive, truePositive + falseNegative),
      share('Specificity', trueNegative, trueNegative + falsePositive),
    ],
    roc: Array.from(falsePositiveRate, (rate, i) => [rate, truePositiveRate[i]]),
    confusion,
  };
}

function aucOf(judged: readonly Judged[]): number {
  return rocAuc({
    labels: judged.map(({ fractured }) => Number(fractured)),
    scores: judged.map(({ probability }) => probability),
  });
}
