import { checkArguments, rule } from '@fractura/errors';
import type { DatasetJson } from '../dataset/dataset-json.js';
import type { LabelSet } from '../labels/label-set.js';
import { readLabels, type LabelDeclaration } from '../labels/read-labels.js';
import type { PlanConfiguration } from './plans.js';
import { NnunetFormatError } from '../errors.js';

/** The parts of a `dataset.json` that decide what the channels of a network's input and output mean. */
export type ChannelDeclaration = LabelDeclaration & Pick<DatasetJson, 'channel_names'>;

/** The labels of the previous stage that a network gets as channels, in their order; empty except in a cascade's second stage. */
export function previousStageLabels(
  planConfiguration: Pick<PlanConfiguration, 'previous_stage'>,
  options: Pick<LabelSet, 'foregroundLabels'>,
): readonly number[] {
  checkArguments({ planConfiguration, options }, previousStageLabelsArguments, NnunetFormatError);
  const { previous_stage: previousStage } = planConfiguration;
  const { foregroundLabels } = options;
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
  checkArguments({ configuration, datasetJson }, countInputChannelsArguments, NnunetFormatError);
  const previous = previousStageLabels(configuration, readLabels(datasetJson));
  return Object.keys(datasetJson.channel_names).length + previous.length;
}

const countInputChannelsArguments = {
  configuration: rule.fields({ previous_stage: rule.optional(rule.anyText) }),
  datasetJson: rule.fields({
    labels: rule.tableOf(rule.either(rule.anyNumber, rule.listOf(rule.anyNumber))),
    regions_class_order: rule.optional(rule.listOf(rule.anyNumber)),
    channel_names: rule.tableOf(rule.anyText),
  }),
};

const previousStageLabelsArguments = {
  planConfiguration: rule.fields({ previous_stage: rule.optional(rule.anyText) }),
  options: rule.fields({ foregroundLabels: rule.listOf(rule.anyNumber) }),
};
