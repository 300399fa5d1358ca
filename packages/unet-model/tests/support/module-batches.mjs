/**
 * A way of making batches of one's own: the first film of the batch's turn, cut to the patch's first corner, all samples alike but
 * for a factor.
 */
export default function cornerBatches({ cases, batchSize, patchSize, scales }, { factor }) {
  const [height, width] = patchSize;
  return (number) => {
    const { data, segmentation, shape } = cases[number % cases.length];
    const image = new Float32Array(batchSize * height * width);
    const levels = scales.map(([y, x]) => ({
      labels: new Int16Array(batchSize * height * y * width * x),
      shape: [batchSize, height * y, width * x],
    }));
    for (let n = 0; n < batchSize; n += 1) {
      for (let row = 0; row < height; row += 1) {
        for (let column = 0; column < width; column += 1) {
          image[(n * height + row) * width + column] = data[row * shape[3] + column] * factor ** n;
        }
      }
      for (const { labels, shape: size } of levels) {
        const step = height / size[1];
        for (let v = 0; v < size[1] * size[2]; v += 1) {
          const [row, column] = [Math.floor(v / size[2]) * step, (v % size[2]) * step];
          labels[n * size[1] * size[2] + v] = segmentation[row * shape[3] + column];
        }
      }
    }
    return { image, imageShape: [batchSize, height, width, 1], levels };
  };
}
