import { expect, test } from '@jest/globals';
import { html, renderPage } from '../src/index.js';

test('a page has its title, the base style, its own style and its body, and names no address', () => {
  const page = renderPage({ title: 'a < b', style: '.mine > p { color: red; }', body: html`<main>text</main>` });
  expect(page.startsWith('<!doctype html>')).toBe(true);
  expect(page).toContain('<title>a &lt; b</title>');
  expect(page).toContain('--ink:');
  expect(page).toContain('.mine > p { color: red; }');
  expect(page).toContain('<main>text</main>');
  expect(page).not.toMatch(/<script|<link|src=|url\(|https?:/);
});
