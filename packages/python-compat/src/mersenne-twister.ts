const stateLength = 624;
const shift = 397;
const twist = 0x9908b0df;

/** MT19937 by Matsumoto and Nishimura (1998), seeded by `init_genrand` as numpy seeds it from one integer. */
export class MersenneTwister {
  private readonly state = new Uint32Array(stateLength);
  private position = stateLength;

  constructor(seed: number) {
    const { state } = this;
    state[0] = seed;
    for (let i = 1; i < stateLength; i += 1) {
      const previous = state[i - 1] ^ (state[i - 1] >>> 30);
      state[i] = Math.imul(1_812_433_253, previous) + i;
    }
  }

  /** The next 32 random bits, as a whole number from 0 to 2^32 - 1. */
  nextUint32(): number {
    if (this.position === stateLength) this.refill();
    const bits = temper(this.state[this.position] | 0);
    this.position += 1;
    return bits >>> 0;
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
    // Rejected values are counted too, behind the others: quicker than a branch that no processor can foretell.
    const counts = new Uint32Array(mask + 1);
    const { state } = this;
    for (let drawn = 0; drawn < draws;) {
      if (this.position === stateLength) this.refill();
      let { position } = this;
      for (; position < stateLength && drawn < draws; position += 1) {
        const value = temper(state[position] | 0) & mask;
        counts[value] += 1;
        drawn += value <= maximum ? 1 : 0;
      }
      this.position = position;
    }
    return counts.slice(0, maximum + 1);
  }

  private refill(): void {
    const { state } = this;
    let i = 0;
    for (; i < stateLength - shift; i += 1) state[i] = state[i + shift] ^ twisted(state[i] | 0, state[i + 1] | 0);
    for (; i < stateLength - 1; i += 1)
      state[i] = state[i + shift - stateLength] ^ twisted(state[i] | 0, state[i + 1] | 0);
    state[i] = state[shift - 1] ^ twisted(state[i] | 0, state[0] | 0);
    this.position = 0;
  }
}

function twisted(word: number, next: number): number {
  const joined = (word & 0x80000000) | (next & 0x7fffffff);
  return (joined >>> 1) ^ (-(joined & 1) & twist);
}

function temper(word: number): number {
  let bits = word;
  bits ^= bits >>> 11;
  bits ^= (bits << 7) & 0x9d2c5680;
  bits ^= (bits << 15) & 0xefc60000;
  return bits ^ (bits >>> 18);
}
