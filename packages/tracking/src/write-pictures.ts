import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TrackedStep } from './tracker.js';

/** Keeps a step's pictures as `NAME/STEP.png` in a folder. */
export function writePictures(folder: string, step: number, pictures: TrackedStep['pictures'] = {}): void {
  for (const [name, png] of Object.entries(pictures)) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, `${String(step).padStart(5, '0')}.png`), png);
  }
}
