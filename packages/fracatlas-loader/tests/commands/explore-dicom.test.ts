import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  captureProgram,
  dicomElement,
  dicomFile,
  dicomFilm,
  patientElements,
  patientMarks,
  temporaryFolder,
} from '@fractura/testing';
import { expect, test } from '@jest/globals';
import { runCommandLine } from '@fractura/command-line';
import { exploreCommand } from '../../src/commands/explore.js';
import type { AtlasAudit } from '../../src/index.js';

const [width, height] = [64, 48];

/** A film of stripes, further apart from film to film. */
const film = (n: number) =>
  dicomFilm({
    width,
    height,
    levels: Uint16Array.from({ length: width * height }, (_, i) => 2000 + 1900 * Math.sin((i % width) / (1 + n))),
    more: [...patientElements(), dicomElement('00280030', 'DS', '0.2\\0.2')],
  });

test('DICOM films are explored, damaged ones and twins are found, and nothing of the patient is shown', async () => {
  const folder = await temporaryFolder();
  const at = (name: string) => join(folder, name);
  await mkdir(at('films'));
  for (const [name, bytes] of [
    ['0.dcm', film(0)],
    ['1.dcm', film(1)],
    ['twin.dcm', film(1)],
    ['IM0002', film(2)],
    ['damaged.dcm', film(3).subarray(0, 3000)],
    ['report.dcm', dicomFile(patientElements())],
  ] as const) {
    await writeFile(at(`films/${name}`), bytes);
  }
  const coco = {
    images: [
      { id: 1, file_name: '0.dcm', width, height },
      { id: 2, file_name: 'IM0002', width, height },
    ],
    annotations: [
      {
        id: 1,
        image_id: 1,
        category_id: 1,
        segmentation: [[4, 4, 20, 4, 20, 20, 4, 20]],
        bbox: [4, 4, 16, 16],
        area: 256,
      },
    ],
    categories: [{ id: 1, name: 'fracture' }],
  };
  await writeFile(at('coco.json'), JSON.stringify(coco));
  const { status, output, errors } = await captureProgram((streams) =>
    runCommandLine(
      { name: 'fractura', version: '0.0.0', summary: 'Tests.', commands: [exploreCommand] },
      ['explore', '--images', at('films'), '--annotations', at('coco.json'), '--out', at('out')],
      streams,
    ),
  );
  expect(status).toBe(0);
  const json = await readFile(at('out/audit.json'), 'utf8');
  const { audit } = JSON.parse(json) as { audit: AtlasAudit };
  expect(audit.images).toBe(5);
  expect(audit.damaged).toEqual(['damaged.dcm']);
  expect(json).toContain('report.dcm is left out');
  expect(json).toContain('it has no (7FE0,0010) PixelData');
  expect(json).toContain('twin.dcm');
  const texts = [output, errors];
  for (const name of await readdir(at('out'))) {
    texts.push(await readFile(at(`out/${name}`), 'latin1'));
  }
  for (const mark of Object.values(patientMarks)) {
    expect(texts.filter((text) => text.includes(mark))).toEqual([]);
  }
});
