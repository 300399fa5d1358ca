import { checkArguments, rule } from '@fractura/errors';
import { encodePythonJson, PythonFloat } from '@fractura/python-compat';
import { NnunetFormatError } from '../errors.js';

/** A way of training that was compared, under nnU-Net's keys. */
export interface CandidateModel {
  configuration: string;
  plans: string;
  trainer: string;
}

/** The content of nnU-Net's inference_information.json; scores are mean foreground Dice. */
export interface InferenceInformation {
  /** By model or ensemble. */
  all_results: Record<string, number>;
  best_model_or_ensemble: {
    postprocessing_file: string;
    result_on_crossval_post_pp: number;
    result_on_crossval_pre_pp: number;
    selected_model_or_models: { configuration: string; plans_identifier: string; trainer: string }[];
    some_plans_file: string;
  };
  considered_models: CandidateModel[];
  dataset_name_or_id: string;
  ensembling_allowed: boolean;
  folds: number[];
}

/**
 * nnU-Net's inference_information.json, byte for byte: scores are floats, also where they are whole.
 *
 * @see nnU-Net: nnunetv2/evaluation/find_best_configuration.py, find_best_configuration
 */
export function encodeInferenceInformation(information: InferenceInformation): string {
  checkArguments({ information }, { information: inferenceInformationRule }, NnunetFormatError);
  const { all_results: results, best_model_or_ensemble: best, ...rest } = information;
  const content = {
    ...rest,
    all_results: Object.fromEntries(Object.entries(results).map(([name, dice]) => [name, new PythonFloat(dice)])),
    best_model_or_ensemble: {
      ...best,
      result_on_crossval_pre_pp: new PythonFloat(best.result_on_crossval_pre_pp),
      result_on_crossval_post_pp: new PythonFloat(best.result_on_crossval_post_pp),
    },
  };
  return encodePythonJson(content, { indent: 4, sortKeys: true });
}

/** What {@link CandidateModel} must be. */
export const candidateModelRule = rule.fields({ configuration: rule.text, plans: rule.text, trainer: rule.text });

/** What {@link InferenceInformation} must be. */
export const inferenceInformationRule = rule.fields({
  all_results: rule.tableOf(rule.anyNumber),
  best_model_or_ensemble: rule.fields({
    postprocessing_file: rule.text,
    result_on_crossval_post_pp: rule.anyNumber,
    result_on_crossval_pre_pp: rule.anyNumber,
    selected_model_or_models: rule.listOf(
      rule.fields({ configuration: rule.text, plans_identifier: rule.anyText, trainer: rule.text }),
    ),
    some_plans_file: rule.text,
  }),
  considered_models: rule.listOf(candidateModelRule),
  dataset_name_or_id: rule.anyText,
  ensembling_allowed: rule.flag,
  folds: rule.listOf(rule.anyNumber),
});
