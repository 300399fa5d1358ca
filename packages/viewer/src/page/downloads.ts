import { encodeNiftiBytes } from '@fractura/volume-io';
import { encode } from 'fast-png';
import type { Desk, ShownFilm } from './desk.js';
import { element } from './element.js';
import { saveFile } from './save-file.js';

/** Saves what the buttons below a result say. */
export function listenToDownloads(desk: Desk): void {
  const ofShown: Record<string, (shown: ShownFilm) => unknown> = {
    'save-overlay': async ({ name, picture }) => {
      saveFile(await picture.toPng(desk.panel.overlay), `${stem(name)}_overlay.png`);
    },
    'save-mask': saveMaskPng,
    'save-nifti': saveMaskNifti,
    'save-json': ({ name, result }) => {
      saveJson(result, `${stem(name)}.json`);
    },
  };
  for (const [id, save] of Object.entries(ofShown)) {
    element(id, HTMLButtonElement).addEventListener('click', () => {
      if (desk.shown !== undefined) {
        void save(desk.shown);
      }
    });
  }
  element('save-all', HTMLButtonElement).addEventListener('click', () => {
    saveJson(desk.results, 'predictions.json');
  });
}

/** A film's name without its ending. */
const stem = (name: string): string => name.replace(/\.[^.]*$/, '');

/** Labels on the film's own pixels as a grey PNG. */
function saveMaskPng({ name, picture, prediction: { labels } }: ShownFilm): void {
  const { width, height } = picture.film;
  const depth = labels instanceof Uint8Array ? 8 : 16;
  const png = encode({ data: labels, width, height, channels: 1, depth });
  saveFile(new Blob([new Uint8Array(png)], { type: 'image/png' }), `${stem(name)}_radiograph.png`);
}

/**
 * Labels on the film's own pixels as a NIfTI volume of one slice, with its spacing where the film's file tells it; its axes are
 * those of converted data sets.
 */
async function saveMaskNifti({ name, picture, prediction: { labels } }: ShownFilm): Promise<void> {
  const { width, height, pixelSpacing } = picture.film;
  const spacing = [pixelSpacing?.column ?? 1, pixelSpacing?.row ?? 1, 1];
  const bytes = encodeNiftiBytes({ data: labels, shape: [width, height, 1], spacing });
  const compressed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  const content = await new Response(compressed).blob();
  saveFile(new Blob([content], { type: 'application/gzip' }), `${stem(name)}_radiograph.nii.gz`);
}

function saveJson(data: unknown, name: string): void {
  saveFile(new Blob([`${JSON.stringify(data, undefined, 2)}\n`], { type: 'application/json' }), name);
}
