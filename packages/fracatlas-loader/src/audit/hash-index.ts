import { hammingDistance, hashWords } from './perceptual-hash.js';

/** A hash is cut into pieces of so many bits, which tables are looked up by. */
const pieceBits = 16;
const pieces = (hashWords * 32) / pieceBits;
const buckets = 2 ** pieceBits;

/** All changes of a piece in at most two bits. */
const smallChanges = (() => {
  const bits = Array.from({ length: pieceBits }, (_, bit) => 1 << bit);
  const pairs = bits.flatMap((one, i) => bits.slice(i + 1).map((other) => one | other));
  return Uint16Array.from([0, ...bits, ...pairs]);
})();

/** The `piece`-th bits of hash `i`. */
const pieceOf = (table: Uint32Array, i: number, piece: number): number =>
  (table[i * hashWords + (piece >>> 1)] >>> (piece & 1 ? 16 : 0)) & 0xffff;

/**
 * Finds hashes that are close to another without comparing it with all: of 256 bits in 16 pieces, some piece of two close hashes
 * differs in two bits at most. By the pigeonhole principle that holds for every pair of up to 47 bits; of pairs that differ in 63
 * bits anywhere, for 98 of 100. One in thirty unrelated hashes is looked at.
 *
 * @see Norouzi, Punjani, Fleet: Fast Exact Search in Hamming Space with Multi-Index Hashing, 2014
 */
export class HashIndex {
  /** Of each piece: where the hashes of a bucket begin in `items`. */
  readonly #starts: Uint32Array[] = [];
  readonly #items: Uint32Array[] = [];
  /** The last search that came upon a hash, so that it is looked at once. */
  readonly #seenBy: Uint32Array;
  #search = 0;

  /** @param table hashes one after the other. */
  constructor(private readonly table: Uint32Array) {
    const count = table.length / hashWords;
    this.#seenBy = new Uint32Array(count);
    for (let piece = 0; piece < pieces; piece += 1) {
      const starts = new Uint32Array(buckets + 1);
      for (let i = 0; i < count; i += 1) {
        starts[pieceOf(table, i, piece) + 1] += 1;
      }
      for (let bucket = 0; bucket < buckets; bucket += 1) {
        starts[bucket + 1] += starts[bucket];
      }
      const next = starts.slice(0, buckets);
      const items = new Uint32Array(count);
      for (let i = 0; i < count; i += 1) {
        const bucket = pieceOf(table, i, piece);
        items[next[bucket]] = i;
        next[bucket] += 1;
      }
      this.#starts.push(starts);
      this.#items.push(items);
    }
  }

  /**
   * Calls `found` for hashes of the index before the `j`-th that are closer than `bits` to hash `j` of a table.
   *
   * @param found receives the hash's number and its distance in bits; in no order, each once.
   */
  near(table: Uint32Array, j: number, bits: number, found: (i: number, distance: number) => void): void {
    this.#search += 1;
    for (let piece = 0; piece < pieces; piece += 1) {
      const value = pieceOf(table, j, piece);
      const [starts, items] = [this.#starts[piece], this.#items[piece]];
      for (const change of smallChanges) {
        const bucket = value ^ change;
        // Numbers ascend within a bucket.
        for (let at = starts[bucket]; at < starts[bucket + 1] && items[at] < j; at += 1) {
          const i = items[at];
          if (this.#seenBy[i] !== this.#search) {
            this.#seenBy[i] = this.#search;
            const distance = hammingDistance(this.table, i, table, j);
            if (distance < bits) {
              found(i, distance);
            }
          }
        }
      }
    }
  }
}
