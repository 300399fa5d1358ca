/** A film with what several judges say of it. */
export interface ScoredCase {
  id: string;
  /** 1 where the film shows what is looked for. */
  label: 0 | 1;
  /** Films of one group, such as a patient's, stay in one fold. Default: each film its own. */
  group?: string | undefined;
  /** The fold in which nothing of this film was seen, from 0; all films have one, or none has. */
  fold?: number | undefined;
  /** By the judge's name the probability that it gives. */
  scores: Readonly<Record<string, number>>;
  /** What the film belongs to, such as `{ view: 'lateral' }`, for figures of parts. */
  strata?: Readonly<Record<string, string>> | undefined;
}

/** What a judge says of a film that it has learned nothing from. */
export interface OutOfFold {
  probability: number;
  /** Whether it counts as a positive, by a threshold that was chosen on the other folds. */
  isPositive: boolean;
}

/** Out-of-fold judgements of the same films by one judge. */
export interface Judgement {
  name: string;
  /** In the order of the cases. */
  cases: OutOfFold[];
}
