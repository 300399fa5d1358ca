import { baseStyle } from './base-style.js';
import { html, Markup } from './html.js';

/** What a page is made of. */
export interface Page {
  title: string;
  /** Rules that follow the base style, as CSS text; not escaped. */
  style?: string;
  /** What stands within `<body>`. */
  body: Markup;
}

/** One HTML document with the base style. It names no address: what the body does not bring along, the page does not show. */
export function renderPage({ title, style = '', body }: Page): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${new Markup(baseStyle + style)}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html> `.text;
}
