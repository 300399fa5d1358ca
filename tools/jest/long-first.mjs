import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import Sequencer from '@jest/test-sequencer';
import { workspaceRoot } from '../setup/workspace.mjs';

/** The tiers, first the one whose tests take longest. */
const tiers = ['type:assembly', 'type:workflow', 'type:piece', 'type:foundation'];

/**
 * Runs the tests of the packages that use the others first, where no earlier run has told how long each takes: they are the longest,
 * and one that begins last would keep a single worker busy at the end.
 */
export default class LongFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    if (sorted.some(({ duration }) => typeof duration === 'number')) {
      return sorted;
    }
    const ranks = new Map();
    const rank = ({ path }) => {
      const [parent, name] = relative(workspaceRoot, path).split(sep);
      const manifest = `${workspaceRoot}/${parent}/${name}/package.json`;
      if (!ranks.has(manifest)) {
        ranks.set(manifest, rankOf(manifest));
      }
      return ranks.get(manifest);
    };
    return sorted.sort((a, b) => rank(a) - rank(b));
  }
}

/** The place of a package's tier; of what is no package, the last. */
function rankOf(manifest) {
  try {
    const { nx } = JSON.parse(readFileSync(manifest, 'utf8'));
    const index = tiers.findIndex((tier) => nx.tags.includes(tier));
    return index < 0 ? tiers.length : index;
  } catch {
    return tiers.length;
  }
}
