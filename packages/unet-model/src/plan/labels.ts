import { UnetModelError } from '../errors.js';

/** The parts of nnU-Net's `dataset.json` that decide what a network's channels mean. */
export interface DatasetLabels {
  channel_names: Record<string, string>;
  /** Name to label, or to the labels of a region; `background` is 0; `ignore` marks voxels that do not count. */
  labels: Record<string, number | readonly number[]>;
  regions_class_order?: readonly number[];
}

/** Labels and regions, made explicit. */
export interface LabelSet {
  /** Region mode: sigmoid per channel, no background channel. */
  hasRegions: boolean;
  /** Every label but 0 and the ignore label, ascending; with regions those that the regions are made of. */
  foregroundLabels: readonly number[];
  /** For each output channel, the labels that belong to it. */
  channelLabels: readonly (readonly number[])[];
  /** The foreground classes: channel, its key in summaries (`"1"`, `"(1, 2)"`), and the label written for it. */
  foreground: readonly { channel: number; key: string; label: number }[];
  ignore?: number;
  /** Key of the annotated voxels in `classLocations`; only with an ignore label. */
  annotatedKey?: string;
}

/**
 * Reads labels as nnU-Net's label manager does.
 *
 * @throws UnetModelError `labels-invalid`
 * @see reference/nnunet-v2/behaviour.md, section 1.3
 */
export function readLabels({ labels, regions_class_order: order }: DatasetLabels): LabelSet {
  const { ignore, ...declared } = labels;
  const membersOf = Object.values(declared).map((value) => (typeof value === 'number' ? [value] : [...value]));
  const all = [...new Set(membersOf.flat())].sort((a, b) => a - b);
  if (all.some((label, i) => label !== i)) {
    throw invalid(`the labels are ${all.join(', ')}`, 'Labels must be whole numbers from 0 on without a gap.');
  }
  if (ignore !== undefined && ignore !== all.length) {
    throw invalid(
      `"ignore" is ${JSON.stringify(ignore)}`,
      `The ignore label must be ${all.length}, one above the others.`,
    );
  }
  const shared = {
    foregroundLabels: all.slice(1),
    ignore: ignore === undefined ? undefined : all.length,
    annotatedKey: ignore === undefined ? undefined : `(${[-1, ...all].join(', ')})`,
  };

  const hasRegions = membersOf.some((members) => members.length > 1);
  if (!hasRegions) {
    const foreground = all.slice(1).map((label) => ({ channel: label, key: String(label), label }));
    return { hasRegions, channelLabels: all.map((label) => [label]), foreground, ...shared };
  }

  const regions = Object.values(declared).filter((value) =>
    (typeof value === 'number' ? [value] : value).some((label) => label !== 0),
  );
  if (order?.length !== regions.length) {
    throw invalid(
      `regions_class_order is ${JSON.stringify(order)} for ${regions.length} foreground regions`,
      'Give one label per foreground region.',
    );
  }
  return {
    hasRegions,
    channelLabels: regions.map((region) => (typeof region === 'number' ? [region] : region)),
    foreground: regions.map((region, channel) => ({ channel, key: classKey(region), label: order[channel] })),
    ...shared,
  };
}

/** A label or region as nnU-Net spells it as a key: `1`, `(1, 2)`, `(3,)`. */
export function classKey(region: number | readonly number[]): string {
  if (typeof region === 'number') {
    return String(region);
  }
  return region.length === 1 ? `(${region[0]},)` : `(${region.join(', ')})`;
}

const invalid = (what: string, remedy: string) =>
  new UnetModelError(`dataset.json: ${what}.`, { code: 'labels-invalid', remedy });
