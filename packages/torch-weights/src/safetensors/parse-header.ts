import { elementCount } from '@fractura/array-files';
import { reasonOf } from '@fractura/errors';
import { TorchWeightsError } from '../errors.js';
import { elementBytes, type TorchDtype } from '../tensors/tensor.js';
import { dtypeCodes } from './dtype-codes.js';

/** Where a tensor lies; bytes count from the end of the header. */
export interface TensorEntry {
  name: string;
  dtype: TorchDtype;
  shape: number[];
  start: number;
  end: number;
}

/** The format's own limit, against headers that are made to exhaust memory. */
export const maxHeaderBytes = 100_000_000;

const damaged = (file: string, what: string) =>
  new TorchWeightsError(`${file}: ${what}.`, {
    code: 'invalid-safetensors',
    remedy: 'Write or download the file again.',
  });

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function parseEntry(file: string, name: string, value: unknown): TensorEntry {
  const { dtype: code, shape, data_offsets: offsets } = (value ?? {}) as Record<string, unknown>;
  const subject = `tensor "${name}"`;
  if (typeof code !== 'string' || !Object.hasOwn(dtypeCodes, code)) {
    throw new TorchWeightsError(`${file}: ${subject} has the dtype ${JSON.stringify(code)}, which is not supported.`, {
      code: 'unsupported-dtype',
      remedy: `Store it as one of ${Object.keys(dtypeCodes).join(', ')}.`,
    });
  }
  if (!Array.isArray(shape) || !shape.every(isCount)) {
    throw damaged(file, `${subject} has the shape ${JSON.stringify(shape)}`);
  }
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) {
    throw damaged(file, `${subject} has the data_offsets ${JSON.stringify(offsets)}`);
  }
  const dtype = dtypeCodes[code as keyof typeof dtypeCodes];
  const [start, end] = offsets as [number, number];
  const needed = elementCount(shape) * elementBytes(dtype);
  if (end - start !== needed) {
    throw damaged(
      file,
      `${subject} (${code} [${shape.join(', ')}]) needs ${needed} bytes; its offsets give ${end - start}`,
    );
  }
  return { name, dtype, shape, start, end };
}

function parseMetadata(file: string, value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null || !Object.values(value).every((text) => typeof text === 'string')) {
    throw damaged(file, 'its __metadata__ must map names to strings');
  }
  return value as Record<string, string>;
}

/**
 * Parses and checks the JSON header: every tensor's bytes follow the previous one's, and together they fill the file.
 *
 * @param dataBytes bytes behind the header.
 */
export function parseHeader(json: Uint8Array, dataBytes: number, file: string) {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch (cause) {
    throw damaged(file, `its header is not JSON (${reasonOf(cause)})`);
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header)) {
    throw damaged(file, 'its header is not a JSON object');
  }
  let metadata: Record<string, string> | undefined;
  const entries: TensorEntry[] = [];
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') {
      metadata = parseMetadata(file, value);
    } else {
      entries.push(parseEntry(file, name, value));
    }
  }
  entries.sort((a, b) => a.start - b.start || a.end - b.end);
  let covered = 0;
  for (const { name, start, end } of entries) {
    if (start !== covered) {
      throw damaged(file, `tensor "${name}" starts at byte ${start}, not at ${covered}`);
    }
    covered = end;
  }
  if (covered !== dataBytes) {
    throw damaged(file, `its tensors take ${covered} bytes; ${dataBytes} bytes follow the header`);
  }
  return { entries, metadata };
}
