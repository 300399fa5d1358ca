/** Where a value breaks a rule: the way to it from the value that was checked, such as `[2].file`, what is there, and what must be. */
export interface Fault {
  path: string;
  value: unknown;
  /** In words, to follow "It must be". */
  what: string;
}

/** What an argument must be. */
export interface Rule {
  /** In words, to follow "It must be". */
  what: string;
  /** The first fault of a value; undefined where it keeps the rule. */
  faultOf: (value: unknown) => Fault | undefined;
}

/** A rule that a value keeps as a whole or not at all. */
// @__NO_SIDE_EFFECTS__
export const ruleOf = (what: string, fits: (value: unknown) => boolean): Rule => ({
  what,
  faultOf: (value) => (fits(value) ? undefined : { path: '', value, what }),
});

/** The fault of a part of a value, as one of the whole. */
export const within = (place: string, { path, value, what }: Fault): Fault => ({
  path: `${place}${path}`,
  value,
  what,
});
