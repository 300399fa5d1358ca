import type { ViewerModel } from '../../model/viewer-model.js';
import type { OverlayChoice } from '../drawing/film-picture.js';
import { levelsOf, type GreyWindow } from '../drawing/grey-picture.js';
import type { OpenedFilm } from '../decoding/decode-film.js';
import { element } from '../element.js';
import type { FilmResult } from '../film-result.js';
import { calibrationWords, classificationWords, classifierCalibrationWords, percent, presenceWords } from './words.js';

/** What the user changes here. */
export interface ResultPanelEvents {
  /** The slider moves: at once. */
  onCutoff: (threshold: number) => void;
  /** It rests, or the model's own was asked for. */
  onCutoffChosen: (threshold: number | null) => void;
  onOverlay: () => void;
  /** Another class is to be explained. */
  onExplained: (classIndex: number) => void;
  onWindow: (window: GreyWindow) => void;
}

/** The result in words and numbers, and how it is shown. */
export class ResultPanel {
  readonly #controls = element('controls', HTMLFieldSetElement);
  readonly #cutoff = element('cutoff', HTMLInputElement);
  readonly #cutoffValue = element('cutoff-value', HTMLOutputElement);
  readonly #outline = element('outline', HTMLInputElement);
  readonly #heat = element('heat', HTMLInputElement);
  readonly #explanation = element('explanation', HTMLInputElement);
  readonly #explained = element('explained', HTMLSelectElement);
  readonly #opacity = element('opacity', HTMLInputElement);
  readonly #level = element('level', HTMLInputElement);
  readonly #width = element('width', HTMLInputElement);
  readonly #model: ViewerModel;
  readonly #events: ResultPanelEvents;

