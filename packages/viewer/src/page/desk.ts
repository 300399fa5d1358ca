import type { Film, FilmPrediction, ModelAnswers } from '../model/model-answers.js';
import type { ViewerModel } from '../model/viewer-model.js';
import type { DecodeAnswers } from './decode-worker.js';
import type { OpenedFilm } from './decoding/decode-film.js';
import { FilmPicture } from './drawing/film-picture.js';
import { ownWindow } from './drawing/grey-picture.js';
import { Stage } from './drawing/stage.js';
import { element } from './element.js';
import type { FilmEntry } from './film-entry.js';
import { addClassification, filmResult, notesOf, type FilmResult } from './film-result.js';
import { QueueList } from './panels/queue-list.js';
import { ResultPanel } from './panels/result-panel.js';
import type { WorkerClient } from './worker-client.js';

/** Who opens files, and who predicts them. */
export interface DeskWorkers {
  decoder: WorkerClient<DecodeAnswers>;
  model: WorkerClient<ModelAnswers>;
}

const thumbnailSide = 96;

/** A film with what was predicted on it. */
export interface ShownFilm {
  name: string;
  picture: FilmPicture;
  prediction: FilmPrediction;
  result: FilmResult;
}

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
  /** The class that the classifier is to explain next. */
  #wantedClass: number | undefined;

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
      onExplained: (classIndex) => {
        this.#wantedClass = classIndex;
        void this.#work();
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
    this.#wantedClass = undefined;
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
        const [wanted, wantedClass] = [this.#wanted, this.#wantedClass];
        const next = this.#next();
        if (wanted !== undefined && this.#prediction !== undefined) {
          this.#wanted = undefined;
          await this.#mark(wanted.threshold);
        } else if (wantedClass !== undefined && this.#prediction !== undefined) {
          this.#wantedClass = undefined;
          await this.#classify(this.#chosen!, this.stage.picture!.film, wantedClass);
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
      const keep = entry === this.#chosen;
      const prediction = await this.#workers.model.ask(
        'predict',
        { film: asked(film), keep },
        {
          onProgress: ({ done, total }) => {
            this.#say(entry, `Being predicted: ${done} of ${total} windows.`);
          },
        },
      );
      entry.result = filmResult(entry.name, film, { prediction, threshold: this.#model.threshold });
      const seconds = (performance.now() - started) / 1000;
      this.#say(entry, `Predicted in ${seconds.toFixed(1)} s.`);
      // Where it was chosen meanwhile it is predicted once more, to be kept.
      if (keep && entry === this.#chosen) {
        this.#prediction = prediction;
        picture.setPrediction(prediction, this.#labels);
        this.stage.redraw();
        this.panel.showResult(entry.result, notesOf(film));
      }
      if (this.#model.classifier !== undefined) {
        await this.#classify(entry, film);
      }
      entry.state = 'done';
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
    const { classifier } = entry.result!;
    entry.result = filmResult(entry.name, picture.film, { prediction: this.#prediction!, threshold });
    if (classifier !== undefined) {
      entry.result.classifier = classifier;
    }
    this.queue.update(entry);
    this.panel.showResult(entry.result, notesOf(picture.film));
    // A slider that has moved on shows more than this answer.
    if (this.#wanted === undefined) {
      picture.outlineLabels(marked, this.#labels);
      this.stage.redraw();
    }
  }

  /** Asks the classifier; what speaks for a class is drawn on the film that is shown. */
  async #classify(entry: FilmEntry, film: OpenedFilm, classIndex?: number): Promise<void> {
    const argument: { film: Film; classIndex?: number } = { film: asked(film) };
    if (classIndex !== undefined) {
      argument.classIndex = classIndex;
    }
    const judged = await this.#workers.model.ask('classify', argument);
    addClassification(entry.result!, judged, this.#model);
    if (entry === this.#chosen && this.#prediction !== undefined) {
      this.stage.picture!.setExplanation(judged);
      this.panel.showResult(entry.result, notesOf(film));
      this.panel.showExplained(judged.classIndex);
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
    for (const id of ['save-overlay', 'save-mask', 'save-nifti', 'save-json']) {
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

  /** The film that is shown with its prediction, once there is one. */
  get shown(): ShownFilm | undefined {
    const { picture } = this.stage;
    const [entry, prediction] = [this.#chosen, this.#prediction];
    return entry?.result === undefined || prediction === undefined || picture === undefined
      ? undefined
      : { name: entry.name, picture, prediction, result: entry.result };
  }

  /** Of every film the result, or why there is none. */
  get results(): (FilmResult | { file: string; error: string })[] {
    return this.#entries.map(({ name, result, failure }) => result ?? { file: name, error: failure ?? 'waiting' });
  }
}

/** What of a film a model is asked about. */
function asked({ data, width, height, pixelSpacing }: OpenedFilm): Film {
  const film: Film = { data, width, height };
  if (pixelSpacing !== undefined) {
    film.pixelSpacing = pixelSpacing;
  }
  return film;
}
