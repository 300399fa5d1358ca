import type { PlanConfiguration } from './configuration.js';
import { readLabels, type DatasetLabels, type LabelSet } from './labels.js';

/** The labels of the previous stage that a network gets as channels, in their order: none but in a cascade's second stage. */
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
 * @throws UnetModelError `labels-invalid`
 * @see reference/nnunet-v2/behaviour.md, section 7.10
 */
export function countInputChannels(
  configuration: Pick<PlanConfiguration, 'previous_stage'>,
  datasetJson: DatasetLabels,
): number {
  const previous = previousStageLabels(configuration, readLabels(datasetJson));
  return Object.keys(datasetJson.channel_names).length + previous.length;
}
