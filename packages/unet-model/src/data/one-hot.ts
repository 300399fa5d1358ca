/**
 * Appends a channel for each of some labels to an image: 1 where the label is, 0 elsewhere. So the second stage of a cascade
 * gets the labels of the stage before.
 *
 * @param image `[channels, ...]` in C order
 * @param labels one for each voxel of the image
 * @param chosen labels in the order of their channels
 * @returns `[channels + chosen, ...]`
 * @see nnU-Net: nnunetv2/utilities/label_handling/label_handling.py, convert_labelmap_to_one_hot
 */
export function appendOneHot(image: Float32Array, labels: ArrayLike<number>, chosen: readonly number[]): Float32Array {
  const voxels = labels.length;
  const extended = new Float32Array(image.length + chosen.length * voxels);
  extended.set(image);
  chosen.forEach((label, i) => {
    const channel = extended.subarray(image.length + i * voxels);
    for (let v = 0; v < voxels; v += 1) {
      if (labels[v] === label) {
        channel[v] = 1;
      }
    }
  });
  return extended;
}
