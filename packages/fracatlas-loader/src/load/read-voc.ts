import { DOMParser, type Document, type Element } from '@xmldom/xmldom';
import { reasonOf } from '@fractura/errors';
import { FracatlasLoaderError } from '../errors.js';
import { readText } from './read-text.js';

export interface VocFile {
  width: number;
  height: number;
  channels: number;
  /** Left, top, right, bottom in whole pixels. */
  boxes: [number, number, number, number][];
}

/** Reads one PASCAL VOC annotation. */
export async function readVoc(path: string): Promise<VocFile> {
  const text = await readText(path, 'The PASCAL VOC file');
  let document: Document;
  try {
    document = new DOMParser({
      onError: (_level, message) => {
        throw new Error(message);
      },
    }).parseFromString(text, 'text/xml');
  } catch (cause) {
    throw new FracatlasLoaderError(`${path} is not valid XML: ${reasonOf(cause)}.`, {
      code: 'voc-invalid',
      remedy: 'Restore the file from the original archive.',
      cause,
    });
  }
  const numberIn = (parent: Document | Element, tag: string): number => {
    const content = parent.getElementsByTagName(tag).item(0)?.textContent?.trim() ?? '';
    const value = Number(content);
    if (content === '' || !Number.isFinite(value)) {
      throw new FracatlasLoaderError(`${path}: <${tag}> is "${content}"; expected a number.`, {
        code: 'voc-invalid',
        remedy: 'Correct the entry, or restore the file from the original archive.',
      });
    }
    return value;
  };
  return {
    width: numberIn(document, 'width'),
    height: numberIn(document, 'height'),
    channels: numberIn(document, 'depth'),
    boxes: Array.from(document.getElementsByTagName('object'), (object) => [
      numberIn(object, 'xmin'),
      numberIn(object, 'ymin'),
      numberIn(object, 'xmax'),
      numberIn(object, 'ymax'),
    ]),
  };
}
