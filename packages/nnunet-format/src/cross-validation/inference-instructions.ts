import { checkArguments } from '@fractura/errors';
import { type InferenceInformation, inferenceInformationRule } from './inference-information.js';
import { NnunetFormatError } from '../errors.js';

/** nnU-Net's number of processes in the commands that it writes. */
const processes = 8;

/**
 * The content of nnU-Net's inference_instructions.txt, word for word; `fractura` takes the same options after its own
 * commands' names.
 *
 * @see nnU-Net: nnunetv2/evaluation/find_best_configuration.py, print_inference_instructions
 */
export function inferenceInstructions(information: InferenceInformation): string {
  checkArguments({ information }, { information: inferenceInformationRule }, NnunetFormatError);
  const { best_model_or_ensemble: best, dataset_name_or_id: dataset, folds } = information;
  const models = best.selected_model_or_models;
  const isEnsemble = models.length > 1;
  const outputs = models.map((_, i) => (isEnsemble ? `OUTPUT_FOLDER_MODEL_${i + 1}` : 'OUTPUT_FOLDER'));
  const predictions = models.map(
    ({ configuration, trainer, plans_identifier: plans }, i) =>
      `nnUNetv2_predict -d ${dataset} -i INPUT_FOLDER -o ${outputs[i]} -f  ${folds.join(' ')} -tr ${trainer} ` +
      `-c ${configuration} -p ${plans}${isEnsemble ? ' --save_probabilities' : ''}`,
  );
  const lines = [
    '***Run inference like this:***\n',
    ...(isEnsemble
      ? ['An ensemble won! What a surprise! Run the following commands to run predictions with the ensemble members:\n']
      : []),
    ...predictions,
    ...(isEnsemble
      ? ['\nThe run ensembling with:\n', `nnUNetv2_ensemble -i ${outputs.join(' ')} -o OUTPUT_FOLDER -np ${processes}`]
      : []),
    '\n***Once inference is completed, run postprocessing like this:***\n',
    `nnUNetv2_apply_postprocessing -i OUTPUT_FOLDER -o OUTPUT_FOLDER_PP -pp_pkl_file ${best.postprocessing_file} ` +
      `-np ${processes} -plans_json ${best.some_plans_file}`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}
