import { encodePythonJson, PythonFloat } from '@fractura/python-compat';

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
