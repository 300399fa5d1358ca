import type { DataSet } from 'dicom-parser';
import type { DicomFile } from './dicom-file.js';
import { badAttribute } from './dicom-errors.js';
import { tagOf, type Keyword } from './tags.js';

/** The attributes of a file's first frame. */
export class Attributes {
  /** The data set that holds the pixels. */
  readonly image: DataSet;
  readonly #file: string;
  /** Where attributes may stand: functional groups of the first frame and of all come before the image itself (PS3.3, C.7.6.16). */
  readonly #places: readonly DataSet[];

  constructor({ name, dataSet }: DicomFile) {
    this.image = dataSet;
    this.#file = name;
    const groups = (['PerFrameFunctionalGroupsSequence', 'SharedFunctionalGroupsSequence'] as const).map((keyword) =>
      firstItem(dataSet, keyword),
    );
    const wanted = ['PixelMeasuresSequence', 'FrameVOILUTSequence', 'PixelValueTransformationSequence'] as const;
    const inGroups = groups.flatMap((group) => wanted.map((keyword) => group && firstItem(group, keyword)));
    this.#places = [...inGroups.filter((place) => place !== undefined), dataSet];
  }

  /** The data set that has the attribute with a value. */
  place(keyword: Keyword): DataSet | undefined {
    return this.#places.find((place) => (place.elements[tagOf(keyword)]?.length ?? 0) > 0);
  }

  /** A number that is stored in two bytes; undefined where it is missing. */
  whole(keyword: Keyword): number | undefined {
    const found = this.place(keyword);
    return found !== undefined && found.elements[tagOf(keyword)].length >= 2 ? found.uint16(tagOf(keyword)) : undefined;
  }

  /** @throws RadiographError `image-unreadable` where it is missing. */
  requiredWhole(keyword: Keyword): number {
    const value = this.whole(keyword);
    if (value === undefined) {
      throw badAttribute(this.#file, keyword, 'is missing');
    }
    return value;
  }

  /** A code, such as MONOCHROME2; undefined where it is missing. */
  code(keyword: Keyword): string | undefined {
    return this.place(keyword)?.string(tagOf(keyword))?.trim().toUpperCase();
  }

  /**
   * Numbers that are stored as text.
   *
   * @throws RadiographError `image-unreadable` where one is no number.
   */
  decimals(keyword: Keyword): number[] {
    const text = this.place(keyword)?.string(tagOf(keyword)) ?? '';
    const numbers = text.trim() === '' ? [] : text.split('\\').map((each) => Number(each.trim() || Number.NaN));
    if (!numbers.every(Number.isFinite)) {
      throw badAttribute(this.#file, keyword, 'is no number');
    }
    return numbers;
  }

  /** The items of a sequence. */
  items(keyword: Keyword): DataSet[] {
    return itemsOf(this.place(keyword), keyword);
  }
}

const itemsOf = (place: DataSet | undefined, keyword: Keyword): DataSet[] =>
  (place?.elements[tagOf(keyword)]?.items ?? []).map(({ dataSet }) => dataSet).filter((each) => each !== undefined);

const firstItem = (place: DataSet, keyword: Keyword): DataSet | undefined => itemsOf(place, keyword)[0];
