/** Keeps the page's files, and answers with them where its server does not. */

interface ExtendableEvent extends Event {
  waitUntil: (work: Promise<unknown>) => void;
}

interface FetchEvent extends ExtendableEvent {
  request: Request;
  respondWith: (response: Promise<Response>) => void;
}

const scope = globalThis as unknown as {
  skipWaiting: () => Promise<void>;
  clients: { claim: () => Promise<void> };
  registration: { scope: string };
  addEventListener: ((type: 'install' | 'activate', listener: (event: ExtendableEvent) => void) => void) &
    ((type: 'fetch', listener: (event: FetchEvent) => void) => void);
};

const cacheName = `fractura-viewer ${scope.registration.scope}`;

/** So that threads share memory, where the server does not say so itself. */
const isolation = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
};

async function keepFiles(): Promise<void> {
  const { files } = (await (await fetch('page-files.json', { cache: 'no-cache' })).json()) as { files: string[] };
  const cache = await caches.open(cacheName);
  await cache.addAll(['./', 'page-files.json', ...files]);
}

/** The server's answer, which replaces the kept one, or else the kept one. */
async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  const fresh = await fetch(request).catch(() => undefined);
  if (fresh?.ok === true) {
    await cache.put(request, fresh.clone());
  }
  const found = fresh?.ok === true ? fresh : ((await cache.match(request, { ignoreSearch: true })) ?? fresh);
  if (found === undefined) {
    return Response.error();
  }
  const headers = new Headers(found.headers);
  for (const [name, value] of Object.entries(isolation)) {
    headers.set(name, value);
  }
  return new Response(found.body, { status: found.status, statusText: found.statusText, headers });
}

scope.addEventListener('install', (event) => {
  event.waitUntil(keepFiles().then(() => scope.skipWaiting()));
});
scope.addEventListener('activate', (event) => {
  event.waitUntil(scope.clients.claim());
});
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && new URL(request.url).origin === location.origin) {
    event.respondWith(answer(request));
  }
});
