import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { temporaryFolder } from '@fractura/testing';
import { readNifti } from '@fractura/volume-io';
import { decode } from 'fast-png';
import { servePage, type ServedPage } from '../../src/index.js';
import {
  chooseLast,
  dropFiles,
  foreignRequests,
  giveFiles,
  openPage,
  saved,
  testWithChromium,
  waitUntilSettled,
  type TestFile,
  type WatchedPage,
} from '@fractura/testing/viewer-page';
import { dicomFilm, filmHeight, filmWidth, jpegFilm, otherFile, pngClaiming, pngFilm } from '../support/films.js';
import { standInModel, writeTestPage } from '../support/write-test-page.js';

let served: ServedPage;
let watched: WatchedPage | undefined;
/** Films that were given so far. */
let given = 0;
beforeAll(async () => {
  const folder = join(await temporaryFolder(), 'page');
  await writeTestPage(folder);
  served = await servePage({ folder });
  watched = await openPage(served.url, ['--enable-blink-features=ForceEagerMeasureMemory']);
}, 120_000);
afterAll(async () => {
  await watched?.browser.close();
  await served.close();
});

const page = () => watched!.page;
const text = (selector: string) => page().locator(selector).innerText();

async function give(...files: TestFile[]): Promise<void> {
  given += files.length;
  await giveFiles(page(), files, given);
}

/** Waits until what was changed is drawn. */
const nextFrame = () =>
  page().evaluate(
    () =>
      new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(resolve));
      }),
  );

testWithChromium('a JPEG that is dropped is shown with its mask, its probability and its lesion', async () => {
  given += 1;
  await dropFiles(page(), [await jpegFilm('wrist.jpg')]);
  await waitUntilSettled(page(), given);
  expect(await text('#film-title')).toBe('wrist.jpg');
  expect(await text('#presence')).toBe('“bright” is very likely: 90 %.');
  expect(await text('#calibration')).toContain('a mean Dice of 0.50 on 20 films with a lesion');
  expect(await text('#calibration')).toContain('25 % of 40 films without a lesion');
  expect((await text('#lesions')).split(/\s+/).join(' ')).toBe('bright 90 % 16 × 8 px 128 px 16, 16');
  const mask = decode(await saved(page(), '#save-mask'));
  expect([mask.width, mask.height, mask.channels]).toEqual([filmWidth, filmHeight, 1]);
  expect(Array.from(mask.data).filter((label) => label === 1).length).toBe(128);
  expect(mask.data[20 * filmWidth + 25]).toBe(1);
  const overlay = decode(await saved(page(), '#save-overlay'));
  expect([overlay.width, overlay.height]).toEqual([filmWidth, filmHeight]);
  // The outline runs along the box; beside it the film is as it was.
  const colourAt = (x: number, y: number) => [
    ...overlay.data.slice((y * filmWidth + x) * 4, (y * filmWidth + x) * 4 + 3),
  ];
  expect(colourAt(25, 16)).not.toEqual(colourAt(25, 20));
  expect(colourAt(5, 5)).toEqual([25, 25, 25]);
});

testWithChromium('the mask is saved as NIfTI with the spacing of a DICOM file, in mm² the lesions', async () => {
  await give(dicomFilm('MR_small_RLE.dcm'));
  await chooseLast(page());
  const png = decode(await saved(page(), '#save-mask'));
  const { data, shape, spacing } = await readNifti(await saved(page(), '#save-nifti'));
  expect(shape).toEqual([64, 64, 1]);
  expect(Array.from(data as Uint8Array)).toEqual(Array.from(png.data));
  expect(png.data.some((label) => label !== 0)).toBe(true);
  expect(spacing.slice(0, 2).map((step) => step.toFixed(4))).toEqual(['0.3125', '0.3125']);
  expect(await text('#lesions')).toContain('mm²');
});

