import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { runCommandLine } from '@fractura/command-line';
import { convertCommand } from '../src/command.js';
import { box, jpegOf, tinyAtlas } from './support/tiny-atlas.js';

/** Runs the command as a shell would, and gives its status and what it wrote. */
async function run(args: string[]) {
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') =>
    ({ isTTY: false, write: (text: string) => (written[name] += text) }) as unknown as NodeJS.WriteStream;
  const status = await runCommandLine(
    { name: 'coco-to-nifti', version: '1.0.0', summary: 'Converts.', commands: [], defaultCommand: convertCommand },
    args,
    { stdout: stream('stdout'), stderr: stream('stderr') },
  );
  return { status, ...written };
}

async function atlasArguments(): Promise<{ args: string[]; folder: string }> {
  const jpeg = await jpegOf(40, 20);
  const atlas = await tinyAtlas({
    files: { 'a.jpg': jpeg, 'b.jpg': jpeg, 'c.jpg': jpeg.subarray(0, jpeg.length - 12) },
    images: ['a', 'b', 'c'].map((name, id) => ({ id, file_name: `${name}.jpg`, width: 40, height: 20 })),
    annotations: [0, 1, 2].map((id) => ({ id, image_id: id, segmentation: [box(4, 4, 8, 8)] })),
  });
  return {
    args: [
      ...['--images', atlas.images, '--annotations', atlas.annotations, '--out', atlas.output],
      ...['--dataset', '7', '--name', 'Tiny'],
    ],
    folder: join(atlas.output, 'Dataset007_Tiny'),
  };
}

