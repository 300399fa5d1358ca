import { checkArguments, rule } from '@fractura/errors';
import { encodePythonJson } from '@fractura/python-compat';
import { NnunetFormatError } from '../errors.js';

/** How a folder was predicted, in our words. */
export interface PredictionArguments {
  /** Folders as they were given. */
  input: string;
  output: string;
  saveProbabilities?: boolean | undefined;
  /** Predict again what is there already. Default true. */
  overwrite?: boolean | undefined;
  /** Of a cascade: the folder with the labels of the stage before. */
  previousStage?: string | undefined;
  /** The cases are dealt to that many parts, and this one, from 0, was predicted. Default 1 and 0. */
  parts?: number | undefined;
  part?: number | undefined;
}

/**
 * The content of predict_from_raw_data_args.json, which nnU-Net leaves beside its predictions.
 *
 * @see nnU-Net: nnunetv2/inference/predict_from_raw_data.py, nnUNetPredictor.predict_from_files
 */
export function encodePredictionArguments(given: PredictionArguments): string {
  checkArguments({ given }, { given: predictionArgumentsRule }, NnunetFormatError);
  const content = {
    list_of_lists_or_source_folder: given.input,
    output_folder_or_list_of_truncated_output_files: given.output,
    save_probabilities: given.saveProbabilities ?? false,
    overwrite: given.overwrite ?? true,
    num_processes_preprocessing: 1,
    num_processes_segmentation_export: 1,
    folder_with_segs_from_prev_stage: given.previousStage ?? null,
    num_parts: given.parts ?? 1,
    part_id: given.part ?? 0,
  };
  return encodePythonJson(content, { indent: 4, sortKeys: true });
}

/** What {@link PredictionArguments} must be. */
export const predictionArgumentsRule = rule.fields({
  input: rule.anyText,
  output: rule.text,
  saveProbabilities: rule.optional(rule.flag),
  overwrite: rule.optional(rule.flag),
  previousStage: rule.optional(rule.anyText),
  parts: rule.optional(rule.anyNumber),
  part: rule.optional(rule.anyNumber),
});
