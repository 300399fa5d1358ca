import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ViewerError } from '../errors.js';
import { readPageFiles, pageFilesName } from '../files/page-files.js';
import { contentTypeOf, responseHeaders } from './response-headers.js';

/** Which page, and where. */
export interface ServePageOptions {
  /** A page's folder, as `writePage` makes it. */
  folder: string;
  /** Default: one that is free. */
  port?: number;
}

/** A page that is being served. */
export interface ServedPage {
  /** Such as `http://127.0.0.1:40123/`. */
  url: string;
  close: () => Promise<void>;
}

const address = '127.0.0.1';

/** A request has a method, a path and headers of a browser; nothing is uploaded. */
const limits = { maxHeaderSize: 8192, requestTimeout: 10_000, headersTimeout: 10_000, keepAliveTimeout: 5000 };
const mostConnections = 64;

/**
 * Serves a page to this computer alone, on the loopback address. Only the files in the page's list are served, by their exact paths;
 * requests that name another host are refused, so that no foreign page can read it through a name of its own.
 *
 * @throws ViewerError `page-missing`, `port-taken`
 */
export async function servePage({ folder, port = 0 }: ServePageOptions): Promise<ServedPage> {
  const { files } = await readPageFiles(folder);
  const allowed = new Map([...files, pageFilesName].map((name) => [`/${name}`, name]));
  allowed.set('/', 'index.html');
  const server = createServer(limits, (request, response) => {
    answer(request, response, { folder, allowed, server }).catch(() => response.destroy());
  });
  server.maxConnections = mostConnections;
  await listen(server, port);
  return {
    url: `http://${address}:${portOf(server)}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;

interface Served {
  folder: string;
  /** Paths of requests, and the files that they name. */
  allowed: ReadonlyMap<string, string>;
  server: Server;
}

async function answer(request: IncomingMessage, response: ServerResponse, { folder, allowed, server }: Served) {
  const { method, url = '', headers } = request;
  const hosts = [address, 'localhost'].map((name) => `${name}:${portOf(server)}`);
  if (!hosts.includes(headers.host ?? '')) {
    refuse(response, 421, 'Only this computer is served, under its own name.');
    return;
  }
  if (method !== 'GET' && method !== 'HEAD') {
    refuse(response, 405, 'Only GET and HEAD are answered: nothing is uploaded.');
    return;
  }
  const name = allowed.get(url.replace(/[?#].*$/, ''));
  const size = name === undefined ? undefined : (await stat(join(folder, name)).catch(() => undefined))?.size;
  if (name === undefined || size === undefined) {
    refuse(response, 404, 'The page has no such file.');
    return;
  }
  response.writeHead(200, { ...responseHeaders, 'content-type': contentTypeOf(name), 'content-length': size });
  if (method === 'HEAD') {
    response.end();
    return;
  }
  await pipeline(createReadStream(join(folder, name)), response);
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, { ...responseHeaders, 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end(`${reason}\n`);
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      reject(
        new ViewerError(`Port ${port} cannot be used: ${cause.message}.`, {
          code: 'port-taken',
          remedy: 'Choose another with --port, or leave it out: then a free one is taken.',
          cause,
        }),
      );
    });
    server.listen(port, address, resolve);
  });
}
