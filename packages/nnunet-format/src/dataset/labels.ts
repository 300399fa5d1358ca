import { NnunetFormatError } from '../errors.js';
import type { DatasetJson } from './dataset-json.js';

/** The labels of a data set, made explicit as nnU-Net's label manager does. */
export interface LabelManager {
  /** Whether the network gives overlapping regions (sigmoid) rather than exclusive labels (softmax). */
  hasRegions: boolean;
  /** All labels from 0 on, without the ignore label. */
  allLabels: number[];
  /** In label mode: every label but 0. */
  foregroundLabels: number[];
  /** In region mode: the labels of each foreground region, in the order of declaration; a plain label stays a number. */
  foregroundRegions: (number | number[])[] | undefined;
  regionsClassOrder: number[] | undefined;
  ignoreLabel: number | undefined;
  /** Channels of the network's output. */
  segmentationHeads: number;
}

/**
 * Reads the labels of a `dataset.json`.
 *
 * @throws NnunetFormatError `labels-invalid`
 * @see reference/nnunet-v2/behaviour.md, section 1.3
 */
export function readLabels({
  labels,
  regions_class_order: order,
}: Pick<DatasetJson, 'labels' | 'regions_class_order'>): LabelManager {
  const { ignore, ...declared } = labels;
  if (declared.background !== 0) {
    throw invalid(
      declared.background === undefined
        ? `there is no label "background" among ${Object.keys(labels).join(', ')}`
        : `"background" is ${JSON.stringify(declared.background)}`,
      'Add "background": 0; it is spelt so, in small letters.',
    );
  }
  const members = Object.values(declared).map((value) => (typeof value === 'number' ? [value] : value));
  const allLabels = [...new Set(members.flat())].sort((a, b) => a - b);
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
  const shared = { allLabels, foregroundLabels: allLabels.slice(1), ignoreLabel: ignore };
  if (!members.some((of) => of.length > 1)) {
    return {
      ...shared,
      hasRegions: false,
      foregroundRegions: undefined,
      regionsClassOrder: undefined,
      segmentationHeads: allLabels.length,
    };
  }
  const foregroundRegions = Object.values(declared).filter((value) =>
    (typeof value === 'number' ? [value] : value).some((label) => label !== 0),
  );
  if (order?.length !== foregroundRegions.length) {
    throw invalid(
      `regions_class_order is ${JSON.stringify(order)} for ${foregroundRegions.length} foreground regions`,
      'Labels that are lists make regions; give regions_class_order, one label for each foreground region.',
    );
  }
  return {
    ...shared,
    hasRegions: true,
    foregroundRegions,
    regionsClassOrder: order,
    segmentationHeads: foregroundRegions.length,
  };
}

/** The classes that foreground sampling and evaluation tell apart: labels, or regions. */
export function foregroundClasses({ foregroundRegions, foregroundLabels }: LabelManager): (number | number[])[] {
  return foregroundRegions ?? foregroundLabels;
}

/** A label or region as Python spells it as a key: `1`, `(1, 2)`, `(3,)`. */
export function classKey(region: number | readonly number[]): string {
  if (typeof region === 'number') {
    return String(region);
  }
  return region.length === 1 ? `(${region[0]},)` : `(${region.join(', ')})`;
}

const invalid = (what: string, remedy: string) =>
  new NnunetFormatError(`dataset.json: ${what}.`, { code: 'labels-invalid', remedy });
