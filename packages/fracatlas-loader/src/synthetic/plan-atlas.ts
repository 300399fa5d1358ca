import type { Draws } from '@fractura/seeded-random';
import type { BodyPart, OfficialSplit, View } from '../atlas.js';

/** One image of the atlas to be made. */
export interface PlannedImage {
  file: string;
  fractured: boolean;
  part: BodyPart;
  view: View;
  width: number;
  height: number;
  sceneSeed: number;
  exposureSeed: number;
  fractures: number;
  hardware: boolean;
  atEdge: boolean;
  greyscale: boolean;
  truncated: boolean;
  /** EXIF orientation of the stored file; undefined leaves the tag out. */
  orientation?: number;
  /** The file whose bytes this one repeats. */
  copyOf?: string;
  split?: OfficialSplit;
  /** What dataset.csv says where that is wrong. */
  tableSays: { fractured: boolean; fractureCountOff: number };
  /** The VGG file lacks the last polygon. */
  vggLacksOne: boolean;
}

export interface DuplicateTruth {
  files: [string, string];
  kind: 'exact' | 'near';
}

export interface AtlasPlan {
  images: PlannedImage[];
  /** Images of one patient, which have neighbouring ids. */
  studies: string[][];
  duplicates: DuplicateTruth[];
}

const parts: readonly BodyPart[] = ['hand', 'hand', 'hand', 'leg', 'leg', 'leg', 'hip', 'shoulder'];

/** Decides what every image shows and which of the known quirks it has. */
export function planAtlas(
  { fractured, normal, size }: { fractured: number; normal: number; size: readonly [number, number] },
  draws: Draws,
): AtlasPlan {
  const { images, studies } = planStudies({ fractured, normal, size }, draws);
  const broken = draws.shuffled(images.filter((image) => image.fractured));
  const whole = draws.shuffled(images.filter((image) => !image.fractured));
  const share = (list: readonly unknown[], fraction: number) => Math.max(1, Math.round(list.length * fraction));

  draws
    .shuffled(broken)
    .slice(0, share(broken, 0.2))
    .forEach((image) => (image.fractures = 2));
  for (const image of images) {
    image.greyscale = draws.chance(0.18);
    image.hardware = draws.chance(0.06);
    if (draws.chance(0.08)) {
      [image.width, image.height] = [image.width * 2, image.height * 2];
    }
    if (draws.chance(0.03)) {
      image.orientation = 1;
    }
  }
  // Each quirk takes images of its own, from the ends of the shuffled lists, so that the truth stays easy to read.
  const takeBroken = takeInOrder(broken);
  const takeWhole = takeInOrder(whole);
  takeBroken(share(broken, 0.03)).forEach((image) => Object.assign(image, { atEdge: true, fractures: 1 }));
  takeBroken(Math.max(2, share(broken, 0.02))).forEach((image, i) => (image.orientation = [3, 8, 6][i % 3]!));
  takeWhole(share(whole, 0.02)).forEach((image, i) => (image.orientation = [6, 8, 3][i % 3]!));
  takeWhole(share(whole, 0.04)).forEach((image) => (image.truncated = true));
  takeBroken(1).forEach((image) => (image.tableSays.fractured = false));
  takeWhole(1).forEach((image) => (image.tableSays.fractured = true));
  takeBroken(1).forEach((image) => (image.tableSays.fractureCountOff = 1));
  takeBroken(1).forEach((image) => (image.vggLacksOne = true));

  splitFractured(broken);
  const duplicates = plantDuplicates({ broken, takeBroken, takeWhole });
  return { images, studies, duplicates };
}

