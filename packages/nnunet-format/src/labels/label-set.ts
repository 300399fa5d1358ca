import { checkArguments, rule } from '@fractura/errors';
import { NnunetFormatError } from '../errors.js';

/** One class of the foreground: a label, or a region. */
export interface ForegroundClass {
  /** The label, or the labels of the region, as dataset.json declares them. */
  members: number | readonly number[];
  /** Its key in summaries and class locations: `1`, `(1, 2)`, `(3,)`. */
  key: string;
  /** The channel of the network's output that predicts it. */
  channel: number;
  /** The label that is written for it. */
  label: number;
}

/** The labels and regions of a data set, made explicit: what sampling, loss, evaluation and export need of them. */
export interface LabelSet {
  /** Whether the network predicts overlapping regions (a sigmoid per channel) instead of exclusive labels (softmax). */
  hasRegions: boolean;
  /** Every label from 0 on but the ignore label. */
  allLabels: readonly number[];
  /** Every label but 0 and the ignore label; with regions those that the regions are made of. */
  foregroundLabels: readonly number[];
  /** The classes that sampling and evaluation tell apart: labels ascending, or regions in the order of declaration. */
  foreground: readonly ForegroundClass[];
  /** Channels of the network's output: with regions one for each, else one for each label, the background's first. */
  segmentationHeads: number;
  /** For each channel of the output the labels that belong to it. */
  channelLabels: readonly (readonly number[])[];
  /** Voxels of this label do not count. */
  ignoreLabel: number | undefined;
  /** Key of the annotated voxels in class locations, `(-1, 0, 1)`; only with an ignore label. */
  annotatedKey: string | undefined;
}

/** What evaluation compares: labels, or regions as lists of labels. */
export const foregroundClasses = (labelSet: Pick<LabelSet, 'foreground'>): (number | readonly number[])[] => {
  checkArguments({ labelSet }, foregroundClassesArguments, NnunetFormatError);
  const { foreground } = labelSet;
  return foreground.map(({ members }) => members);
};

/** What {@link ForegroundClass} must be. */
export const foregroundClassRule = rule.fields({
  members: rule.either(rule.anyNumber, rule.listOf(rule.anyNumber)),
  key: rule.anyText,
  channel: rule.anyNumber,
  label: rule.anyNumber,
});

const foregroundClassesArguments = { labelSet: rule.fields({ foreground: rule.listOf(foregroundClassRule) }) };
