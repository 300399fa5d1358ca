import { element } from '../element.js';
import type { FilmEntry } from '../film-entry.js';
import { percent } from './words.js';

/** The list of films, of which one is chosen. */
export class QueueList {
  readonly #list = element('queue', HTMLOListElement);
  readonly #sort = element('sort', HTMLSelectElement);
  readonly #items = new Map<number, { item: HTMLLIElement; entry: FilmEntry }>();
  readonly #onChoose: (entry: FilmEntry) => void;
  #chosen: number | undefined;

  constructor(onChoose: (entry: FilmEntry) => void) {
    this.#onChoose = onChoose;
    this.#sort.addEventListener('change', () => {
      this.#order();
    });
  }

  /** Shows a film's state, of a new one at the end. */
  update(entry: FilmEntry): void {
    const item = this.#items.get(entry.id)?.item ?? document.createElement('li');
    item.replaceChildren(this.#button(entry));
    if (!this.#items.has(entry.id)) {
      this.#items.set(entry.id, { item, entry });
      this.#list.append(item);
    }
    this.#order();
  }

  choose(entry: FilmEntry): void {
    const before = this.#chosen;
    this.#chosen = entry.id;
    for (const id of [before, entry.id]) {
      const found = id === undefined ? undefined : this.#items.get(id);
      found?.item.firstElementChild?.setAttribute('aria-current', String(id === entry.id));
    }
    this.#items.get(entry.id)?.item.scrollIntoView({ block: 'nearest' });
  }

  /** The film so many places after the chosen one, as they are shown. */
  neighbour(by: number): FilmEntry | undefined {
    const shown = this.#sorted();
    const at = shown.findIndex(({ id }) => id === this.#chosen);
    return shown[at + by];
  }

  #sorted(): FilmEntry[] {
    const entries = [...this.#items.values()].map(({ entry }) => entry);
    const probability = ({ result }: FilmEntry) => result?.presence ?? -1;
    return this.#sort.value === 'probable' ? entries.sort((a, b) => probability(b) - probability(a)) : entries;
  }

  #order(): void {
    const sorted = this.#sorted();
    const isInOrder = sorted.every(({ id }, i) => this.#list.children[i] === this.#items.get(id)!.item);
    if (!isInOrder) {
      const focused = document.activeElement;
      this.#list.append(...sorted.map(({ id }) => this.#items.get(id)!.item));
      if (focused instanceof HTMLElement) {
        focused.focus({ preventScroll: true });
      }
    }
  }

  #button(entry: FilmEntry): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.setAttribute('aria-current', String(entry.id === this.#chosen));
    const picture = document.createElement(entry.thumbnail === undefined ? 'span' : 'img');
    if (picture instanceof HTMLImageElement) {
      picture.src = entry.thumbnail!;
      picture.alt = '';
    } else {
      picture.className = 'blank';
    }
    const words = document.createElement('span');
    const name = document.createElement('span');
    name.className = 'name';
    name.textContent = entry.name;
    const state = document.createElement('span');
    state.className = `state ${entry.state}`;
    state.textContent = stateWords(entry);
    words.append(name, state);
    button.append(picture, words);
    button.addEventListener('click', () => {
      this.#onChoose(entry);
    });
    return button;
  }
}

function stateWords({ state, result, failure }: FilmEntry): string {
  if (result !== undefined) {
    const { lesions, presence } = result;
    return `${percent(presence)}, ${lesions.length} marked`;
  }
  return state === 'failed' ? failure! : { waiting: 'waiting', working: 'being predicted …', done: '' }[state];
}
