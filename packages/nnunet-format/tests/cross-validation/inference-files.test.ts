import { expect, test } from '@jest/globals';
import { encodeInferenceInformation, inferenceInstructions, type InferenceInformation } from '../../src/index.js';

const single: InferenceInformation = {
  all_results: { nnUNetTrainer__nnUNetPlans__2d: 1 },
  best_model_or_ensemble: {
    postprocessing_file: 'm/postprocessing.pkl',
    result_on_crossval_post_pp: 1,
    result_on_crossval_pre_pp: 0.5,
    selected_model_or_models: [{ configuration: '2d', plans_identifier: 'nnUNetPlans', trainer: 'nnUNetTrainer' }],
    some_plans_file: 'm/plans.json',
  },
  considered_models: [{ configuration: '2d', plans: 'nnUNetPlans', trainer: 'nnUNetTrainer' }],
  dataset_name_or_id: 'Dataset921_FracAtlas',
  ensembling_allowed: true,
  folds: [0, 1],
};

test('scores are floats in inference_information.json, also where they are whole', () => {
  const text = encodeInferenceInformation(single);
  expect(text).toContain('"result_on_crossval_post_pp": 1.0');
  expect(text).toContain('"nnUNetTrainer__nnUNetPlans__2d": 1.0');
  expect(JSON.parse(text)).toEqual(single);
});

test('the instructions for a single model name one prediction and the postprocessing', () => {
  expect(inferenceInstructions(single)).toBe(`***Run inference like this:***

nnUNetv2_predict -d Dataset921_FracAtlas -i INPUT_FOLDER -o OUTPUT_FOLDER -f  0 1 -tr nnUNetTrainer -c 2d -p nnUNetPlans

***Once inference is completed, run postprocessing like this:***

nnUNetv2_apply_postprocessing -i OUTPUT_FOLDER -o OUTPUT_FOLDER_PP -pp_pkl_file m/postprocessing.pkl -np 8 -plans_json m/plans.json
`);
});

test('and for an ensemble each of its models, then the ensembling', () => {
  const [model] = single.best_model_or_ensemble.selected_model_or_models;
  const best = {
    ...single.best_model_or_ensemble,
    selected_model_or_models: [model, { ...model, configuration: '3d_fullres' }],
  };
  const text = inferenceInstructions({ ...single, best_model_or_ensemble: best });
  expect(text).toContain(
    '-o OUTPUT_FOLDER_MODEL_2 -f  0 1 -tr nnUNetTrainer -c 3d_fullres -p nnUNetPlans --save_probabilities\n',
  );
  expect(text).toContain('nnUNetv2_ensemble -i OUTPUT_FOLDER_MODEL_1 OUTPUT_FOLDER_MODEL_2 -o OUTPUT_FOLDER -np 8\n');
});
