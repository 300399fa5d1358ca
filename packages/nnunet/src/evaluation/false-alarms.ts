import { labelKey } from '@fractura/metrics';

/** What is predicted of a label where the reference has none of it. */
export interface FalseAlarms {
  /** Cases whose reference has none of the label. */
  emptyReferences: number;
  /** Those of them in which the label is predicted anywhere. */
  withAlarm: number;
  /** `withAlarm` to `emptyReferences`; NaN where there are none. */
  share: number;
  /** Voxels predicted, over all of these cases. */
  voxels: number;
  /** The same in mm²; of volumes in mm³. Undefined where a case has no spacing, as pictures have none. */
  area: number | undefined;
}

/** Two segmentations on one grid, and the extent of a voxel. */
export interface AlarmCase {
  reference: ArrayLike<number>;
  prediction: ArrayLike<number>;
  /** In mm², of volumes of several slices in mm³; undefined where it is not known. */
  voxelExtent: number | undefined;
  ignoreLabel?: number | undefined;
}

/** Counts false alarms by label, or region as a list of labels, case by case. */
export class FalseAlarmCount {
  readonly #totals: Map<string, { members: ReadonlySet<number>; total: Omit<FalseAlarms, 'share'> }>;

  constructor(labels: readonly (number | readonly number[])[]) {
    this.#totals = new Map(
      labels.map((label) => [
        labelKey(label),
        {
          members: new Set(typeof label === 'number' ? [label] : label),
          total: { emptyReferences: 0, withAlarm: 0, voxels: 0, area: 0 },
        },
      ]),
    );
  }

  add({ reference, prediction, voxelExtent, ignoreLabel }: AlarmCase): void {
    for (const { members, total } of this.#totals.values()) {
      const voxels = alarmVoxels(reference, prediction, members, ignoreLabel);
      if (voxels === undefined) {
        continue;
      }
      total.emptyReferences += 1;
      total.withAlarm += voxels > 0 ? 1 : 0;
      total.voxels += voxels;
      total.area =
        total.area === undefined || voxelExtent === undefined ? undefined : total.area + voxels * voxelExtent;
    }
  }

  /** By the label's key in summaries. */
  get byLabel(): Record<string, FalseAlarms> {
    return Object.fromEntries(
      [...this.#totals].map(([key, { total }]) => [key, { ...total, share: total.withAlarm / total.emptyReferences }]),
    );
  }
}

/** Voxels of the label in the prediction; undefined where the reference has the label, too. */
function alarmVoxels(
  reference: ArrayLike<number>,
  prediction: ArrayLike<number>,
  members: ReadonlySet<number>,
  ignoreLabel: number | undefined,
): number | undefined {
  let voxels = 0;
  for (let i = 0; i < reference.length; i += 1) {
    if (members.has(reference[i])) {
      return undefined;
    }
    if (reference[i] !== ignoreLabel && members.has(prediction[i])) {
      voxels += 1;
    }
  }
  return voxels;
}
