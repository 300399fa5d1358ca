import { checkArguments, rule } from '@fractura/errors';
import type { EvaluationSummary, OverlapMetrics } from '@fractura/metrics';
import { encodePythonJson, PythonFloat } from '@fractura/python-compat';
import { NnunetFormatError } from '../errors.js';
import { checkEntries, isListOf, isTable } from '../files/expected-entries.js';
import { readJsonIfAny } from '../files/read-json-if-any.js';

/**
 * nnU-Net's summary.json, byte for byte: means are floats, counts of cases whole numbers, NaN a bare word.
 *
 * @param extended what else is known; it stands beside nnU-Net's keys under `extended`, which nnU-Net does not read.
 * @see nnU-Net: nnunetv2/evaluation/evaluate_predictions.py, save_summary_json
 */
export function encodeSummary(evaluationSummary: EvaluationSummary, extended?: object): string {
  checkArguments({ evaluationSummary, extended }, encodeSummaryArguments, NnunetFormatError);
  const { foreground_mean, mean, metric_per_case } = evaluationSummary;
  const summary = {
    extended,
    ...summaryMeans({ foreground_mean, mean }),
    metric_per_case: metric_per_case.map(({ metrics, ...files }) => ({
      ...files,
      metrics: Object.fromEntries(
        Object.entries(metrics).map(([label, { Dice, IoU, ...counts }]) => [
          label,
          { ...counts, Dice: new PythonFloat(Dice), IoU: new PythonFloat(IoU) },
        ]),
      ),
    })),
  };
  return encodePythonJson(summary, { indent: 4, sortKeys: true });
}

/** The means of a summary as they are written: all of them floats. */
export function summaryMeans({ foreground_mean, mean }: Pick<EvaluationSummary, 'foreground_mean' | 'mean'>) {
  return {
    foreground_mean: floats(foreground_mean),
    mean: Object.fromEntries(Object.entries(mean).map(([label, metrics]) => [label, floats(metrics)])),
  };
}

function floats(metrics: OverlapMetrics): Record<string, PythonFloat> {
  return Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, new PythonFloat(value as number)]));
}

/**
 * Reads a `summary.json`, ours or nnU-Net's.
 *
 * @throws NnunetFormatError `summary-missing`, `summary-invalid`, naming the file.
 * @see nnU-Net: nnunetv2/evaluation/evaluate_predictions.py, load_summary_json
 */
export async function readSummary(file: string): Promise<EvaluationSummary> {
  checkArguments({ file }, { file: rule.text }, NnunetFormatError);
  const summary = await readJsonIfAny(file, {
    what: 'a summary',
    code: 'summary-invalid',
    remedy: 'Evaluate the folder again.',
    check: checkSummary,
  });
  if (summary) {
    return summary;
  }
  throw new NnunetFormatError(`${file} does not exist.`, {
    code: 'summary-missing',
    remedy: 'Evaluate the folder first: fractura evaluate REFERENCES PREDICTIONS.',
  });
}

function checkSummary(content: Record<string, unknown>): EvaluationSummary {
  const { foreground_mean, mean, metric_per_case } = content;
  if (typeof foreground_mean !== 'object' || typeof mean !== 'object' || !Array.isArray(metric_per_case)) {
    throw new Error('it has no foreground_mean, mean or metric_per_case');
  }
  const isMeasured = (value: unknown) =>
    isTable(value) && Object.values(value).every((entry) => typeof entry === 'number');
  const isByLabel = (value: unknown) => isTable(value) && Object.values(value).every(isMeasured);
  checkEntries(content, {
    foreground_mean: { what: 'measures by name', fits: isMeasured },
    mean: { what: 'measures by label', fits: isByLabel },
    metric_per_case: {
      what: 'a list of cases with their metrics by label',
      fits: (value) => isListOf(value, (one) => isTable(one) && isByLabel(one.metrics)),
    },
  });
  return content as unknown as EvaluationSummary;
}

const meansRule = rule.fields({
  Dice: rule.anyNumber,
  FN: rule.anyNumber,
  FP: rule.anyNumber,
  IoU: rule.anyNumber,
  TN: rule.anyNumber,
  TP: rule.anyNumber,
  n_pred: rule.anyNumber,
  n_ref: rule.anyNumber,
});

const encodeSummaryArguments = {
  evaluationSummary: rule.fields({
    foreground_mean: meansRule,
    mean: rule.tableOf(meansRule),
    metric_per_case: rule.listOf(
      rule.fields({ metrics: rule.tableOf(rule.object), prediction_file: rule.text, reference_file: rule.text }),
    ),
  }),
  extended: rule.optional(rule.object),
};
