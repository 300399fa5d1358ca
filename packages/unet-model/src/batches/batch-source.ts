import { reasonOf } from '@fractura/errors';
import { UnetModelError } from '../errors.js';
import type { Batch } from './batch.js';
import type { BatchContext, BatchId, BatchMaker, BatchSource, ModuleMethod } from './batch-method.js';
import { filmBatches } from './film-batches.js';
import { patchBatches } from './patch-batches.js';

/**
 * What makes the batches of a source.
 *
 * @throws UnetModelError `batch-module-invalid`
 */
export async function openBatchSource({ method, ...context }: BatchSource): Promise<BatchMaker> {
  switch (method.kind) {
    case 'patches':
      return patchBatches(context, method);
    case 'films':
      return filmBatches(context, method);
    default:
      return openModule(context, method);
  }
}

/** Makes any batch of several sources, each of which is opened for its first batch. */
export function batchesOf(sources: readonly BatchSource[]): (id: BatchId) => Promise<Batch> {
  const makers = new Map<number, Promise<BatchMaker>>();
  return async ({ source, number }) => {
    const maker = makers.get(source) ?? openBatchSource(sources[source]);
    makers.set(source, maker);
    return (await maker)(number);
  };
}

async function openModule(context: BatchContext, { url, settings }: ModuleMethod): Promise<BatchMaker> {
  const { default: make } = await importModule(url);
  if (typeof make !== 'function') {
    throw new UnetModelError(`${url} has no default export that makes batches.`, {
      code: 'batch-module-invalid',
      remedy: 'Export a function (context, settings) => (number) => batch as the default.',
    });
  }
  return (make as (context: BatchContext, settings: unknown) => BatchMaker)(context, settings);
}

async function importModule(url: string): Promise<{ default?: unknown }> {
  try {
    return (await import(url)) as { default?: unknown };
  } catch (error) {
    throw new UnetModelError(`${url} cannot be imported: ${reasonOf(error)}.`, {
      code: 'batch-module-invalid',
      remedy: 'Give the URL of a JavaScript module, such as new URL("./batches.mjs", import.meta.url).href.',
      cause: error,
    });
  }
}
