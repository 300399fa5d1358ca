import type { FilmClassification, FilmPrediction, Marked } from '../../model/model-answers.js';
import type { OpenedFilm } from '../decoding/decode-film.js';
import { drawGrey, ownWindow, type GreyWindow } from './grey-picture.js';
import { drawHeat } from './heat-picture.js';
import { outlineColours, outlinePath, outlineThickness } from './outline-path.js';

/** What is shown over a film. */
export interface OverlayChoice {
  outline: boolean;
  heat: boolean;
  /** Where the film speaks for a class, by the classifier. */
  explanation: boolean;
  /** Of all, 0 to 1. */
  opacity: number;
}

/** A canvas' context, on the screen or not. */
type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** A film with what was found on it, ready to be drawn at any zoom. */
export class FilmPicture {
  readonly film: OpenedFilm;
  readonly #grey = new OffscreenCanvas(1, 1);
  readonly #heat = new OffscreenCanvas(1, 1);
  /** Of the explanation's own size, which is smaller. */
  #explanation: OffscreenCanvas | undefined;
  #window: GreyWindow;
  #prediction: FilmPrediction | undefined;
  #outlines: { path: Path2D; colour: string }[] = [];

  constructor(film: OpenedFilm) {
    this.film = film;
    this.#window = ownWindow(film);
    drawGrey(this.#grey, film, this.#window);
  }

  get window(): GreyWindow {
    return this.#window;
  }

  set window(window: GreyWindow) {
    this.#window = window;
    drawGrey(this.#grey, this.film, window);
  }

  /** Takes a prediction, and outlines its labels. */
  setPrediction(prediction: FilmPrediction, classes: readonly number[]): void {
    this.#prediction = prediction;
    drawHeat(this.#heat, prediction.foreground, this.film.width, this.film.height);
    this.outlineLabels(prediction, classes);
  }

  setExplanation({ map, mapWidth, mapHeight }: FilmClassification): void {
    this.#explanation = new OffscreenCanvas(1, 1);
    drawHeat(this.#explanation, map, mapWidth, mapHeight);
  }

  outlineLabels({ labels }: Pick<Marked, 'labels'>, classes: readonly number[]): void {
    const { width, height } = this.film;
    this.#outlines = classes.map((label, order) => ({
      path: outlinePath((i) => labels[i] === label, width, height),
      colour: outlineColours[order % outlineColours.length],
    }));
  }

  /** Outlines what is above a probability, before the labels of a new cut-off are there; of one class alone. */
  outlineAbove(threshold: number): void {
    const { width, height } = this.film;
    const { foreground } = this.#prediction!;
    const path = outlinePath((i) => foreground[i] > threshold, width, height);
    this.#outlines = [{ path, colour: outlineColours[0] }];
  }

  /** Draws the film with its overlays; the context's transform says where. `lineWidth` is in pixels of the film. */
  draw(
    context: Context,
    { outline, heat, explanation, opacity }: OverlayChoice,
    scale: number,
    lineWidth: number,
  ): void {
    // Magnified, pixels stay visible as such.
    context.imageSmoothingEnabled = scale < 3;
    context.imageSmoothingQuality = 'high';
    context.drawImage(this.#grey, 0, 0);
    context.globalAlpha = opacity;
    if (heat && this.#prediction !== undefined) {
      context.drawImage(this.#heat, 0, 0);
    }
    if (explanation && this.#explanation !== undefined) {
      // Coarser than the film, it is magnified smoothly at any zoom.
      context.imageSmoothingEnabled = true;
      context.drawImage(this.#explanation, 0, 0, this.film.width, this.film.height);
    }
    if (outline) {
      context.lineWidth = lineWidth;
      for (const { path, colour } of this.#outlines) {
        context.strokeStyle = colour;
        context.stroke(path);
      }
    }
    context.globalAlpha = 1;
  }

  /** The film at its own size with its overlays, as PNG. */
  toPng(overlay: OverlayChoice): Promise<Blob> {
    const { width, height } = this.film;
    const canvas = new OffscreenCanvas(width, height);
    this.draw(canvas.getContext('2d')!, overlay, 1, outlineThickness(width, height));
    return canvas.convertToBlob({ type: 'image/png' });
  }

  /** A small picture for lists, as a data URL. */
  thumbnail(side: number): string {
    const { width, height } = this.film;
    const scale = side / Math.max(width, height);
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    const context = canvas.getContext('2d')!;
    context.imageSmoothingQuality = 'high';
    context.drawImage(this.#grey, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/jpeg', 0.8);
  }
}