describe('the command', () => {
  test('letterboxes, and adds normal images from a folder, a list or the COCO file', async () => {
    const { args, folder } = await atlasArguments();
    const films = join(folder, '..', '..', 'normal');
    await mkdir(films);
    await writeFile(join(films, 'n.jpg'), await jpegOf(20, 40));
    await writeFile(join(films, '..', 'list.txt'), 'normal/n.jpg\n');
    const size = ['--size', '20x20', '--fit', 'letterbox', '--overwrite'];
    for (const source of [films, join(films, '..', 'list.txt')]) {
      const { status, stdout } = await run([...args, ...size, '--json', '--with-normals', source]);
      expect(status).toBe(0);
      const { cases } = JSON.parse(stdout) as { cases: { file: string; normal: boolean; place: object }[] };
      expect(cases.filter(({ normal }) => normal).map(({ file, place }) => [file, place])).toEqual([
        ['normal/n.jpg', { left: 5, top: 0, width: 10, height: 20 }],
      ]);
    }
    const all = await run([...args, ...size, '--with-normals', 'coco']);
    expect(all).toMatchObject({ status: 0 });
    expect(await run([...args, '--fit', 'letterbox'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('needs the size') as unknown,
    });
    const absent = await run([...args, ...size, '--with-normals', join(films, 'absent')]);
    expect(absent).toMatchObject({ status: 1, stderr: expect.stringContaining('absent') as unknown });
  });

  test('converts, prints the folder, and tells on stderr what was skipped', async () => {
    const { args, folder } = await atlasArguments();
    const { status, stdout, stderr } = await run([...args, '--size', '20x10']);
    expect(status).toBe(0);
    expect(stdout).toBe(`${folder}\n`);
    expect(stderr).toContain('Skipped c.jpg');
    expect(stderr).toContain('2 cases, 1 images skipped');
  });

  test('writes no mapping over what it reads, and no data set over its annotations', async () => {
    const { args } = await atlasArguments();
    const [images, annotations, output] = [args[1], args[3], args[5]];
    const before = await Promise.all([annotations, join(images, 'a.jpg')].map((file) => readFile(file)));
    for (const mapping of [annotations, join(images, 'a.jpg')]) {
      const { status, stderr } = await run([...args, '--mapping', mapping]);
      expect({ status, stderr }).toMatchObject({ status: 1, stderr: expect.stringContaining(mapping) as unknown });
    }
    const inside = ['--annotations', join(output, 'Dataset007_Tiny', 'dataset.json')];
    await mkdir(join(output, 'Dataset007_Tiny'), { recursive: true });
    await cp(annotations, inside[1]);
    expect(await run([...args.slice(0, 2), ...inside, ...args.slice(4)])).toMatchObject({ status: 1 });
    expect(existsSync(inside[1])).toBe(true);
    expect(await Promise.all([annotations, join(images, 'a.jpg')].map((file) => readFile(file)))).toEqual(before);
  });

  test('takes lists, with FracAtlas headings and Windows line ends, and writes the mapping', async () => {
    const { args, folder } = await atlasArguments();
    const [ids, testIds, mapping] = ['ids.csv', 'test.txt', 'map.json'].map((name) => join(folder, '..', '..', name));
    await writeFile(ids, 'image_id\r\nb.jpg\r\n');
    await writeFile(testIds, 'a.jpg\n');
    const { status, stdout } = await run([
      ...args,
      '--ids',
      ids,
      '--test_ids',
      testIds,
      '--mapping',
      mapping,
      '--json',
    ]);
    expect(status).toBe(0);
    const { cases } = JSON.parse(stdout) as { cases: { file: string; set: string }[] };
    expect(cases.map(({ file, set }) => `${file} ${set}`)).toEqual(['b.jpg train', 'a.jpg test']);
    expect(JSON.parse(await readFile(mapping, 'utf8'))).toEqual([
      { case: 'tin_0001', file: 'b.jpg', imageId: 1 },
      { case: 'tin_0002', file: 'a.jpg', imageId: 0 },
    ]);
  });

  test('joins categories to labels', async () => {
    const { args, folder } = await atlasArguments();
    expect((await run([...args, '--labels', 'break=fractured', '--regions', 'all=break'])).status).toBe(0);
    expect(JSON.parse(await readFile(join(folder, 'dataset.json'), 'utf8'))).toMatchObject({
      labels: { background: 0, all: [1] },
    });
  });

  test('ends with 1 where the work failed and 2 where the usage is wrong', async () => {
    const { args } = await atlasArguments();
    const failed = await run([...args, '--damaged', 'error']);
    expect(failed.status).toBe(1);
    expect(failed.stderr).toContain('c.jpg');
    expect((await run([...args, '--damaged', 'maybe'])).status).toBe(2);
    expect((await run([...args, '--sizes', '20x10'])).status).toBe(2);
    expect((await run(args.slice(2))).status).toBe(2);
  });

  test.each([
    ['--size', 'big', /The size "big" cannot be read.*224x224/s],
    ['--size', '0x5', /The size "0x5" cannot be read/],
    ['--size', '40000x5', /40000 x 5 pixels/],
    ['--dataset', '1000', /1000 of the data set is not one from 1 to 999/],
    ['--name', 'a b', /"a b" of the data set/],
    ['--case-prefix', '../x', /named after "..\/x"/],
    ['--workers', '0', /0 images in work at once/],
    ['--labels', 'fractured', /"fractured" is not a name with its members/],
  ])('ends with 2 and the remedy for %s %s', async (option, value, message) => {
    const { args } = await atlasArguments();
    const { status, stderr } = await run([...args, option, value]);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });

  test('leaves no folder behind where nothing could be converted', async () => {
    const { args, folder } = await atlasArguments();
    const only = join(folder, '..', '..', 'only.txt');
    await writeFile(only, 'c.jpg\n');
    const empty = await run([...args, '--ids', only, '--out', join(folder, '..', 'other')]);
    expect(empty.status).toBe(1);
    expect(empty.stderr).toContain('Not one image');
    expect(existsSync(join(folder, '..', 'other', 'Dataset007_Tiny'))).toBe(false);
  });
});
