import { PythonCompatError } from './errors.js';
import { MersenneTwister, RecordedWords } from './mersenne-twister.js';

/** What `RandomState.record` gives. */
export interface RecordedSeed {
  readonly words: RecordedWords;
}

/**
 * The draws of `numpy.random.RandomState(seed)`, number for number, for the distributions that nnU-Net and scikit-learn use.
 *
 * @example new RandomState(12345).permutation(5)
 */
export class RandomState {
  private readonly generator: MersenneTwister;
  private spareNormal: number | undefined;

  /**
   * @param seed whole number from 0 to 2^32 - 1.
   * @throws PythonCompatError `bad-seed`.
   */
  constructor(seed: number | RecordedSeed) {
    this.generator = new MersenneTwister(typeof seed === 'number' ? checkedSeed(seed) : seed.words);
  }

  /**
   * A seed from which many generators start: they share the work of computing its first numbers.
   *
   * @throws PythonCompatError `bad-seed`.
   */
  static record(seed: number): RecordedSeed {
    return { words: new RecordedWords(checkedSeed(seed)) };
  }

  /** `random_sample()`: uniform in [0, 1). */
  randomSample(): number {
    return this.generator.nextDouble();
  }

  /** `uniform(low, high)`: uniform in [low, high). */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * this.generator.nextDouble();
  }

  /**
   * `randint(low, high)`: a whole number from `low` to `high - 1`, both safe integers.
   *
   * @throws PythonCompatError `empty-range` when there is none.
   */
  randint(low: number, high: number): number {
    if (!(low < high)) {
      throw new PythonCompatError(`There is no whole number from ${String(low)} to ${String(high)} - 1.`, {
        code: 'empty-range',
        remedy: 'The first bound must be below the second.',
      });
    }
    return low + this.interval(high - 1 - low);
  }

  /** `permutation(n)`: the numbers from 0 to n - 1, shuffled. */
  permutation(count: number): number[] {
    return Array.from(this.shuffledIndices(count));
  }

  /** `shuffle(items)`: in place, from the last item to the first. Gives the same array back. */
  shuffle<Items extends unknown[] | Uint32Array>(items: Items): Items {
    for (let i = items.length - 1; i > 0; i -= 1) {
      const j = this.interval(i);
      const item = items[i];
      items[i] = items[j];
      items[j] = item;
    }
    return items;
  }

  /**
   * `choice(n)`: one of the numbers from 0 to n - 1, each with its probability where `probabilities` (summing to 1) are given.
   *
   * @throws PythonCompatError `empty-range` when n is 0.
   */
  choice(count: number, probabilities?: readonly number[]): number {
    if (!probabilities) {
      return this.randint(0, count);
    }
    let sum = 0;
    const cumulative = probabilities.map((probability) => (sum += probability));
    const sample = this.generator.nextDouble();
    const index = cumulative.findIndex((value) => sample < value / sum);
    return index < 0 ? count - 1 : index;
  }

  /** `choice(n, size, replace)`: several of the numbers from 0 to n - 1. */
  choices(count: number, size: number, { replace = true }: { replace?: boolean } = {}): number[] {
    if (replace) {
      return Array.from({ length: size }, () => this.randint(0, count));
    }
    if (size > count) {
      throw new PythonCompatError(`${String(size)} different items were requested, of ${String(count)}.`, {
        code: 'empty-range',
        remedy: 'Ask for fewer, or allow the same item more than once.',
      });
    }
    return Array.from(this.shuffledIndices(count).subarray(0, size));
  }

  /**
   * How often each of the numbers from 0 to n - 1 occurs in `choice(n, size)`, without keeping the draws: for very many of them.
   *
   * @param count below 2^31.
   * @throws PythonCompatError `empty-range` when n is 0.
   */
  countChoices(count: number, size: number): Uint32Array {
    if (count > 1) {
      return this.generator.countBounded(count - 1, size);
    }
    if (count === 1) {
      return Uint32Array.of(size);
    }
    throw new PythonCompatError('Nothing can be chosen from 0 items.', {
      code: 'empty-range',
      remedy: 'Give at least one item.',
    });
  }

  /** `normal(mean, deviation)`, by Marsaglia's polar method as numpy's legacy generator. */
  normal(mean = 0, deviation = 1): number {
    return mean + deviation * this.standardNormal();
  }

  /** `standard_normal()`. */
  standardNormal(): number {
    if (this.spareNormal !== undefined) {
      const spare = this.spareNormal;
      this.spareNormal = undefined;
      return spare;
    }
    for (;;) {
      const x = 2 * this.generator.nextDouble() - 1;
      const y = 2 * this.generator.nextDouble() - 1;
      const squared = x * x + y * y;
      if (squared < 1 && squared !== 0) {
        const factor = Math.sqrt((-2 * Math.log(squared)) / squared);
        this.spareNormal = factor * x;
        return factor * y;
      }
    }
  }

  /** A whole number from 0 to `maximum`, by masked rejection (numpy's `random_interval`). */
  private interval(maximum: number): number {
    if (maximum === 0) {
      return 0;
    }
    if (maximum > 0xffffffff) {
      return this.wideInterval(maximum);
    }
    const mask = 0xffffffff >>> Math.clz32(maximum);
    for (;;) {
      const value = (this.generator.nextUint32() & mask) >>> 0;
      if (value <= maximum) {
        return value;
      }
    }
  }

  private shuffledIndices(count: number): Uint32Array {
    const indices = new Uint32Array(count);
    for (let i = 0; i < count; i += 1) {
      indices[i] = i;
    }
    return this.shuffle(indices);
  }

  private wideInterval(maximum: number): number {
    const mask = 0xffffffff >>> Math.clz32(Math.floor(maximum / 2 ** 32));
    for (;;) {
      const high = (this.generator.nextUint32() & mask) >>> 0;
      const value = high * 2 ** 32 + this.generator.nextUint32();
      if (value <= maximum) {
        return value;
      }
    }
  }
}

function checkedSeed(seed: number): number {
  if (Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32) {
    return seed;
  }
  throw new PythonCompatError(`The seed is ${String(seed)}.`, {
    code: 'bad-seed',
    remedy: 'A seed is a whole number from 0 to 4294967295.',
  });
}
