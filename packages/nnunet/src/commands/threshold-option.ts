import { UsageError } from '@fractura/command-line';

/** Option that chooses the cut-off of labels. */
export const thresholdOption = {
  threshold: {
    kind: 'string',
    describe:
      'probability above which a pixel is foreground, in (0, 1), or auto: the model’s own cut-off, or else the most probable class',
    default: 'auto',
  },
} as const;

/** Reads `--threshold`; undefined for `auto`. @throws UsageError */
export function readThreshold(text: string): number | undefined {
  if (text === 'auto') {
    return undefined;
  }
  const threshold = text.trim() === '' ? NaN : Number(text);
  if (threshold > 0 && threshold < 1) {
    return threshold;
  }
  throw new UsageError(`--threshold is "${text}".`, {
    remedy: 'Give a probability between 0 and 1, such as 0.5, or auto.',
  });
}
