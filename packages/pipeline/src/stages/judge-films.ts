import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { encodeCsv, makeFolder, writeFileBeside } from '@fractura/array-files';
import { groupNumbers, kFold, type Atlas, type AtlasRecord, type StudySplits } from '@fractura/fracatlas-loader';
import { foregroundProbability, loadModel, predictRadiograph, presenceOf, type TrainedModel } from '@fractura/nnunet';
import { readLabels } from '@fractura/nnunet-format';
import { cropToPlacement } from '@fractura/radiograph';
import { writeNpy } from '@fractura/volume-io';
import type { RunContext } from '../run/run-context.js';
import { classNames } from './classify.js';

/** A film and the one fold whose network judges it. */
export interface JudgedFilm {
  record: AtlasRecord;
  /** Number of the films that belong together. */
  group: number;
  fold: number;
}

/**
 * Every usable film with a fold that has not seen it: its own where it was in the cross-validation; those that trained nothing are
 * dealt evenly to the folds, groups kept together.
 */
export function foldsOfFilms(
  { records }: Pick<Atlas, 'records'>,
  { seed, groups, folds }: Pick<StudySplits, 'seed' | 'groups' | 'folds'>,
  exclude: readonly string[],
): JudgedFilm[] {
  const unusable = new Set(exclude);
  const usable = records.filter(({ file }) => !unusable.has(file));
  const foldOf = new Map(folds.flatMap(({ val }, fold) => val.map((file) => [file, fold] as const)));
  const groupOf = groupNumbers(groups);
  // What belongs together with a film of a fold goes where that one is.
  const foldOfGroup = new Map([...foldOf].map(([file, fold]) => [groupOf.get(file), fold]));
  const unseen = usable.filter(({ file }) => !foldOf.has(file) && !foldOfGroup.has(groupOf.get(file)));
  if (unseen.length >= folds.length) {
    const { parts } = kFold(unseen, { seed, folds: folds.length, groups });
    Object.values(parts).forEach((files, fold) => {
      files.forEach((file) => foldOf.set(file, fold));
    });
  }
  return usable.map((record, i) => {
    const group = groupOf.get(record.file)!;
    return { record, group, fold: foldOf.get(record.file) ?? foldOfGroup.get(group) ?? i % folds.length };
  });
}

/** What a fold's network says of a film; names are those of the files without folder and ending. */
interface FilmScores {
  name: string;
  presenceHead: number | undefined;
  largestProbability: number;
}

/**
 * Lets each film be judged by its fold's network, and writes what `fractura classify compare` takes: `films.csv` (file, label, group,
 * fold, body part, view), `scores.csv` (file, presence head where there is one, largest probability) and `maps/NAME.npy`, the
 * probability of a fracture in the film's own frame.
 *
 * @returns the folder from which the files of `films.csv` are named
 */
export async function judgeFilms(
  films: readonly JudgedFilm[],
  output: string,
  { paths, settings, progress, signal }: RunContext,
): Promise<string> {
  await makeFolder(join(output, 'maps'));
  const task = progress('Judging the films');
  const scores: FilmScores[] = [];
  for (let fold = 0; fold < settings.folds; fold += 1) {
    const model = await loadModel({ folder: paths.model, folds: [fold] });
    try {
      for (const { record } of films.filter((film) => film.fold === fold)) {
        signal.throwIfAborted();
        scores.push(await judgeFilm(record, { model, output, settings, signal }));
        task.update({ done: scores.length, total: films.length });
      }
    } finally {
      model.dispose();
    }
  }
  const folder = commonFolder(films.map(({ record }) => record.path));
  await writeFileBeside(join(output, 'films.csv'), filmsCsv(films, folder));
  await writeFileBeside(join(output, 'scores.csv'), scoresCsv(scores));
  task.finish(`${films.length} films`);
  return folder;
}

async function judgeFilm(
  { path }: AtlasRecord,
  {
    model,
    output,
    settings,
    signal,
  }: { model: TrainedModel; output: string } & Pick<RunContext, 'settings' | 'signal'>,
): Promise<FilmScores> {
  const { size, fit, mirroring } = settings;
  const predicted = await predictRadiograph({
    model,
    file: path,
    size: { width: size, height: size },
    fit,
    mirroring,
    signal,
  });
  const { probabilities, shape, place } = predicted;
  const labels = readLabels(model.datasetJson);
  const [, height, width] = shape;
  const name = basename(path, extname(path));
  const data = cropToPlacement(foregroundProbability(probabilities, labels), { width, height }, place);
  await writeNpy(join(output, 'maps', `${name}.npy`), { data, shape: [place.height, place.width] });
  const { presenceHead, largestProbability } = presenceOf(predicted, labels);
  return { name, presenceHead, largestProbability };
}

/** The innermost folder that all files lie in. */
function commonFolder(files: readonly string[]): string {
  const folders = files.map((file) => dirname(resolve(file)).split(sep));
  const [first] = folders;
  const differing = first.findIndex((part, i) => folders.some((other) => other[i] !== part));
  return first.slice(0, differing < 0 ? undefined : differing).join(sep) || sep;
}

/** One of several, or `several`. */
const onlyOf = (names: readonly string[]): string => (names.length > 1 ? 'several' : (names[0] ?? ''));

function filmsCsv(films: readonly JudgedFilm[], folder: string): string {
  const rows = films.map(({ record, group, fold }) => {
    const { path, fractured, bodyParts, views } = record;
    const file = relative(folder, path).split(sep).join('/');
    return [file, classNames[Number(fractured)], group, fold, onlyOf(bodyParts), onlyOf(views)];
  });
  return encodeCsv([['file', 'label', 'group', 'fold', 'body part', 'view'], ...rows]);
}

function scoresCsv(scores: readonly FilmScores[]): string {
  const hasHead = scores.every(({ presenceHead }) => presenceHead !== undefined);
  const columns = hasHead ? ['file', 'presence head', 'largest probability'] : ['file', 'largest probability'];
  const rows = scores.map(({ name, presenceHead, largestProbability }) =>
    hasHead ? [name, presenceHead!, largestProbability] : [name, largestProbability],
  );
  return encodeCsv([columns, ...rows]);
}
