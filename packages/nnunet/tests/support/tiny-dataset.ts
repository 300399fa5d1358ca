import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planAndPreprocess } from '@fractura/nnunet-planner';
import { type Plans } from '@fractura/nnunet-format';
import { writeImage } from '@fractura/radiograph';

/** Ten pictures of 32 x 32 with a bright disk each, planned and preprocessed; the network is made four features wide. */
export async function makeTinyDataset(root: string): Promise<{ preprocessed: string; results: string }> {
  const name = 'Dataset921_Disks';
  const raw = join(root, 'raw', name);
  const [images, labels] = [join(raw, 'imagesTr'), join(raw, 'labelsTr')];
  await mkdir(images, { recursive: true });
  await mkdir(labels, { recursive: true });
  for (let n = 0; n < 10; n += 1) {
    const inside = (i: number) => ((i >> 5) - 10 - n) ** 2 + ((i & 31) - 22 + n) ** 2 < 25;
    const picture = Uint8Array.from({ length: 1024 }, (_, i) => (inside(i) ? 200 : 40) + ((i * 7919) % 31));
    const mask = Uint8Array.from({ length: 1024 }, (_, i) => Number(inside(i)));
    await writeImage(join(images, `disk_${n}_0000.png`), { data: picture, shape: [32, 32] });
    await writeImage(join(labels, `disk_${n}.png`), { data: mask, shape: [32, 32] });
  }
  const description = {
    channel_names: { '0': 'X-ray' },
    labels: { background: 0, disk: 1 },
    numTraining: 10,
    file_ending: '.png',
  };
  await writeFile(join(raw, 'dataset.json'), JSON.stringify(description));
  const preprocessed = join(root, 'preprocessed');
  await planAndPreprocess({ folder: raw, outputFolder: join(preprocessed, name), configurations: ['2d'] });

  const file = join(preprocessed, name, 'nnUNetPlans.json');
  const plans = JSON.parse(await readFile(file, 'utf8')) as Plans;
  const kwargs = plans.configurations['2d'].architecture!.arch_kwargs as { features_per_stage: number[] };
  kwargs.features_per_stage = kwargs.features_per_stage.map(() => 4);
  plans.configurations['2d'].batch_size = 2;
  await writeFile(file, JSON.stringify(plans));
  return { preprocessed, results: join(root, 'results') };
}