function planStudies(
  { fractured, normal, size: [width, height] }: { fractured: number; normal: number; size: readonly [number, number] },
  draws: Draws,
): Pick<AtlasPlan, 'images' | 'studies'> {
  const labels = draws.shuffled([...studySizes(fractured, true, draws), ...studySizes(normal, false, draws)]);
  const images: PlannedImage[] = [];
  const studies: string[][] = [];
  let id = 0;
  for (const { count, fractured: isFractured } of labels) {
    id += draws.whole(2, 12);
    const part = draws.oneOf(parts);
    const study: string[] = [];
    for (let i = 0; i < count; i += 1) {
      const file = `IMG${String(id + i).padStart(7, '0')}.jpg`;
      const landscape = draws.chance(0.2);
      study.push(file);
      images.push({
        file,
        fractured: isFractured,
        part,
        view: draws.oneOf<View>(['frontal', 'frontal', 'lateral', 'oblique']),
        width: landscape ? height : width,
        height: landscape ? width : height,
        sceneSeed: draws.whole(0, 2 ** 31),
        exposureSeed: draws.whole(0, 2 ** 31),
        fractures: isFractured ? 1 : 0,
        hardware: false,
        atEdge: false,
        greyscale: false,
        truncated: false,
        tableSays: { fractured: isFractured, fractureCountOff: 0 },
        vggLacksOne: false,
      });
    }
    id += count - 1;
    if (count > 1) {
      studies.push(study);
    }
  }
  return { images, studies };
}

/** Deals images of one label into studies of one to three. */
function studySizes(total: number, fractured: boolean, draws: Draws): { count: number; fractured: boolean }[] {
  const sizes: { count: number; fractured: boolean }[] = [];
  for (let left = total; left > 0;) {
    const count = Math.min(left, draws.oneOf([1, 1, 1, 2, 2, 3]));
    sizes.push({ count, fractured });
    left -= count;
  }
  return sizes;
}

/** FracAtlas' own proportions: 574 train, 82 valid, 61 test of 717. */
function splitFractured(broken: readonly PlannedImage[]): void {
  const train = Math.round((broken.length * 574) / 717);
  const valid = Math.round((broken.length * 82) / 717);
  broken.forEach((image, i) => (image.split = i < train ? 'train' : i < train + valid ? 'valid' : 'test'));
}

/** Makes some images repeat others: across the official split, within and across the labels. */
function plantDuplicates({
  broken,
  takeBroken,
  takeWhole,
}: {
  broken: readonly PlannedImage[];
  takeBroken: TakeImages;
  takeWhole: TakeImages;
}): DuplicateTruth[] {
  const duplicates: DuplicateTruth[] = [];
  const used = new Set<PlannedImage>();
  const repeat = (source: PlannedImage, target: PlannedImage, kind: 'exact' | 'near') => {
    // In a small atlas the same image may be drawn for both roles.
    if (used.has(source) || used.has(target) || source === target) {
      return;
    }
    used.add(source).add(target);
    const { part, view, width, height, sceneSeed, fractures, hardware } = source;
    Object.assign(target, { part, view, width, height, sceneSeed, hardware });
    if (target.fractured) {
      target.fractures = fractures;
    }
    if (kind === 'exact') {
      Object.assign(target, { copyOf: source.file, greyscale: source.greyscale });
    }
    duplicates.push({ files: [source.file, target.file].sort() as [string, string], kind });
  };
  const plain = ({ orientation, atEdge, copyOf }: PlannedImage) => !orientation && !atEdge && !copyOf;
  const evaluation = broken.filter((image) => image.split !== 'train' && plain(image));
  evaluation.slice(0, 3).forEach((target, i) => {
    const [source] = takeBroken(1);
    if (source) {
      repeat(source, target, i === 0 ? 'exact' : 'near');
    }
  });
  const [first, second, third] = [takeWhole(1)[0], takeWhole(1)[0], takeWhole(1)[0]];
  if (first && second) {
    repeat(first, second, 'near');
  }
  const [contradicting] = takeBroken(1);
  if (contradicting && third) {
    repeat(contradicting, third, 'exact');
  }
  return duplicates;
}

/** Gives the next images of a list, as many as are asked for and left. */
type TakeImages = (count: number) => PlannedImage[];

function takeInOrder(list: readonly PlannedImage[]): TakeImages {
  let next = 0;
  const last = Math.ceil(list.length * 0.78);
  return (count) => {
    const taken = list.slice(next, Math.min(next + count, last));
    next += taken.length;
    return taken;
  };
}
