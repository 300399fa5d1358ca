import { checkOptions, rule } from '@fractura/errors';
import { labelKey } from '@fractura/metrics';
import type { DatasetJson } from '../dataset/dataset-json.js';
import { NnunetFormatError } from '../errors.js';
import type { ForegroundClass, LabelSet } from './label-set.js';

/** The part of a `dataset.json` that declares its labels. */
export type LabelDeclaration = Pick<DatasetJson, 'labels' | 'regions_class_order'>;

/**
 * Reads the labels of a `dataset.json`. They are regions where at least one of them has several members.
 *
 * @throws NnunetFormatError `labels-invalid`
 * @see nnU-Net: nnunetv2/utilities/label_handling/label_handling.py, LabelManager
 */
export function readLabels(options: LabelDeclaration): LabelSet {
  const { labels, regions_class_order: order } = checkOptions(options, readLabelsRule, NnunetFormatError);
  const { ignore, ...declared } = labels;
  checkBackground(declared);
  const allLabels = [...new Set(Object.values(declared).flatMap(membersOf))].sort((a, b) => a - b);
  checkConsecutive(allLabels, ignore);
  const hasRegions = Object.values(declared).some((value) => membersOf(value).length > 1);
  const foreground = hasRegions ? readRegions(declared, order) : allLabels.slice(1).map(exclusiveLabel);
  const channelLabels = hasRegions
    ? foreground.map(({ members }) => membersOf(members))
    : allLabels.map((label) => [label]);
  return {
    hasRegions,
    allLabels,
    foregroundLabels: allLabels.slice(1),
    foreground,
    segmentationHeads: channelLabels.length,
    channelLabels,
    ignoreLabel: ignore === undefined ? undefined : allLabels.length,
    annotatedKey: ignore === undefined ? undefined : labelKey([-1, ...allLabels]),
  };
}

const membersOf = (value: number | readonly number[]): readonly number[] =>
  typeof value === 'number' ? [value] : value;

const exclusiveLabel = (label: number): ForegroundClass => ({
  members: label,
  key: labelKey(label),
  channel: label,
  label,
});

/** Regions in the order of declaration, without those of the background alone. */
function readRegions(declared: DatasetJson['labels'], order: LabelDeclaration['regions_class_order']) {
  const regions = Object.values(declared).filter((value) => membersOf(value).some((label) => label !== 0));
  if (order?.length !== regions.length) {
    throw invalid(
      `regions_class_order is ${JSON.stringify(order)} for ${regions.length} foreground regions`,
      'Labels that are lists make regions; give regions_class_order, one label for each foreground region.',
    );
  }
  return regions.map((members, channel) => ({ members, key: labelKey(members), channel, label: order[channel] }));
}

function checkBackground(declared: DatasetJson['labels']): void {
  if (declared.background === 0) {
    return;
  }
  throw invalid(
    declared.background === undefined
      ? `there is no label "background" among ${Object.keys(declared).join(', ')}`
      : `"background" is ${JSON.stringify(declared.background)}`,
    'Add "background": 0; it is spelt so, in small letters.',
  );
}

function checkConsecutive(allLabels: readonly number[], ignore: number | readonly number[] | undefined): void {
  if (allLabels.some((label, index) => label !== index)) {
    throw invalid(
      `the labels are ${allLabels.join(', ')}`,
      'Labels are whole numbers from 0 on without a gap; a mask of 0 and 255 becomes one of 0 and 1.',
    );
  }
  if (ignore !== undefined && ignore !== allLabels.length) {
    throw invalid(
      `"ignore" is ${JSON.stringify(ignore)}`,
      `The ignore label must be the whole number ${allLabels.length}, one above the others, and no list.`,
    );
  }
}

const invalid = (what: string, remedy: string) =>
  new NnunetFormatError(`dataset.json: ${what}.`, { code: 'labels-invalid', remedy });

const readLabelsRule = rule.fields({
  labels: rule.tableOf(rule.either(rule.anyNumber, rule.listOf(rule.anyNumber))),
  regions_class_order: rule.optional(rule.listOf(rule.anyNumber)),
});
