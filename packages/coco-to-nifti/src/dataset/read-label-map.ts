import { readNifti } from '@fractura/volume-io';
import { readImage } from '@fractura/radiograph';
import { CocoToNiftiError } from '../errors.js';

/** A label map, row-major, [height, width]. */
export interface LabelMap {
  data: ArrayLike<number>;
  width: number;
  height: number;
}

/**
 * Reads a label map of one slice from NIfTI or PNG.
 *
 * @param numbers labels that may be there.
 * @throws CocoToNiftiError `label-invalid`; VolumeIoError for damaged files.
 */
export async function readLabelMap(file: string, numbers: ReadonlySet<number>): Promise<LabelMap> {
  const map = /\.png$/i.test(file) ? await readPng(file) : await readSlice(file);
  for (let i = 0; i < map.data.length; i += 1) {
    if (!numbers.has(map.data[i])) {
      throw invalid(file, `holds the label ${map.data[i]}, which dataset.json does not name`);
    }
  }
  return map;
}

async function readSlice(file: string): Promise<LabelMap> {
  const { data, shape, components } = await readNifti(file);
  const [width, height = 1, ...others] = shape;
  if (components !== 1 || others.some((size) => size !== 1)) {
    throw invalid(file, `has the shape ${shape.join(' x ')}, which is not one slice`);
  }
  return { data: data instanceof Uint8Array ? data : Float64Array.from(data as Float64Array, Number), width, height };
}

async function readPng(file: string): Promise<LabelMap> {
  const { data, shape } = await readImage(file, { palette: 'indices' });
  if (shape.length !== 2) {
    throw invalid(file, `has ${shape[2]} channels; a label map has one`);
  }
  return { data, width: shape[1], height: shape[0] };
}

const invalid = (file: string, flaw: string) =>
  new CocoToNiftiError(`${file} ${flaw}.`, {
    code: 'label-invalid',
    remedy: 'Give label maps of radiographs (one slice) with the dataset.json that they belong to.',
  });
