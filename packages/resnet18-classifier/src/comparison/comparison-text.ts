import { encodeCsv } from '@fractura/array-files';
import type { Interval } from '@fractura/metrics';
import type { Judgement, ScoredCase } from './case-scores.js';
import type { Comparison } from './compare-judgements.js';

const show = ({ value, lower, upper }: Interval) => `${value.toFixed(3)} (${lower.toFixed(3)} to ${upper.toFixed(3)})`;

/** The comparison as lines for a terminal. */
export function* comparisonLines({ judges, differences }: Comparison): Generator<string> {
  const width = Math.max(...judges.map(({ name }) => name.length));
  yield `${judges[0].films} films, ${judges[0].positives} positive; 95 % intervals`;
  for (const { name, auc, accuracy, sensitivityAtSpecificity90 } of judges) {
    yield `${name.padEnd(width)}  AUC ${show(auc)}  accuracy ${show(accuracy)}  sensitivity at 90 % specificity ${show(sensitivityAtSpecificity90)}`;
  }
  for (const { first, second, delong, p, bootstrap, mcnemar, verdict } of differences) {
    yield (
      `${first} less ${second}: AUC ${show(delong)}, p ${p.toPrecision(2)} (DeLong); ${show(bootstrap)} (bootstrap); ` +
      `McNemar ${mcnemar.onlyFirst} : ${mcnemar.onlySecond}, p ${mcnemar.p.toPrecision(2)}: ${verdict}`
    );
  }
  for (const { name, strata } of judges) {
    for (const { stratum, value, films, positives, auc } of strata) {
      yield `${name}, ${stratum} ${value}: AUC ${show(auc)}, ${films} films, ${positives} positive`;
    }
  }
}

/** Every film with its label and what each judge says of it. */
export const judgementsCsv = (cases: readonly ScoredCase[], judgements: readonly Judgement[]): string =>
  encodeCsv([
    ['file', 'label', ...judgements.flatMap(({ name }) => [name, `${name}: positive`])],
    ...cases.map(({ id, label }, i) => [
      id,
      label,
      ...judgements.flatMap(({ cases: judged }) => [judged[i].probability, Number(judged[i].isPositive)]),
    ]),
  ]);