testWithChromium('the classifier says how likely its class is, how far to trust that, and why', async () => {
  await give(pngFilm('judged.png'));
  await chooseLast(page());
  await page().waitForFunction(() => document.getElementById('classification')!.textContent !== '');
  expect(await text('#classification')).toBe('By the classifier, “broken” is very likely: 90 %.');
  expect(await text('#classifier-calibration')).toContain('calibrated on 60 films');
  expect(await text('#classifier-calibration')).toContain('from 40 % on as “broken” found 95 %');
  await page().uncheck('#outline');
  const colourIn = async ([x, y]: readonly [number, number]) => {
    const { data } = decode(await saved(page(), '#save-overlay'));
    return [...data.slice((y * filmWidth + x) * 4, (y * filmWidth + x) * 4 + 3)];
  };
  const [atBroken, atWhole] = [
    [24, 20],
    [57, 37],
  ] as const;
  const [plainBroken, plainWhole] = [await colourIn(atBroken), await colourIn(atWhole)];
  const untilOther = async (at: readonly [number, number], than: number[]) => {
    while (String(await colourIn(at)) === String(than)) {
      await nextFrame();
    }
  };
  await page().keyboard.press('g');
  expect(await page().isChecked('#explanation')).toBe(true);
  await untilOther(atBroken, plainBroken);
  expect(await colourIn(atWhole)).toEqual(plainWhole);
  await page().selectOption('#explained', 'whole');
  await untilOther(atWhole, plainWhole);
  expect(await colourIn(atBroken)).toEqual(plainBroken);
  // Probability as heat takes its place.
  await page().keyboard.press('h');
  expect(await page().isChecked('#explanation')).toBe(false);
  await page().keyboard.press('h');
  await page().check('#outline');
  expect(JSON.parse(String(await saved(page(), '#save-json')))).toMatchObject({
    classifier: { whole: expect.closeTo(0.1, 1) as unknown, broken: expect.closeTo(0.9, 1) as unknown },
  });
});

testWithChromium('a DICOM file of every codec is decoded under the page’s policy', async () => {
  await give(
    ...['MR_small_jpeg_ls_lossless', 'MR_small_jp2klossless', 'MR_small_RLE', 'SC_rgb_jpeg_dcmtk'].map((name) =>
      dicomFilm(`${name}.dcm`),
    ),
  );
  expect(await page().locator('#queue .failed').allInnerTexts()).toEqual([]);
  await chooseLast(page());
  await page().locator('#queue button', { hasText: 'MR_small_jpeg_ls_lossless' }).click();
  await page().waitForFunction(
    () => document.getElementById('film-title')!.textContent === 'MR_small_jpeg_ls_lossless.dcm',
  );
});

testWithChromium('16 bits of a PNG stay 16 bits', async () => {
  await give(pngFilm('deep.png', { depth: 16, bright: 0.70001 }));
  await chooseLast(page());
  const { largestProbability } = JSON.parse(String(await saved(page(), '#save-json'))) as {
    largestProbability: number;
  };
  expect(largestProbability).toBeCloseTo(Math.round(0.70001 * 65535) / 65535, 6);
});

testWithChromium('the cut-off redraws, measures again and comes back to the model’s own', async () => {
  await give(pngFilm('cutoff.png', { bright: 0.6 }));
  await chooseLast(page());
  const setCutoff = (value: number) =>
    page()
      .locator('#cutoff')
      .evaluate((input: HTMLInputElement, to) => {
        input.valueAsNumber = to;
        input.dispatchEvent(new Event('input'));
        input.dispatchEvent(new Event('change'));
      }, value);
  await setCutoff(0.8);
  await page().waitForFunction(() => document.querySelectorAll('#lesions tr').length === 0);
  expect(await text('#lesions-caption')).toBe('Lesions: none above the cut-off');
  await setCutoff(0.05);
  await page().waitForFunction(() => document.getElementById('lesions')!.textContent.includes('64 × 40'));
  await page().click('#own-cutoff');
  await page().waitForFunction(() => document.getElementById('lesions')!.textContent.includes('16 × 8'));
  expect(await text('#cutoff-value')).toBe('0.5');
});

