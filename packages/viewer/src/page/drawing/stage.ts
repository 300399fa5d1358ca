import type { GreyWindow } from './grey-picture.js';
import type { FilmPicture, OverlayChoice } from './film-picture.js';

const largestScale = 40;
/** Of outlines on the screen, in CSS pixels. */
const outlineWidth = 2;
/** Factor of one step of zoom. */
const zoomStep = 1.25;

/** Where a film is shown, zoomed, panned and windowed by mouse, touch and keys. */
export class Stage {
  readonly #canvas: HTMLCanvasElement;
  readonly #overlay: () => OverlayChoice;
  readonly #onWindow: (window: GreyWindow) => void;
  #picture: FilmPicture | undefined;
  /** Screen pixels for each of the film, and where the film's corner lies. */
  #view = { scale: 1, left: 0, top: 0 };
  #isWhole = true;
  #frame: number | undefined;

  /**
   * @param host the focusable element around the canvas.
   * @param overlay what is shown over the film.
   * @param onWindow is called when level and window were changed here.
   */
  constructor(
    host: HTMLElement,
    canvas: HTMLCanvasElement,
    { overlay, onWindow }: { overlay: () => OverlayChoice; onWindow: (window: GreyWindow) => void },
  ) {
    this.#canvas = canvas;
    this.#overlay = overlay;
    this.#onWindow = onWindow;
    new ResizeObserver(() => {
      this.#resize();
    }).observe(host);
    this.#listen(host);
    window.addEventListener('beforeprint', () => {
      this.reset();
      this.#draw();
    });
  }

  get picture(): FilmPicture | undefined {
    return this.#picture;
  }

  /** Shows another film as a whole, or none. */
  show(picture: FilmPicture | undefined): void {
    this.#picture = picture;
    this.reset();
  }

  /** The whole film. */
  reset(): void {
    this.#isWhole = true;
    const { width, height } = this.#canvas;
    if (this.#picture !== undefined && width > 0) {
      const { film } = this.#picture;
      const scale = Math.min(width / film.width, height / film.height);
      this.#view = { scale, left: (width - film.width * scale) / 2, top: (height - film.height * scale) / 2 };
    }
    this.redraw();
  }

  /** Zooms by steps about a point of the canvas, by default its middle. */
  zoom(steps: number, x = this.#canvas.width / 2, y = this.#canvas.height / 2): void {
    const { scale, left, top } = this.#view;
    const next = Math.min(largestScale, Math.max(0.02, scale * zoomStep ** steps));
    const by = next / scale;
    this.#isWhole = false;
    this.#view = { scale: next, left: x - (x - left) * by, top: y - (y - top) * by };
    this.redraw();
  }

  pan(x: number, y: number): void {
    this.#isWhole = false;
    this.#view.left += x;
    this.#view.top += y;
    this.redraw();
  }

  /** Moves level and window by shares of the window. */
  changeWindow(level: number, width: number): void {
    if (this.#picture === undefined) {
      return;
    }
    const { window } = this.#picture;
    this.#picture.window = {
      level: window.level + level * window.width,
      width: Math.max(1, window.width * (1 + width)),
    };
    this.#onWindow(this.#picture.window);
    this.redraw();
  }

  /** Draws with the next frame, once however often it is called. */
  redraw(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#draw();
    });
  }

  #draw(): void {
    this.#frame = undefined;
    const context = this.#canvas.getContext('2d')!;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    if (this.#picture !== undefined) {
      const { scale, left, top } = this.#view;
      context.setTransform(scale, 0, 0, scale, left, top);
      this.#picture.draw(context, this.#overlay(), scale, (outlineWidth * devicePixelRatio) / scale);
    }
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.#canvas;
    this.#canvas.width = Math.round(clientWidth * devicePixelRatio);
    this.#canvas.height = Math.round(clientHeight * devicePixelRatio);
    if (this.#isWhole) {
      this.reset();
    } else {
      this.redraw();
    }
  }

  #listen(host: HTMLElement): void {
    const pointers = new Map<number, PointerEvent>();
    host.addEventListener('pointerdown', (event) => {
      pointers.set(event.pointerId, event);
      host.setPointerCapture(event.pointerId);
    });
    for (const end of ['pointerup', 'pointercancel'] as const) {
      host.addEventListener(end, (event) => pointers.delete(event.pointerId));
    }
    host.addEventListener('pointermove', (event) => {
      const before = pointers.get(event.pointerId);
      if (before === undefined) {
        return;
      }
      const other = [...pointers.values()].find(({ pointerId }) => pointerId !== event.pointerId);
      const [x, y] = [event.clientX - before.clientX, event.clientY - before.clientY];
      if (other !== undefined) {
        this.#pinch(before, event, other);
      } else if (event.shiftKey || (before.buttons & 2) !== 0) {
        this.changeWindow(-y / 300, x / 300);
      } else {
        this.pan(x * devicePixelRatio, y * devicePixelRatio);
      }
      pointers.set(event.pointerId, event);
    });
    host.addEventListener('contextmenu', (event) => {
      event.preventDefault();
    });
    host.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault();
        const { left, top } = host.getBoundingClientRect();
        const [x, y] = [event.clientX - left, event.clientY - top].map((at) => at * devicePixelRatio);
        this.zoom(-Math.sign(event.deltaY), x, y);
      },
      { passive: false },
    );
    host.addEventListener('keydown', (event) => {
      const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (arrow === undefined || event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      event.preventDefault();
      const [x, y] = arrow;
      if (event.shiftKey) {
        this.changeWindow(-y / 20, x / 20);
      } else {
        this.pan(-x * 40, -y * 40);
      }
    });
  }

  /** Two fingers: what their distance does zooms, about the one that rests. */
  #pinch(before: PointerEvent, now: PointerEvent, other: PointerEvent): void {
    const distance = ({ clientX, clientY }: PointerEvent) =>
      Math.max(1, Math.hypot(clientX - other.clientX, clientY - other.clientY));
    const { left, top } = this.#canvas.getBoundingClientRect();
    const [x, y] = [other.clientX - left, other.clientY - top].map((at) => at * devicePixelRatio);
    this.zoom(Math.log(distance(now) / distance(before)) / Math.log(zoomStep), x, y);
  }
}
