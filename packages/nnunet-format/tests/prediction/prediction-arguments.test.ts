import { expect, test } from '@jest/globals';
import { encodePredictionArguments } from '../../src/index.js';

test('the arguments of a prediction are written under nnU-Net’s names, sorted', () => {
  const text = encodePredictionArguments({ input: 'imagesTs', output: 'labels', saveProbabilities: true });
  expect(text).toBe(`{
    "folder_with_segs_from_prev_stage": null,
    "list_of_lists_or_source_folder": "imagesTs",
    "num_parts": 1,
    "num_processes_preprocessing": 1,
    "num_processes_segmentation_export": 1,
    "output_folder_or_list_of_truncated_output_files": "labels",
    "overwrite": true,
    "part_id": 0,
    "save_probabilities": true
}`);
});
