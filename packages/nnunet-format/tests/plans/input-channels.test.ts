import { expect, test } from '@jest/globals';
import { countInputChannels, previousStageLabels, readLabels, type ChannelDeclaration } from '../../src/index.js';

const regions: ChannelDeclaration = {
  channel_names: { '0': 'CT', '1': 'PET' },
  labels: { background: 0, whole: [1, 2, 3], core: [2, 3], ignore: 4 },
  regions_class_order: [1, 2],
};

test('channels are those of the image', () => {
  expect(countInputChannels({}, regions)).toBe(2);
  expect(previousStageLabels({}, readLabels(regions))).toEqual([]);
});

test('and of a cascade’s second stage the labels, not the regions, without the ignore label', () => {
  expect(countInputChannels({ previous_stage: '3d_lowres' }, regions)).toBe(5);
  expect(previousStageLabels({ previous_stage: '3d_lowres' }, readLabels(regions))).toEqual([1, 2, 3]);
});
