import { expect, test } from '@jest/globals';
import { html } from '../src/index.js';

test('strings and numbers are escaped, within elements and within attributes', () => {
  const name = `<b title="x" id='y'>&</b>`;
  const escaped = '&lt;b title=&quot;x&quot; id=&#39;y&#39;&gt;&amp;&lt;/b&gt;';
  expect(html`<p title="${name}">${name} ${1.5}</p>`.text).toBe(`<p title="${escaped}">${escaped} 1.5</p>`);
});

test('markup is put in as it is, and lists of it line by line', () => {
  const items = ['a', '<'].map((item) => html`<i>${item}</i>`);
  expect(html`<p>${items}</p>`.text).toBe('<p><i>a</i>\n<i>&lt;</i></p>');
});
