const stateLength = 624;
const shift = 397;
const twist = 0x9908b0df;

/** Blocks of words kept of a recorded seed: 2.5 million words, 10 MB. */
const maxRecordedBlocks = 4096;

/** The state of MT19937 by Matsumoto and Nishimura (1998), seeded by `init_genrand` as numpy seeds it from one integer. */
function seededState(seed: number): Uint32Array {
  const state = new Uint32Array(stateLength);
  state[0] = seed;
  for (let i = 1; i < stateLength; i += 1) {
    const previous = state[i - 1] ^ (state[i - 1] >>> 30);
    state[i] = Math.imul(1_812_433_253, previous) + i;
  }
  return state;
}

/** The first words of one seed, kept so that any number of generators draw them without computing them again. */
export class RecordedWords {
  private readonly blocks: Uint32Array[] = [];
  private readonly state: Uint32Array;

  constructor(seed: number) {
    this.state = seededState(seed);
  }

  /** Words `624 index` to `624 (index + 1)`; undefined beyond those that are kept. */
  block(index: number): Uint32Array | undefined {
    if (index >= maxRecordedBlocks) {
      return undefined;
    }
    while (this.blocks.length <= index) {
      advance(this.state);
      this.blocks.push(tempered(this.state, new Uint32Array(stateLength)));
    }
    return this.blocks[index];
  }

  /** The state after the last block that is kept. */
  lastState(): Uint32Array {
    this.block(maxRecordedBlocks - 1);
    return this.state.slice();
  }
}

/** MT19937: from a seed, or the words of a seed that were recorded. */
export class MersenneTwister {
  private words: Uint32Array = new Uint32Array(0);
  private ownWords: Uint32Array | undefined;
  private position = stateLength;
  private readonly recorded: RecordedWords | undefined;
  private nextBlock = 0;
  /** Absent as long as all words were recorded. */
  private state: Uint32Array | undefined;

  constructor(source: number | RecordedWords) {
    if (typeof source === 'number') {
      this.state = seededState(source);
    } else {
      this.recorded = source;
    }
  }

  /** The next 32 random bits, as a whole number from 0 to 2^32 - 1. */
  nextUint32(): number {
    if (this.position === stateLength) {
      this.refill();
    }
    const bits = this.words[this.position];
    this.position += 1;
    return bits;
  }

  /** A number in [0, 1) with 53 random bits. */
  nextDouble(): number {
    const high = this.nextUint32() >>> 5;
    const low = this.nextUint32() >>> 6;
    return (high * 67_108_864 + low) / 9_007_199_254_740_992;
  }

  /**
   * Draws `draws` whole numbers from 0 to `maximum` (below 2^31 - 1) by masked rejection and counts how often each comes.
   * The same numbers as drawing one by one, several times as fast.
   */
  countBounded(maximum: number, draws: number): Uint32Array {
    const mask = 0x7fffffff >>> (Math.clz32(maximum) - 1);
    const counts = new Uint32Array(mask + 1);
    for (let left = draws; left > 0;) {
      if (this.position === stateLength) {
        this.refill();
      }
      const { words, position } = this;
      // No more words at once than numbers are left to draw, so that none is drawn beyond them.
      const end = Math.min(stateLength, position + left);
      let rejected = 0;
      for (let i = position; i < end; i += 1) {
        const value = words[i] & mask;
        // Rejected values are counted too, behind the others, and by their sign: the processor could not predict a branch.
        counts[value] += 1;
        rejected += (maximum - value) >>> 31;
      }
      left -= end - position - rejected;
      this.position = end;
    }
    return counts.subarray(0, maximum + 1);
  }

  private refill(): void {
    this.position = 0;
    const recorded = this.state ? undefined : this.recorded?.block(this.nextBlock);
    if (recorded) {
      this.words = recorded;
      this.nextBlock += 1;
      return;
    }
    // After the recorded words this generator continues alone; recorded words are shared with others.
    this.state ??= this.recorded!.lastState();
    this.ownWords ??= new Uint32Array(stateLength);
    advance(this.state);
    this.words = tempered(this.state, this.ownWords);
  }
}

function advance(state: Uint32Array): void {
  let i = 0;
  for (; i < stateLength - shift; i += 1) {
    state[i] = state[i + shift] ^ twisted(state[i] | 0, state[i + 1] | 0);
  }
  for (; i < stateLength - 1; i += 1) {
    state[i] = state[i + shift - stateLength] ^ twisted(state[i] | 0, state[i + 1] | 0);
  }
  state[i] = state[shift - 1] ^ twisted(state[i] | 0, state[0] | 0);
}

function twisted(word: number, next: number): number {
  const joined = (word & 0x80000000) | (next & 0x7fffffff);
  return (joined >>> 1) ^ (-(joined & 1) & twist);
}

function tempered(state: Uint32Array, words: Uint32Array): Uint32Array {
  for (let i = 0; i < stateLength; i += 1) {
    let bits = state[i] | 0;
    bits ^= bits >>> 11;
    bits ^= (bits << 7) & 0x9d2c5680;
    bits ^= (bits << 15) & 0xefc60000;
    words[i] = bits ^ (bits >>> 18);
  }
  return words;
}
