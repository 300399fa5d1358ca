import { encodeCsv, joinInside, writeFileBeside } from '@fractura/array-files';
import type { Lesion } from './find-lesions.js';
import type { FailedRadiograph, RadiographPrediction } from './radiograph-prediction.js';

const columns = [
  'file',
  'width',
  'height',
  'presence',
  'presence_head',
  'largest_probability',
  'threshold',
  'lesions',
  'lesion',
  'class',
  'x',
  'y',
  'box_width',
  'box_height',
  'area',
  'area_mm2',
  'maximum_probability',
  'mean_probability',
  'error',
] as const;

type Row = Partial<Record<(typeof columns)[number], string | number>>;

/**
 * Writes `predictions.json`, an array, and `predictions.csv`: a row for each lesion, numbered from 1 on, and one for each radiograph
 * without any. Boxes and areas are in pixels, `area_mm2` in square millimetres; cells that say nothing are empty.
 *
 * @throws ArrayFilesError `file-unwritable`
 */
export async function writePredictions(
  folder: string,
  predictions: readonly (RadiographPrediction | FailedRadiograph)[],
): Promise<void> {
  const rows = predictions.flatMap((each) => ('error' in each ? [failedRow(each)] : rowsOf(each)));
  await writeFileBeside(
    joinInside(folder, 'predictions.csv'),
    encodeCsv([columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]),
  );
  await writeFileBeside(joinInside(folder, 'predictions.json'), `${JSON.stringify(predictions, undefined, 2)}\n`);
}

const failedRow = ({ file, error }: FailedRadiograph): Row => ({ file, error: error.message });

function rowsOf({ presenceHead, largestProbability, threshold, lesions, ...prediction }: RadiographPrediction): Row[] {
  const { file, width, height, presence } = prediction;
  const film: Row = {
    file,
    width,
    height,
    presence,
    presence_head: presenceHead,
    largest_probability: largestProbability,
    threshold: threshold ?? '',
    lesions: lesions.length,
  };
  return lesions.length === 0 ? [film] : lesions.map((lesion, i) => ({ ...film, lesion: i + 1, ...cellsOf(lesion) }));
}

function cellsOf({ class: name, box, area, areaMm2, maximumProbability, meanProbability }: Lesion): Row {
  const [x, y, width, height] = box;
  return {
    class: name,
    x,
    y,
    box_width: width,
    box_height: height,
    area,
    area_mm2: areaMm2 ?? '',
    maximum_probability: maximumProbability,
    mean_probability: meanProbability,
  };
}
