import type { CocoCategory } from '@fractura/coco';
import { CocoToNiftiError } from '../errors.js';

/** Which categories become which labels; see `ConvertOptions`. */
export interface LabelChoices {
  labels?: Readonly<Record<string, readonly string[]>>;
  regions?: Readonly<Record<string, readonly string[]>>;
  crowds?: 'draw' | 'ignore' | 'leave-out';
}

/** The labels of a data set, and what is drawn as which. */
export interface LabelPlan {
  /** `labels` of nnU-Net's dataset.json: background 0, then a number each, or a list of numbers for a region. */
  labels: Record<string, number | number[]>;
  /** `regions_class_order` of dataset.json, where there are regions. */
  regionsClassOrder?: number[];
  /** Label by category id; categories without one are not drawn. */
  labelOfCategory: Map<number, number>;
  /** Label of crowds, where they are to be ignored in training. */
  ignoreLabel?: number;
}

/** Numbers the labels from 1: as `labels` lists them, or one for each category by rising id. */
export function planLabels(
  categories: readonly CocoCategory[],
  { labels: chosen, regions, crowds = 'draw' }: LabelChoices,
): LabelPlan {
  const byId = [...categories].sort((a, b) => a.id - b.id);
  const groups = chosen ?? Object.fromEntries(byId.map(({ name }) => [name, [name]]));
  if (chosen === undefined && Object.keys(groups).length < byId.length) {
    throw invalid('Two categories have the same name', 'Say which categories make which label, in `labels`.');
  }

  const numberOf = new Map<string, number>();
  const labelOfCategory = new Map<number, number>();
  for (const [label, names] of Object.entries(groups)) {
    if (label === 'background' || label === 'ignore') {
      throw invalid(`A label cannot be called "${label}"`);
    }
    const number = numberOf.size + 1;
    numberOf.set(label, number);
    for (const name of names) {
      const found = byId.filter((category) => category.name === name);
      if (found.length === 0) {
        throw invalid(`The label "${label}" names the category "${name}", which the COCO file does not have`);
      }
      for (const { id } of found) {
        if (labelOfCategory.has(id)) {
          throw invalid(`The category "${name}" is in two labels`);
        }
        labelOfCategory.set(id, number);
      }
    }
  }
  if (numberOf.size === 0) {
    throw invalid('There is no category to draw', 'A COCO file for segmentation has categories.');
  }
  if (numberOf.size > 254) {
    throw invalid(`${numberOf.size} labels do not fit into 8 bits`, 'Join categories in `labels`.');
  }

  const ignoreLabel = crowds === 'ignore' ? numberOf.size + 1 : undefined;
  const foreground = regions === undefined ? Object.fromEntries(numberOf) : numberRegions(regions, numberOf);
  const labels: LabelPlan['labels'] = { background: 0, ...foreground };
  if (ignoreLabel !== undefined) {
    labels.ignore = ignoreLabel;
  }
  return {
    labels,
    labelOfCategory,
    ignoreLabel,
    regionsClassOrder: regions === undefined ? undefined : orderOfRegions(foreground as Record<string, number[]>),
  };
}

function numberRegions(
  regions: Readonly<Record<string, readonly string[]>>,
  numberOf: ReadonlyMap<string, number>,
): Record<string, number[]> {
  const numbered = Object.entries(regions).map(([region, labels]) => {
    if (region === 'background' || region === 'ignore') {
      throw invalid(`A region cannot be called "${region}"`);
    }
    const numbers = labels.map((label) => {
      const number = numberOf.get(label);
      if (number === undefined) {
        throw invalid(`The region "${region}" names the label "${label}", which does not exist`);
      }
      return number;
    });
    return [region, numbers] as const;
  });
  for (const [label, number] of numberOf) {
    if (!numbered.some(([, numbers]) => numbers.includes(number))) {
      throw invalid(`The label "${label}" is in no region`, 'Name it in a region, or take it out of the labels.');
    }
  }
  return Object.fromEntries(numbered);
}

/**
 * nnU-Net writes predicted regions over each other in their order; each stands for the one label that no later region has.
 */
function orderOfRegions(regions: Record<string, number[]>): number[] {
  const lists = Object.entries(regions);
  return lists.map(([region, numbers], index) => {
    const later = new Set(lists.slice(index + 1).flatMap(([, others]) => others));
    const own = numbers.filter((number) => !later.has(number));
    if (own.length !== 1) {
      throw invalid(
        `The region "${region}" has ${own.length} labels that no later region has; it must be exactly one`,
        'List regions from the one that encloses the others to the innermost.',
      );
    }
    return own[0];
  });
}

const invalid = (flaw: string, remedy = 'Check the names against the categories of the COCO file.') =>
  new CocoToNiftiError(`The labels cannot be numbered: ${flaw}.`, { code: 'labels-invalid', remedy });
