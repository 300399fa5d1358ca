import { FracatlasLoaderError } from '../errors.js';
import { readText } from './read-text.js';

/** One YOLO box: centre and size as fractions of the image's width and height. */
export interface YoloBox {
  category: number;
  xCentre: number;
  yCentre: number;
  width: number;
  height: number;
}

/** Reads one YOLO label file: a line `category x y width height` for each box, empty where there is none. */
export async function readYolo(path: string): Promise<YoloBox[]> {
  const lines = (await readText(path, 'The YOLO file')).split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.map((line, i) => {
    const numbers = line.trim().split(/\s+/).map(Number);
    if (numbers.length !== 5 || !numbers.every(Number.isFinite)) {
      throw new FracatlasLoaderError(`${path}: line ${i + 1} is "${line.slice(0, 60)}"; expected five numbers.`, {
        code: 'yolo-invalid',
        remedy: 'Correct the line, or restore the file from the original archive.',
      });
    }
    return {
      category: numbers[0],
      xCentre: numbers[1],
      yCentre: numbers[2],
      width: numbers[3],
      height: numbers[4],
    };
  });
}
