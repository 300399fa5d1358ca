import { describe, expect, test } from '@jest/globals';
import { encodeNifti, readNifti } from '../../src/index.js';

const volume = { data: Uint8Array.from([1, 2, 3, 4, 5, 6]), shape: [3, 2, 1] };
/** A header of version 1 with some fields overwritten. */
async function altered(change: (view: DataView) => void): Promise<Uint8Array> {
  const bytes = new Uint8Array(await encodeNifti(volume));
  change(new DataView(bytes.buffer));
  return bytes;
}

describe('header fields', () => {
  test.each([1, 2] as const)('every field of version %s reads back as it was written', async (version) => {
    const header = {
      slope: 2,
      intercept: -3,
      qformCode: 1,
      sformCode: 4,
      units: 10,
      description: 'radiograph',
      auxiliaryFile: 'aux.txt',
      intentCode: 1002,
      intentName: 'labels',
      intentParameters: [1, 2, 3] as [number, number, number],
      displayMin: 4,
      displayMax: 5,
      dimensionInfo: 57,
      sliceStart: 0,
      sliceEnd: 1,
      sliceCode: 3,
      sliceDuration: 0.5,
      timeOffset: 0.25,
    };
    const read = await readNifti(await encodeNifti({ ...volume, header }, { version }));
    expect(read.header).toMatchObject({ ...header, version, littleEndian: true, storedDtype: 'uint8' });
    expect(Array.from(read.data as Float64Array)).toEqual([-1, 1, 3, 5, 7, 9]);
  });

  test('a spacing of zero or less is mended and told', async () => {
    const read = await readNifti(
      await altered((view) => {
        view.setFloat32(80, 0, true);
        view.setFloat32(84, -2, true);
        view.setInt16(254, 0, true);
      }),
    );
    expect(read.spacing).toEqual([1, 2, 1]);
    expect(read.repairs).toHaveLength(2);
    expect(read.affineSource).toBe('pixdim');
  });

  test.each([
    [
      'a NaN spacing',
      (view: DataView) => {
        view.setFloat32(80, NaN, true);
      },
      'invalid-header',
    ],
    [
      'a NaN in the sform',
      (view: DataView) => {
        view.setFloat32(280, NaN, true);
      },
      'invalid-header',
    ],
    [
      'an infinite slope',
      (view: DataView) => {
        view.setFloat32(112, Infinity, true);
      },
      'invalid-header',
    ],
    [
      'a NaN offset of the voxels',
      (view: DataView) => {
        view.setFloat32(108, NaN, true);
      },
      'invalid-header',
    ],
    [
      'eight dimensions',
      (view: DataView) => {
        view.setInt16(40, 8, true);
      },
      'invalid-header',
    ],
    [
      'a negative size',
      (view: DataView) => {
        view.setInt16(42, -3, true);
      },
      'invalid-header',
    ],
    [
      'absurd sizes',
      (view: DataView) => {
        [42, 44, 46].forEach((at) => {
          view.setInt16(at, 32767, true);
        });
      },
      'file-truncated',
    ],
    [
      'a type that is not known',
      (view: DataView) => {
        view.setInt16(70, 1536, true);
      },
      'unsupported-dtype',
    ],
    [
      'another magic',
      (view: DataView) => {
        view.setInt32(344, 0, true);
      },
      'not-nifti',
    ],
    [
      'the header of a pair',
      (view: DataView) => {
        view.setUint8(345, 0x69);
      },
      'image-missing',
    ],
  ])('%s is refused', async (_, change, code) => {
    await expect(readNifti(await altered(change))).rejects.toMatchObject({ name: 'VolumeIoError', code });
  });

  test('a volume over the limit is refused before anything is taken', async () => {
    await expect(readNifti(await encodeNifti(volume), { maxBytes: 5 })).rejects.toMatchObject({ code: 'too-large' });
  });

  test('a cut gzip stream is refused', async () => {
    const bytes = await encodeNifti(volume, { gzip: true });
    for (const length of [bytes.length - 1, bytes.length - 8, 30]) {
      await expect(readNifti(bytes.subarray(0, length))).rejects.toMatchObject({ name: 'VolumeIoError' });
    }
  });

  test('a missing file is told by name', async () => {
    await expect(readNifti('no-such.nii.gz')).rejects.toMatchObject({ code: 'file-not-found' });
  });

  test('bytes behind the voxels are counted', async () => {
    const bytes = Buffer.concat([await encodeNifti(volume), Buffer.alloc(7)]);
    expect((await readNifti(bytes)).trailingBytes).toBe(7);
  });
});
