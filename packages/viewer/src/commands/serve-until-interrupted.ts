import type { CommandContext } from '@fractura/command-line';
import { servePage, type ServePageOptions } from '../server/serve-page.js';

/**
 * Serves a page, prints its link, and ends at the first interrupt.
 *
 * @throws ViewerError `page-missing`, `port-taken`
 */
export async function serveUntilInterrupted(
  options: ServePageOptions,
  { print, note, json, signal }: Pick<CommandContext, 'print' | 'note' | 'json' | 'signal'>,
): Promise<void> {
  const { url, close } = await servePage(options);
  try {
    print(json ? { url } : url);
    note(
      'Open the link in a browser; Ctrl+C ends it. Radiographs stay in the browser. For research, not a medical device.',
    );
    await new Promise<void>((resolve) => {
      if (signal.aborted) {
        resolve();
      }
      signal.addEventListener('abort', () => {
        resolve();
      });
    });
  } finally {
    await close();
  }
}