testWithChromium.each<[string, () => TestFile, RegExp]>([
  ['a PDF', () => otherFile('letter.pdf', '%PDF-1.7 ...'), /^letter\.pdf is a PDF; give a JPEG, PNG or DICOM file\.$/],
  [
    'a PNG that claims 60000 x 60000 pixels',
    () => pngClaiming('bomb.png', 60_000, 60_000),
    /^bomb\.png claims 60000 x 60000 pixels, more than the limit of \d+\.$/,
  ],
  [
    'a text called .dcm',
    () => otherFile('note.dcm', 'This is no radiograph.'),
    /^note\.dcm is not a JPEG, PNG or DICOM file\.$/,
  ],
  ['an empty file', () => otherFile('nothing.jpg', ''), /^nothing\.jpg is empty\.$/],
  [
    'a PNG that is cut off',
    () => ({ ...pngFilm('half.png'), buffer: pngFilm('half.png').buffer.subarray(0, 90) }),
    /^half\.png is damaged: it does not decode as PNG\.$/,
  ],
  ['a DICOM file without pixels', () => otherFile('plan.dcm', `${'\0'.repeat(128)}DICM`), /plan\.dcm.*\.$/],
])('%s gets one sentence, and the page goes on', async (_, file, sentence) => {
  await give(file());
  await chooseLast(page());
  expect(await text('#status')).toMatch(sentence);
  expect(await page().locator('#queue .failed').last().innerText()).toMatch(sentence);
  await give(pngFilm('next.png'));
  expect(await page().locator('#queue .state').last().innerText()).toBe('90 %, 1 marked');
});

testWithChromium('a JPEG that is cut off is refused', async () => {
  const whole = await jpegFilm('cut.jpg');
  await give({ ...whole, buffer: whole.buffer.subarray(0, whole.buffer.length / 2) });
  expect(await page().locator('#queue .failed').last().innerText()).toBe(
    'cut.jpg is damaged: the file ends before its image does.',
  );
});

testWithChromium('the queue is sorted by probability, and keys move through it', async () => {
  await page().selectOption('#sort', 'probable');
  const shares = (await page().locator('#queue .state').allInnerTexts()).map((words) => parseFloat(words));
  const settled = shares.filter((share) => !Number.isNaN(share));
  expect(settled.length).toBeGreaterThan(5);
  expect(settled).toEqual(settled.toSorted((a, b) => b - a));
  // Those that failed come last.
  expect(shares.slice(0, settled.length)).toEqual(settled);
  await page().locator('#queue button').first().click();
  const [first, second] = await page().locator('#queue .name').allInnerTexts();
  await page().keyboard.press('n');
  expect(await text('#film-title')).toBe(second);
  await page().keyboard.press('p');
  expect(await text('#film-title')).toBe(first);
  await page().waitForFunction(() => document.querySelector('#save-mask:enabled') !== null);
  await page().keyboard.press('h');
  expect(await page().isChecked('#heat')).toBe(true);
  const before = await page().locator('#cutoff').inputValue();
  await page().keyboard.press(']');
  expect(Number(await page().locator('#cutoff').inputValue())).toBeCloseTo(Number(before) + 0.01);
  await page().selectOption('#sort', 'added');
  expect(await page().locator('#queue .name').first().innerText()).toBe('wrist.jpg');
});

testWithChromium('level, window, zoom and pan work by keys, and all of it is undone', async () => {
  const picture = () => page().locator('#canvas').screenshot();
  await page().focus('#stage');
  await page().keyboard.press('0');
  await nextFrame();
  const whole = await picture();
  for (const key of ['+', 'ArrowRight', 'Shift+ArrowUp']) {
    const before = await picture();
    await page().keyboard.press(key);
    await nextFrame();
    expect((await picture()).equals(before)).toBe(false);
  }
  await page().keyboard.press('0');
  await nextFrame();
  expect((await picture()).equals(whole)).toBe(true);
});

testWithChromium('wheel, drag, right drag and two fingers zoom, pan and change the window', async () => {
  const picture = () => page().locator('#canvas').screenshot();
  const changes = async (what: () => Promise<void>) => {
    const before = await picture();
    await what();
    await nextFrame();
    expect((await picture()).equals(before)).toBe(false);
  };
  const { x, y, width, height } = (await page().locator('#canvas').boundingBox())!;
  const middle = [x + width / 2, y + height / 2] as const;
  const drag = async (button: 'left' | 'right') => {
    await page().mouse.move(...middle);
    await page().mouse.down({ button });
    await page().mouse.move(middle[0] + 50, middle[1] + 30, { steps: 3 });
    await page().mouse.up({ button });
  };
  const level = () => text('#level-value');
  const before = await level();
  await page().mouse.move(...middle);
  await changes(() => page().mouse.wheel(0, -100));
  await changes(() => drag('left'));
  expect(await level()).toBe(before);
  await changes(() => drag('right'));
  expect(await level()).not.toBe(before);
  const touch = await page().context().newCDPSession(page());
  const fingers = (type: string, apart: number) => {
    const touchPoints = [-apart, apart].map((by, id) => ({ x: middle[0] + by, y: middle[1], id }));
    return touch.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : touchPoints,
    } as never);
  };
  await changes(async () => {
    await fingers('touchStart', 20);
    await fingers('touchMove', 60);
    await fingers('touchEnd', 60);
  });
  await page().keyboard.press('0');
});

