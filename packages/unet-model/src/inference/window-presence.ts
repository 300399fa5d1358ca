/** Collects what a presence head says of the windows of an image, each of which comes in every orientation, one after the other. */
export class WindowPresence {
  readonly #orientations: number;
  /** By window and class, the sum over its orientations so far. */
  readonly #sums = new Map<number, Float64Array>();

  constructor(orientations: number) {
    this.#orientations = orientations;
  }

  /** Takes the logits `[count, classes]` of windows in their orientations from number `first` on; undefined without a head. */
  add(logits: Float32Array | undefined, first: number, count: number): void {
    if (!logits) {
      return;
    }
    const classes = logits.length / count;
    for (let i = 0; i < count; i += 1) {
      const window = Math.floor((first + i) / this.#orientations);
      const sums = this.#sums.get(window) ?? new Float64Array(classes);
      for (let c = 0; c < classes; c += 1) {
        sums[c] += logits[i * classes + c];
      }
      this.#sums.set(window, sums);
    }
  }

  /** Of each class the largest mean over the orientations of a window; undefined without a head. */
  largest(): Float32Array | undefined {
    const windows = [...this.#sums.values()];
    if (windows.length === 0) {
      return undefined;
    }
    return Float32Array.from(windows[0], (_, c) => Math.max(...windows.map((sums) => sums[c] / this.#orientations)));
  }
}
