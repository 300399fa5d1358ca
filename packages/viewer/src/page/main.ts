import type { ModelAnswers } from '../model/model-answers.js';
import { checkViewerModel, viewerModelFile } from '../model/viewer-model.js';
import type { DecodeAnswers } from './decode-worker.js';
import { Desk } from './desk.js';
import { listenToDownloads } from './downloads.js';
import { element } from './element.js';
import { keepOffline } from './keep-offline.js';
import { listenToKeys } from './keyboard.js';
import { receiveFiles } from './receive-files.js';
import { WorkerClient } from './worker-client.js';

/** Starts the page: reads which model it has, loads that in its worker, and takes films meanwhile. */
async function start(): Promise<void> {
  const response = await fetch(viewerModelFile);
  const model = checkViewerModel(await response.json());
  element('model', HTMLElement).textContent = model.name;
  const url = new URL(model.worker, document.baseURI);
  const workers = {
    decoder: new WorkerClient<DecodeAnswers>(
      new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' }),
    ),
    model: new WorkerClient<ModelAnswers>(new Worker(url, { type: 'module' })),
  };
  const ready = workers.model.ask('load', model);
  const desk = new Desk(model, workers, ready);
  receiveFiles((files) => {
    desk.add(files);
  });
  listenToKeys(desk);
  listenToButtons(desk);
  listenToDownloads(desk);
  const { engine } = await ready;
  element('engine', HTMLElement).textContent = `Computed with ${engine}.`;
  await keepOffline();
  document.documentElement.dataset.ready = 'true';
}

function listenToButtons(desk: Desk): void {
  const actions: Record<string, () => void> = {
    'zoom-in': () => {
      desk.stage.zoom(1);
    },
    'zoom-out': () => {
      desk.stage.zoom(-1);
    },
    'reset-view': () => {
      desk.resetView();
    },
  };
  for (const [id, action] of Object.entries(actions)) {
    element(id, HTMLButtonElement).addEventListener('click', () => {
      action();
    });
  }
}

start().catch((error: unknown) => {
  const words = error instanceof Error ? error.message : String(error);
  const status = element('status', HTMLElement);
  status.className = 'failed';
  status.textContent = `The model did not load: ${words}`;
  element('engine', HTMLElement).textContent = '';
});
