import { join } from 'node:path';
import { encodeCsv, writeFileBeside } from '@fractura/array-files';
import { lineChart, type Line } from '@fractura/html-page';
import type { EpochLog } from './training-options.js';

/** Writes a training's curves: `curves.csv`, a row for each epoch, and `curves.svg`. */
export async function writeCurves(folder: string, log: readonly EpochLog[]): Promise<void> {
  await writeFileBeside(join(folder, 'curves.csv'), curvesCsv(log), { flush: false });
  await writeFileBeside(join(folder, 'curves.svg'), curvesSvg(log), { flush: false });
}

const columns = [
  'epoch',
  'learningRate',
  'trainLoss',
  'validationLoss',
  'trainAccuracy',
  'validationAccuracy',
  'validationAuc',
  'seconds',
] as const;

/** Epochs are counted from 1; a validation AUC that there is none of is empty. */
const curvesCsv = (log: readonly EpochLog[]): string =>
  encodeCsv([
    columns,
    ...log.map((entry) => columns.map((name) => (name === 'epoch' ? entry.epoch + 1 : (entry[name] ?? '')))),
  ]);

function curvesSvg(log: readonly EpochLog[]): string {
  const line = (name: string, of: keyof EpochLog, side: Line['side']): Line => ({
    name,
    side,
    points: log.map((entry) => [entry.epoch + 1, entry[of] ?? NaN]),
    dashed: side === 'right',
  });
  const chart = lineChart(
    [
      line('training loss', 'trainLoss', 'left'),
      line('validation loss', 'validationLoss', 'left'),
      line('accuracy', 'validationAccuracy', 'right'),
      line('AUC', 'validationAuc', 'right'),
    ],
    {
      title: 'Loss, validation accuracy and AUC by epoch',
      x: { label: 'epoch', whole: true },
      y: { label: 'loss' },
      right: { label: 'accuracy, AUC', range: [0, 1] },
      legend: true,
      width: 640,
      height: 360,
    },
  );
  return `${chart.text.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"')}\n`;
}
