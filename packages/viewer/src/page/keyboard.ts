import type { Desk } from './desk.js';
import { element } from './element.js';

/** Keys of the page, where no field takes them. */
export function listenToKeys(desk: Desk): void {
  const chooseNeighbour = (by: number) => {
    const entry = desk.queue.neighbour(by);
    if (entry !== undefined) {
      desk.choose(entry);
    }
  };
  const actions: Record<string, () => void> = {
    o: () => {
      element('files', HTMLInputElement).click();
    },
    n: () => {
      chooseNeighbour(1);
    },
    p: () => {
      chooseNeighbour(-1);
    },
    '+': () => {
      desk.stage.zoom(1);
    },
    '-': () => {
      desk.stage.zoom(-1);
    },
    '0': () => {
      desk.resetView();
    },
    '[': () => {
      desk.panel.stepCutoff(-1);
    },
    ']': () => {
      desk.panel.stepCutoff(1);
    },
    l: () => {
      desk.panel.toggle('outline');
    },
    h: () => {
      desk.panel.toggle('heat');
    },
    g: () => {
      desk.panel.toggle('explanation');
    },
  };
  document.addEventListener('keydown', (event) => {
    const { ctrlKey, metaKey, altKey, target } = event;
    const isTyping = target instanceof HTMLSelectElement;
    const action = actions[event.key.toLowerCase()];
    if (action !== undefined && !ctrlKey && !metaKey && !altKey && !isTyping) {
      event.preventDefault();
      action();
    }
  });
}
