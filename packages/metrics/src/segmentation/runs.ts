/**
 * Finds where the run of equal values that begins at an index ends. Of masks of bytes, the usual kind, four voxels are
 * compared at once.
 */
export function runFinder(values: ArrayLike<number>): (start: number) => number {
  const words = wordsOf(values);
  return (start) => {
    const value = values[start];
    let end = start + 1;
    while (end % 4 !== 0 && values[end] === value) {
      end += 1;
    }
    if (words && end % 4 === 0) {
      const four = value * 0x01010101;
      let word = end / 4;
      while (word < words.length && words[word] === four) {
        word += 1;
      }
      end = word * 4;
    }
    while (end < values.length && values[end] === value) {
      end += 1;
    }
    return end;
  };
}

function wordsOf(values: ArrayLike<number>): Uint32Array | undefined {
  if (!(values instanceof Uint8Array) || values.byteOffset % 4 !== 0) {
    return undefined;
  }
  return new Uint32Array(values.buffer, values.byteOffset, values.length >> 2);
}
