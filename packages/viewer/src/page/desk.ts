import { encode } from 'fast-png';
import type { FilmPrediction, Marked, ModelAnswers } from '../model/model-answers.js';
import type { ViewerModel } from '../model/viewer-model.js';
import type { DecodeAnswers } from './decode-worker.js';
import type { OpenedFilm } from './decoding/decode-film.js';
import { FilmPicture } from './drawing/film-picture.js';
import { ownWindow } from './drawing/grey-picture.js';
import { Stage } from './drawing/stage.js';
import { element } from './element.js';
import type { FilmEntry, FilmResult } from './film-entry.js';
import { QueueList } from './panels/queue-list.js';
import { ResultPanel } from './panels/result-panel.js';
import { jsonFile, saveFile, stem } from './save-file.js';
import type { WorkerClient } from './worker-client.js';

/** Who opens files, and who predicts them. */
export interface DeskWorkers {
  decoder: WorkerClient<DecodeAnswers>;
  model: WorkerClient<ModelAnswers>;
}

const thumbnailSide = 96;

/** Takes films, predicts them one after the other, and shows the chosen one. Only its pixels are kept. */
export class Desk {
  readonly #model: ViewerModel;
  readonly #workers: DeskWorkers;
  readonly #ready: Promise<unknown>;
  readonly queue: QueueList;
  readonly stage: Stage;
  readonly panel: ResultPanel;
  readonly #entries: FilmEntry[] = [];
  /** The film on the stage; its prediction follows. */
  #chosen: FilmEntry | undefined;
  #prediction: FilmPrediction | undefined;
  #isBusy = false;
  /** The cut-off that is wanted next, while the model's worker marks another. */
  #wanted: { threshold: number | null } | undefined;

  /** @param ready fulfilled when the model is loaded. */
  constructor(model: ViewerModel, workers: DeskWorkers, ready: Promise<unknown>) {
    this.#model = model;
    this.#workers = workers;
    this.#ready = ready;
    this.queue = new QueueList((entry) => {
      this.choose(entry);
    });
    this.panel = new ResultPanel(model, {
      onCutoff: (threshold) => {
        this.#outlineAt(threshold);
      },
      onCutoffChosen: (threshold) => {
        this.#wanted = { threshold };
        void this.#work();
      },
      onOverlay: () => {
        this.stage.redraw();
      },
      onWindow: (window) => {
        this.stage.picture!.window = window;
        this.stage.redraw();
      },
    });
    this.stage = new Stage(element('stage', HTMLElement), element('canvas', HTMLCanvasElement), {
      overlay: () => this.panel.overlay,
      onWindow: (window) => {
        this.panel.showWindow(window);
      },
    });
  }

  /** Adds files to the queue; the first of them is chosen where none is. */
  add(files: Iterable<File>): void {
    for (const file of files) {
      const entry: FilmEntry = { id: this.#entries.length, name: file.name, file, state: 'waiting' };
      this.#entries.push(entry);
      this.queue.update(entry);
      if (this.#chosen === undefined || this.#chosen.state === 'failed') {
        this.choose(entry);
      }
    }
    void this.#work();
  }

  /** Shows a film; it is predicted before those that wait. */
  choose(entry: FilmEntry): void {
    if (entry === this.#chosen) {
      return;
    }
    this.#chosen = entry;
    this.#prediction = undefined;
    this.#wanted = undefined;
    this.queue.choose(entry);
    element('film-title', HTMLElement).textContent = entry.name;
    if (entry.state === 'failed') {
      this.#showFailure(entry);
      return;
    }
    this.stage.show(undefined);
    this.#showDownloads();
    this.panel.showResult(entry.result, [], 'Being predicted …');
    this.panel.showCutoff(this.#model.threshold);
    void this.#work();
  }

  /** Works off what is to be done: the cut-off first, then the chosen film, then those that wait. */
  async #work(): Promise<void> {
    if (this.#isBusy) {
      return;
    }
    this.#isBusy = true;
    try {
      for (;;) {
        const wanted = this.#wanted;
        const next = this.#next();
        if (wanted !== undefined && this.#prediction !== undefined) {
          this.#wanted = undefined;
          await this.#mark(wanted.threshold);
        } else if (next !== undefined) {
          await this.#predict(next);
        } else {
          return;
        }
      }
    } finally {
      this.#isBusy = false;
    }
  }

  #next(): FilmEntry | undefined {
    if (this.#chosen !== undefined && this.#prediction === undefined && this.#chosen.state !== 'failed') {
      return this.#chosen;
    }
    return this.#entries.find(({ state }) => state === 'waiting');
  }

