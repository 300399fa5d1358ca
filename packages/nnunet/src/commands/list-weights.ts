import { listWeights, type WeightsSource } from '@fractura/backbones/pretrained';
import { defineCommand } from '@fractura/command-line';
import { cacheDirectoryOf } from '@fractura/pinned-downloads';
import { headings } from './headings.js';

/** `fractura weights list`: which published weights there are, and which are on this machine. */
export const listWeightsCommand = defineCommand({
  ...headings.listWeights,
  positionals: {},
  options: {},
  examples: [
    ['', 'prints a line for each backbone'],
    ['--json', 'prints the same as JSON, with files and hashes'],
  ],
  run: (_, { print, json }) => {
    const listed = listWeights({ cacheDirectory: cacheDirectoryOf(process.env) });
    if (json) {
      print(listed);
      return Promise.resolve();
    }
    for (const { name, bytes, licence, source, cached } of listed) {
      const size = `${Math.round(bytes / 1e6)} MB`;
      print(
        [
          name.padEnd(17),
          size.padStart(6),
          licence.padEnd(12),
          (cached ?? 'not fetched').padEnd(11),
          describe(source),
        ].join('  '),
      );
    }
    return Promise.resolve();
  },
});

const describe = (source: WeightsSource): string =>
  'file' in source ? source.file.url : `${source.wheel.project} ${source.wheel.version} of Python’s package index`;
