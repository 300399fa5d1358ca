import type { AtlasRecord } from '../../src/index.js';

/** A record of a radiograph that does not exist. */
export function fakeRecord(id: number, fractured: boolean, more: Partial<AtlasRecord> = {}): AtlasRecord {
  const name = `IMG${String(id).padStart(7, '0')}`;
  return {
    id: name,
    file: `${name}.jpg`,
    path: `/nowhere/${name}.jpg`,
    bytes: 20_000 + id,
    fractured,
    width: 373,
    height: 454,
    orientation: 1,
    channels: 3,
    annotations: [],
    bodyParts: ['hand'],
    views: ['frontal'],
    hardware: false,
    multiscan: false,
    fractureCount: 0,
    ...more,
  };
}

/** The full FracAtlas in numbers: 717 with a fracture, 3,366 without; ids two apart, so that none are neighbours. */
export function fullSet(): AtlasRecord[] {
  return Array.from({ length: 717 + 3366 }, (_, i) => fakeRecord(2 * i, (i * 717) % 4083 < 717));
}
