/** A value of a setting. */
export type SettingValue = string | number | boolean;

/** One try: the value of each setting that applies. */
export type Point = Readonly<Record<string, SettingValue>>;

/** The settings, searched or fixed, and the values of each, of which one must hold. */
export type Condition = Readonly<Record<string, readonly SettingValue[]>>;

/** Some values. */
export interface Choices {
  choices: readonly SettingValue[];
  /** The setting applies where this holds; settings that it names stand before it. Default: always. */
  when?: Condition | undefined;
}

/** Numbers from one to another, both included. */
export interface Range {
  from: number;
  to: number;
  /** `log` takes each power of ten as likely as the next. Default `linear`. */
  scale?: 'linear' | 'log' | undefined;
  /** Whole numbers alone. Default false. */
  whole?: boolean | undefined;
  /** How many numbers of the range a grid takes, evenly by its scale. Only for grids. */
  steps?: number | undefined;
  when?: Condition | undefined;
}

/** What a setting may be. */
export type Parameter = Choices | Range;

/** Settings to search, by their names; a condition names settings that stand before. */
export type Space = Readonly<Record<string, Parameter>>;

/** Whether a setting applies at a point whose earlier settings are known. */
export const applies = ({ when = {} }: Parameter, point: Point): boolean =>
  Object.entries(when).every(([name, values]) => name in point && values.includes(point[name]));
