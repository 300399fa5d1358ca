import { labelComponents } from '@fractura/metrics';
import { readLabels, type DatasetJson } from '@fractura/nnunet-format';
import type { LabelledRadiograph } from '../prediction/label-radiograph.js';

/** A connected part of a label on the radiograph's own pixels. */
export interface Lesion {
  /** Name of the label, or of the region that writes it, in dataset.json. */
  class: string;
  /** The label's number. */
  label: number;
  /** In pixels from the top left. */
  box: [x: number, y: number, width: number, height: number];
  /** In pixels. */
  area: number;
  /** The same in square millimetres, where the radiograph tells how far its pixels are apart. */
  areaMm2?: number;
  /** Largest probability of foreground of its pixels. */
  maximumProbability: number;
  /** Mean of the same. */
  meanProbability: number;
}

/**
 * The lesions of a radiograph: of each label the components connected across edges and corners of pixels, the most probable first.
 *
 * @throws MetricsError where labels and size do not fit.
 */
export function findLesions(
  { labels, foreground, width, height, pixelSpacing }: LabelledRadiograph,
  datasetJson: DatasetJson,
): Lesion[] {
  const lesions = readLabels(datasetJson).foreground.flatMap(({ label, members }) => {
    const { labels: components, count } = labelComponents({
      mask: labels.map((each) => Number(each === label)),
      shape: [height, width],
      connectivity: 8,
    });
    const parts = Array.from({ length: count }, () => new Part());
    for (let i = 0; i < components.length; i += 1) {
      if (components[i] !== 0) {
        parts[components[i] - 1].add(i % width, Math.floor(i / width), foreground[i]);
      }
    }
    const name = classNameOf(datasetJson, members);
    return parts.map((part) => part.lesion(name, label));
  });
  if (pixelSpacing !== undefined) {
    for (const lesion of lesions) {
      lesion.areaMm2 = lesion.area * pixelSpacing.row * pixelSpacing.column;
    }
  }
  return lesions.sort((a, b) => b.maximumProbability - a.maximumProbability);
}

/** What is known of a component after some of its pixels. */
class Part {
  private left = Infinity;
  private right = -1;
  private top = Infinity;
  private bottom = -1;
  private area = 0;
  private sum = 0;
  private largest = 0;

  add(x: number, y: number, probability: number): void {
    this.left = Math.min(this.left, x);
    this.right = Math.max(this.right, x);
    this.top = Math.min(this.top, y);
    this.bottom = Math.max(this.bottom, y);
    this.area += 1;
    this.sum += probability;
    this.largest = Math.max(this.largest, probability);
  }

  lesion(name: string, label: number): Lesion {
    return {
      class: name,
      label,
      box: [this.left, this.top, this.right - this.left + 1, this.bottom - this.top + 1],
      area: this.area,
      maximumProbability: this.largest,
      meanProbability: this.sum / this.area,
    };
  }
}

/** What dataset.json calls a class: the name of a label, or of a region, by what it declares. */
export function classNameOf({ labels }: DatasetJson, members: number | readonly number[]): string {
  const found = Object.entries(labels).find(([, value]) => JSON.stringify(value) === JSON.stringify(members));
  return found === undefined ? JSON.stringify(members) : found[0];
}
