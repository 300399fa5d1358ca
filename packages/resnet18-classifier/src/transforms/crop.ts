import { roundHalfToEven } from '@fractura/python-compat';
import { blank, type PixelImage } from './pixel-image.js';

/** The middle `size` x `size` pixels, as `torchvision.transforms.CenterCrop(size)`; black where the picture is smaller. */
export function centerCrop(image: PixelImage, size: number): PixelImage {
  const { data, height, width, channels } = image;
  const out = blank(image, size, size);
  const top = offsetOf(height, size);
  const left = offsetOf(width, size);
  for (let y = Math.max(0, -top); y < Math.min(size, height - top); y += 1) {
    const firstX = Math.max(0, -left);
    const lastX = Math.min(size, width - left);
    const from = ((y + top) * width + left + firstX) * channels;
    out.data.set(data.subarray(from, from + (lastX - firstX) * channels), (y * size + firstX) * channels);
  }
  return out;
}

/** Python rounds halves to even; a smaller picture is padded by the smaller half first. */
const offsetOf = (extent: number, size: number): number =>
  extent >= size ? roundHalfToEven((extent - size) / 2) : -Math.floor((size - extent) / 2);