  async #predict(entry: FilmEntry): Promise<void> {
    const started = performance.now();
    entry.state = 'working';
    this.queue.update(entry);
    try {
      const film = await this.#workers.decoder.ask('open', { file: entry.file, name: entry.name });
      const picture = new FilmPicture(film);
      entry.thumbnail ??= picture.thumbnail(thumbnailSide);
      this.queue.update(entry);
      if (entry === this.#chosen) {
        this.stage.show(picture);
        this.panel.showFilm(film, picture.window);
      }
      await this.#ready;
      const { data, width, height } = film;
      const keep = entry === this.#chosen;
      const prediction = await this.#workers.model.ask(
        'predict',
        { film: { data, width, height }, keep },
        {
          onProgress: ({ done, total }) => {
            this.#say(entry, `Being predicted: ${done} of ${total} windows.`);
          },
        },
      );
      entry.state = 'done';
      entry.result = this.#resultOf(entry, film, prediction, this.#model.threshold);
      const seconds = (performance.now() - started) / 1000;
      this.#say(entry, `Predicted in ${seconds.toFixed(1)} s.`);
      // Where it was chosen meanwhile it is predicted once more, to be kept.
      if (keep && entry === this.#chosen) {
        this.#prediction = prediction;
        picture.setPrediction(prediction, this.#labels);
        this.stage.redraw();
        this.panel.showResult(entry.result, notesOf(film));
      }
    } catch (error) {
      entry.state = 'failed';
      entry.failure = error instanceof Error ? error.message : String(error);
      if (entry === this.#chosen) {
        this.#showFailure(entry);
      }
    }
    this.queue.update(entry);
    this.#showDownloads();
  }

  async #mark(threshold: number | null): Promise<void> {
    const [entry, picture] = [this.#chosen!, this.stage.picture!];
    const marked = await this.#workers.model.ask('mark', threshold);
    if (entry !== this.#chosen) {
      return;
    }
    Object.assign(this.#prediction!, marked);
    entry.result = this.#resultOf(entry, picture.film, this.#prediction!, threshold);
    this.queue.update(entry);
    this.panel.showResult(entry.result, notesOf(picture.film));
    // A slider that has moved on shows more than this answer.
    if (this.#wanted === undefined) {
      picture.outlineLabels(marked, this.#labels);
      this.stage.redraw();
    }
  }

  #outlineAt(threshold: number): void {
    if (this.#prediction !== undefined && this.#labels.length === 1) {
      this.stage.picture!.outlineAbove(threshold);
      this.stage.redraw();
    }
  }

  get #labels(): number[] {
    return this.#model.classes.map(({ label }) => label);
  }

  #resultOf(
    { name }: FilmEntry,
    { width, height, pixelSpacing }: OpenedFilm,
    prediction: Marked & Omit<FilmPrediction, keyof Marked>,
    threshold: number | null,
  ): FilmResult {
    const { presence, presenceHead, largestProbability } = prediction;
    const result: FilmResult = { file: name, width, height, presence, largestProbability, threshold, lesions: [] };
    if (presenceHead !== undefined) {
      result.presenceHead = presenceHead;
    }
    for (const lesion of prediction.lesions) {
      const measured: FilmResult['lesions'][number] = { ...lesion };
      if (pixelSpacing !== undefined) {
        measured.areaMm2 = lesion.area * pixelSpacing.row * pixelSpacing.column;
      }
      result.lesions.push(measured);
    }
    return result;
  }

  #say(entry: FilmEntry, words: string): void {
    if (entry === this.#chosen) {
      const status = element('status', HTMLElement);
      status.className = '';
      status.textContent = words;
    }
  }

  #showFailure({ failure }: FilmEntry): void {
    this.stage.show(undefined);
    this.panel.showResult(undefined, [], 'This file could not be read.');
    const status = element('status', HTMLElement);
    status.textContent = failure!;
    status.className = 'failed';
    this.#showDownloads();
  }

  #showDownloads(): void {
    for (const id of ['save-overlay', 'save-mask', 'save-json']) {
      element(id, HTMLButtonElement).disabled = this.#prediction === undefined;
    }
    element('save-all', HTMLButtonElement).disabled = !this.#entries.some(({ result }) => result !== undefined);
  }

  /** The whole film, in the window that it came with. */
  resetView(): void {
    const { picture } = this.stage;
    if (picture !== undefined) {
      picture.window = ownWindow(picture.film);
      this.panel.showWindow(picture.window);
    }
    this.stage.reset();
  }

  /** The film with what is shown over it, at its own size. */
  async saveOverlay(): Promise<void> {
    saveFile(await this.stage.picture!.toPng(this.panel.overlay), `${stem(this.#chosen!.name)}_overlay.png`);
  }

  /** Labels on the film's own pixels: a grey PNG. */
  saveMask(): void {
    const { width, height } = this.stage.picture!.film;
    const { labels } = this.#prediction!;
    const depth = labels instanceof Uint8Array ? 8 : 16;
    const png = encode({ data: labels, width, height, channels: 1, depth });
    saveFile(new Blob([new Uint8Array(png)], { type: 'image/png' }), `${stem(this.#chosen!.name)}_radiograph.png`);
  }

  saveJson(): void {
    saveFile(jsonFile(this.#chosen!.result), `${stem(this.#chosen!.name)}.json`);
  }

  /** Of every film the result, or why there is none. */
  saveAll(): void {
    const all = this.#entries.map(({ name, result, failure }) => result ?? { file: name, error: failure ?? 'waiting' });
    saveFile(jsonFile(all), 'predictions.json');
  }
}

function notesOf({ notes, pixelSpacing }: OpenedFilm): string[] {
  const scale =
    pixelSpacing?.at === 'detector' ? ['Areas are measured at the detector, which is larger than life.'] : [];
  return [...notes, ...scale];
}
