/**
 * One conversion by this package in a process of its own, for convert.bench.mjs.
 *
 * Usage: convert-once.mjs IMAGES ANNOTATIONS IDS OUT WIDTH HEIGHT
 */
import { readFile } from 'node:fs/promises';
import { convertCoco } from '@fractura/coco-to-nifti';

const [images, annotations, ids, output, width, height] = process.argv.slice(2);
const begin = performance.now();
const trainFiles = (await readFile(ids, 'utf8')).split('\n').filter((line) => line !== '');
const { cases } = await convertCoco({
  images,
  annotations,
  trainFiles,
  output,
  datasetId: 921,
  datasetName: 'FracAtlas',
  size: { width: Number(width), height: Number(height) },
});
const seconds = (performance.now() - begin) / 1000;
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6;
console.log(JSON.stringify({ images: cases.length, seconds, cpuSeconds, peakMiB: maxRSS / 1024 }));
