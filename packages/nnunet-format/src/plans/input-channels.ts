import type { DatasetJson } from '../dataset/dataset-json.js';
import type { LabelSet } from '../labels/label-set.js';
import { readLabels, type LabelDeclaration } from '../labels/read-labels.js';
import type { PlanConfiguration } from './plans.js';

/** The parts of a `dataset.json` that decide what the channels of a network's input and output mean. */
export type ChannelDeclaration = LabelDeclaration & Pick<DatasetJson, 'channel_names'>;

/** The labels of the previous stage that a network gets as channels, in their order; empty except in a cascade's second stage. */
export function previousStageLabels(
  { previous_stage: previousStage }: Pick<PlanConfiguration, 'previous_stage'>,
  { foregroundLabels }: Pick<LabelSet, 'foregroundLabels'>,
): readonly number[] {
  return previousStage === undefined ? [] : foregroundLabels;
}

/**
 * Channels of a network's input: those of the image, and in a cascade's second stage one for each foreground label; with
 * regions too it is labels, not regions.
 *
 * @throws NnunetFormatError `labels-invalid`
 * @see nnU-Net: nnunetv2/utilities/label_handling/label_handling.py, determine_num_input_channels
 */
export function countInputChannels(
  configuration: Pick<PlanConfiguration, 'previous_stage'>,
  datasetJson: ChannelDeclaration,
): number {
  const previous = previousStageLabels(configuration, readLabels(datasetJson));
  return Object.keys(datasetJson.channel_names).length + previous.length;
}
