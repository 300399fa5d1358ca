import { createRequire } from 'node:module';
import { release } from 'node:os';
import type { Precision } from '@fractura/tfjs-training';
import { version } from '../version.js';
import type { RunSettings } from '../settings/run-settings.js';
import type { CocoData } from './study-data.js';

/** What a run depended on and what it took: `run.json`. */
export interface Manifest {
  /** Version of this layout. */
  format: 1;
  command: string;
  settings: RunSettings;
  data: {
    /** A folder in the layout of FracAtlas. */
    directory?: string;
    /** Or any radiographs with a COCO file; the synthetic atlas has neither. */
    coco?: CocoData;
    synthetic: boolean;
    /** SHA-256 of what the tables say of the images, with their sizes. */
    fingerprint: string;
  };
  engine: { name: string; backend: string; passedOver: { engine: string; reason: string }[] };
  /** Numbers of the trainings' arithmetic; predictions are in float32. Folds begun on another machine may differ. */
  precision: Precision[];
  versions: Record<string, string>;
  startedAt: string;
  finishedAt: string;
  /** Seconds of work by stage, also of stages that an earlier call did. */
  seconds: Record<string, number>;
  results: Record<string, unknown>;
}

/** Versions of what computes. */
export function versionsInUse(): Record<string, string> {
  const require = createRequire(import.meta.url);
  const versionOf = (name: string) => (require(`${name}/package.json`) as { version: string }).version;
  return {
    '@fractura/pipeline': version,
    '@tensorflow/tfjs': versionOf('@tensorflow/tfjs'),
    node: process.versions.node,
    os: `${process.platform} ${process.arch} ${release()}`,
  };
}

/** The manifest's main lines for the report. */
export function factsOfManifest({
  settings,
  data,
  engine,
  precision,
  versions,
}: Manifest): { label: string; value: string }[] {
  return [
    { label: 'Seed', value: String(settings.seed) },
    { label: 'Data', value: data.directory ?? data.coco?.annotations ?? 'synthetic atlas' },
    { label: 'Fingerprint of the data', value: data.fingerprint },
    { label: 'Engine', value: `${engine.name} (TensorFlow.js backend ${engine.backend})` },
    { label: 'Precision', value: precision.join(', ') },
    ...Object.entries(versions).map(([label, value]) => ({ label, value })),
  ];
}