testWithChromium('a film is pasted', async () => {
  const { mimeType, buffer } = pngFilm('pasted.png');
  given += 1;
  await page().evaluate(
    ({ type, base64 }) => {
      const clipboardData = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      clipboardData.items.add(new File([bytes], 'pasted.png', { type }));
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    },
    { type: mimeType, base64: buffer.toString('base64') },
  );
  await waitUntilSettled(page(), given);
  expect(await page().locator('#queue .name').last().innerText()).toBe('pasted.png');
});

testWithChromium('printed, the film and its result are on the paper, and the controls are not', async () => {
  await page().emulateMedia({ media: 'print' });
  for (const shown of ['#canvas', '#presence', '#lesions-caption', '.notice']) {
    expect(await page().locator(shown).isVisible()).toBe(true);
  }
  for (const hidden of ['#controls', '#queue', '.downloads', '#zoom-in']) {
    expect(await page().locator(hidden).isVisible()).toBe(false);
  }
  await page().emulateMedia({ media: null });
});

testWithChromium('a page without a classifier shows nothing of one', async () => {
  const folder = join(await temporaryFolder(), 'page');
  const { classifier, ...model } = standInModel;
  expect(classifier).toBeDefined();
  await writeTestPage(folder, { model });
  const other = await servePage({ folder });
  const alone = await watched!.browser.newPage();
  await alone.goto(other.url);
  await giveFiles(alone, [pngFilm('alone.png')], 1);
  expect(await alone.locator('.of-classifier').count()).toBeGreaterThan(3);
  expect(await alone.locator('.of-classifier:visible').count()).toBe(0);
  await alone.keyboard.press('g');
  expect(JSON.parse(String(await saved(alone, '#save-json')))).not.toHaveProperty('classifier');
  await alone.close();
  await other.close();
});

/** What axe found. */
interface Findings {
  violations: { id: string; nodes: { html: string }[] }[];
}

testWithChromium.each([
  ['light', 1400],
  ['dark', 390],
] as const)('axe finds nothing to mend in the %s page of %i pixels', async (colorScheme, width) => {
  await page().emulateMedia({ colorScheme });
  await page().setViewportSize({ width, height: 900 });
  const debuggerSession = await page().context().newCDPSession(page());
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  // By the debugger: the page's policy lets no such script in.
  await debuggerSession.send('Runtime.evaluate', { expression: axe });
  const { violations } = await page().evaluate(() =>
    (globalThis as unknown as { axe: { run: () => Promise<Findings> } }).axe.run(),
  );
  expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html) }))).toEqual([]);
  expect(await page().evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

testWithChromium(
  'memory stays flat over many films',
  async () => {
    const measure = () =>
      page().evaluate(async () => {
        const { bytes } = await (
          performance as unknown as { measureUserAgentSpecificMemory: () => Promise<{ bytes: number }> }
        ).measureUserAgentSpecificMemory();
        return bytes;
      });
    const many = (count: number) => Array.from({ length: count }, (_, i) => pngFilm(`many-${given + i}.png`));
    await give(...many(10));
    const before = await measure();
    await give(...many(200));
    // A film has 2400 pixels, of 14 bytes with its prediction and pictures; their rows in the list stay.
    expect((await measure()) - before).toBeLessThan(200 * 12_000);
  },
  100_000,
);

testWithChromium('nothing was requested since the page was ready, and nothing was said on the console', () => {
  expect(foreignRequests(watched!)).toEqual([]);
  expect(watched!.messages).toEqual([]);
});
