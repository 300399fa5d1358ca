import type { PageFiles } from '../files/page-files.js';

/** Lets a service worker keep the page's files, where the page is one that works without its server. */
export async function keepOffline(): Promise<void> {
  const { offline } = (await (await fetch('page-files.json')).json()) as PageFiles;
  if (offline && 'serviceWorker' in navigator) {
    await navigator.serviceWorker.register('service-worker.js', { type: 'module' });
    await navigator.serviceWorker.ready;
  }
}
