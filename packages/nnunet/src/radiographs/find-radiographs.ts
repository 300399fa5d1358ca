import { extname, join, relative, resolve, sep } from 'node:path';
import { refuseOverwrite } from '@fractura/array-files';
import { findImages } from '@fractura/radiograph';
import { NnunetError } from '../errors.js';

/** A radiograph to predict. */
export interface NamedRadiograph {
  path: string;
  /** Path below the deepest folder that all radiographs have in common, with `/` between folders. */
  file: string;
  /** What its results are called: `file` without its ending, or with it where another file differs by the ending alone. */
  name: string;
}

/** Where radiographs are looked for. */
export interface FindRadiographsOptions {
  /** Image files, and folders of such. */
  images: readonly string[];
  /** Look into the folders' subfolders, too. */
  recursive: boolean;
  /** Folder of the results: what lies there is no radiograph to predict. */
  output: string;
  /** Takes a line where files were passed over. */
  note: (line: string) => void;
}

/**
 * Lists the radiographs that files and folders name, each once, and names their results so that none meets another's: where all come
 * from one folder by their names alone, else with the folders that tell them apart.
 *
 * @throws RadiographError `images-missing`; NnunetError `images-missing` where nothing is named; ArrayFilesError `output-is-input`
 *   where the results would fall among the images of a folder.
 */
export async function findRadiographs({
  images,
  recursive,
  output,
  note,
}: FindRadiographsOptions): Promise<NamedRadiograph[]> {
  const roots: string[] = [];
  const paths = new Map<string, string>();
  for (const image of images) {
    const { folder, files } = await findImages(image, { recursive });
    const found = files.map((file) => join(folder, file));
    const isFolder = resolve(folder) === resolve(image);
    const taken = isFolder && liesIn(output, folder) ? found.filter((path) => !liesIn(path, output)) : found;
    if (taken.length < found.length) {
      note(`${found.length - taken.length} images in ${output} are left out: results go there.`);
    }
    if (isFolder) {
      await refuseOverwrite({ inputs: taken, folders: [output] });
    }
    roots.push(resolve(folder));
    for (const path of taken) {
      paths.set(resolve(path), path);
    }
  }
  if (paths.size === 0) {
    throw new NnunetError('No radiograph is named.', {
      code: 'images-missing',
      remedy: 'Name image files, or folders that hold some.',
    });
  }
  const depth = commonDepth(roots);
  const files = [...paths].map(([absolute, path]) => ({ path, file: partsOf(absolute).slice(depth).join('/') }));
  return withNames(files);
}

/** Whether a path lies below a folder. */
function liesIn(path: string, folder: string): boolean {
  const [first] = relative(resolve(folder), resolve(path)).split(sep);
  return first !== '' && first !== '..' && !/^[a-z]:/i.test(first);
}

/** The folders of an absolute path, a drive without its colon. */
const partsOf = (path: string): string[] =>
  path
    .replace(/^([a-z]):/i, '$1')
    .split(sep)
    .filter((part) => part !== '');

/** How many folders absolute paths begin with alike. */
function commonDepth(paths: readonly string[]): number {
  const [first, ...others] = paths.map(partsOf);
  const depth = first.findIndex((part, i) => others.some((other) => other[i] !== part));
  return depth === -1 ? first.length : depth;
}

function withNames(files: readonly { path: string; file: string }[]): NamedRadiograph[] {
  const counts = new Map<string, number>();
  // In lower case, as many file systems take names.
  const key = (file: string) => stem(file).toLowerCase();
  for (const { file } of files) {
    counts.set(key(file), (counts.get(key(file)) ?? 0) + 1);
  }
  return files.map(({ path, file }) => ({ path, file, name: counts.get(key(file)) === 1 ? stem(file) : file }));
}

const stem = (file: string): string => file.slice(0, file.length - extname(file).length);
