import { expect, test } from '@jest/globals';
import { channelFileName, groupChannelFiles, parseChannelFileName } from '../../src/index.js';

test('the file of a channel is named by case, channel and ending', () => {
  expect(channelFileName('wrist_1', 2, '.nii.gz')).toBe('wrist_1_0002.nii.gz');
  expect(parseChannelFileName('wrist_1_0002.nii.gz', '.nii.gz')).toEqual({ id: 'wrist_1', channel: 2 });
});

test.each(['wrist_0000.png', 'wrist.nii.gz', 'wrist_002.nii.gz'])('%s is not a channel in .nii.gz', (name) => {
  expect(parseChannelFileName(name, '.nii.gz')).toBeUndefined();
});

test('the files of a folder are grouped by case, channels in order', () => {
  const names = ['b_0000.png', 'a_0001.png', 'dataset.json', 'a_0000.png', 'a_0000.jpg'];
  expect(groupChannelFiles(names, '.png')).toEqual([
    { id: 'a', files: ['a_0000.png', 'a_0001.png'] },
    { id: 'b', files: ['b_0000.png'] },
  ]);
});