  constructor(model: ViewerModel, events: ResultPanelEvents) {
    this.#model = model;
    this.#events = events;
    this.#cutoff.addEventListener('input', () => {
      this.#cutoffValue.value = this.#cutoff.value;
      events.onCutoff(this.#cutoff.valueAsNumber);
    });
    this.#cutoff.addEventListener('change', () => {
      events.onCutoffChosen(this.#cutoff.valueAsNumber);
    });
    element('own-cutoff', HTMLButtonElement).addEventListener('click', () => {
      this.showCutoff(model.threshold);
      events.onCutoffChosen(model.threshold);
    });
    for (const input of [this.#outline, this.#heat, this.#explanation, this.#opacity]) {
      input.addEventListener('input', () => {
        this.#showOneHeat(input);
        this.#showOpacity();
        events.onOverlay();
      });
    }
    for (const input of [this.#level, this.#width]) {
      input.addEventListener('input', () => {
        const window = { level: this.#level.valueAsNumber, width: Math.max(1, this.#width.valueAsNumber) };
        this.showWindow(window);
        events.onWindow(window);
      });
    }
    this.#explained.addEventListener('change', () => {
      events.onExplained(this.#explained.selectedIndex);
    });
    this.#explained.append(...(model.classifier?.classes ?? []).map((name) => new Option(name)));
    for (const part of document.querySelectorAll<HTMLElement>('.of-classifier')) {
      part.hidden = model.classifier === undefined;
    }
    this.showCutoff(model.threshold);
    this.#showOpacity();
  }

  get overlay(): OverlayChoice {
    return {
      outline: this.#outline.checked,
      heat: this.#heat.checked,
      explanation: this.#explanation.checked,
      opacity: this.#opacity.valueAsNumber,
    };
  }

  /** Turns outlines, heat or the classifier's explanation on or off. */
  toggle(what: 'outline' | 'heat' | 'explanation'): void {
    const input = { outline: this.#outline, heat: this.#heat, explanation: this.#explanation }[what];
    if (what === 'explanation' && this.#model.classifier === undefined) {
      return;
    }
    input.checked = !input.checked;
    this.#showOneHeat(input);
    this.#events.onOverlay();
  }

  /** Probability and explanation have the same colours: the one that was turned on last is shown. */
  #showOneHeat(changed: HTMLInputElement): void {
    if (changed === this.#heat && this.#heat.checked) {
      this.#explanation.checked = false;
    } else if (changed === this.#explanation && this.#explanation.checked) {
      this.#heat.checked = false;
    }
  }

  /** Moves the cut-off by steps. */
  stepCutoff(steps: number): void {
    this.#cutoff.valueAsNumber += steps * 0.01;
    this.#cutoffValue.value = this.#cutoff.value;
    this.#events.onCutoff(this.#cutoff.valueAsNumber);
    this.#events.onCutoffChosen(this.#cutoff.valueAsNumber);
  }

  showCutoff(threshold: number | null): void {
    this.#cutoff.valueAsNumber = threshold ?? 0.5;
    this.#cutoffValue.value = threshold === null ? 'most probable class' : this.#cutoff.value;
  }

  showWindow({ level, width }: GreyWindow): void {
    this.#level.valueAsNumber = level;
    this.#width.valueAsNumber = width;
    element('level-value', HTMLOutputElement).value = String(Math.round(level));
    element('width-value', HTMLOutputElement).value = String(Math.round(width));
  }

  /** Enables what belongs to a film, and sets the range of its window. */
  showFilm(film: OpenedFilm, window: GreyWindow): void {
    const { lowest, highest } = film.data instanceof Uint8Array ? { lowest: 0, highest: 255 } : levelsOf(film);
    for (const input of [this.#level, this.#width]) {
      input.min = String(input === this.#width ? 1 : lowest);
      input.max = String(input === this.#width ? 2 * Math.max(1, highest - lowest) : highest);
      input.step = film.data instanceof Uint8Array ? '0.5' : '1';
    }
    this.showWindow(window);
    this.#controls.disabled = false;
  }

  /** The page's text of a result; of none, why. */
  showResult(result: FilmResult | undefined, notes: readonly string[] = [], otherwise = ''): void {
    const presence = element('presence', HTMLElement);
    const calibration = element('calibration', HTMLElement);
    element('notes', HTMLElement).textContent = notes.join(' ');
    element('lesions', HTMLTableSectionElement).replaceChildren(...(result?.lesions ?? []).map(lesionRow));
    element('lesions-caption', HTMLElement).textContent =
      result === undefined ? 'Lesions' : `Lesions: ${result.lesions.length || 'none above the cut-off'}`;
    const isClassified = result?.classifier !== undefined;
    element('classification', HTMLElement).textContent = isClassified ? classificationWords(result.classifier!) : '';
    element('classifier-calibration', HTMLElement).textContent = isClassified
      ? classifierCalibrationWords(this.#model.classifier!)
      : '';
    if (result === undefined) {
      presence.textContent = otherwise;
      calibration.textContent = '';
      return;
    }
    const names = this.#model.classes.map(({ name }) => name);
    presence.textContent = presenceWords(result.presence, names);
    calibration.textContent = calibrationWords(this.#model.crossValidation, {
      threshold: this.#model.threshold,
      hasHead: result.presenceHead !== undefined,
    });
  }

  showExplained(classIndex: number): void {
    this.#explained.selectedIndex = classIndex;
  }

  #showOpacity(): void {
    element('opacity-value', HTMLOutputElement).value = percent(this.#opacity.valueAsNumber);
  }
}

function lesionRow({ class: name, box, area, areaMm2, maximumProbability }: FilmResult['lesions'][number]) {
  const [x, y, width, height] = box;
  const cells = [
    name,
    percent(maximumProbability),
    `${width} × ${height} px`,
    areaMm2 === undefined ? `${area} px` : `${areaMm2.toFixed(1)} mm²`,
    `${x}, ${y}`,
  ];
  const row = document.createElement('tr');
  row.append(
    ...cells.map((text) => {
      const cell = document.createElement('td');
      cell.textContent = text;
      return cell;
    }),
  );
  return row;
}
