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
    let bits = this.state[this.position];
    this.position += 1;
    bits ^= bits >>> 11;
    bits ^= (bits << 7) & 0x9d2c5680;
    bits ^= (bits << 15) & 0xefc60000;
    bits ^= bits >>> 18;
    return bits >>> 0;
  }

  /** A number in [0, 1) with 53 random bits. */
  nextDouble(): number {
    const high = this.nextUint32() >>> 5;
    const low = this.nextUint32() >>> 6;
    return (high * 67_108_864 + low) / 9_007_199_254_740_992;
  }

  private refill(): void {
    const { state } = this;
    for (let i = 0; i < stateLength; i += 1) {
      const joined = (state[i] & 0x80000000) | (state[(i + 1) % stateLength] & 0x7fffffff);
      state[i] = state[(i + shift) % stateLength] ^ (joined >>> 1) ^ (joined & 1 ? twist : 0);
    }
    this.position = 0;
  }
}
