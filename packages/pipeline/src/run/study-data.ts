import { resolve } from 'node:path';

/** Any radiographs with a COCO file. */
export interface CocoData {
  /** Folder that the file names of the annotations start from. */
  images: string;
  /** COCO instance file. An image of the folder without annotation counts as normal. */
  annotations: string;
  /** Another folder, of normal radiographs. */
  normals?: string;
}

/** What a study is made from: a folder in the layout of FracAtlas, or any radiographs with a COCO file. */
export type StudyData = string | CocoData;

/** The same with absolute paths. */
export function resolveData(data: StudyData): StudyData {
  if (typeof data === 'string') {
    return resolve(data);
  }
  const resolved: CocoData = { images: resolve(data.images), annotations: resolve(data.annotations) };
  if (data.normals !== undefined) {
    resolved.normals = resolve(data.normals);
  }
  return resolved;
}
