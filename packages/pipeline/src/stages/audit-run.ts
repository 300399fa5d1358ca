import {
  auditAtlas,
  duplicateThumbnails,
  exploreAtlas,
  renderAuditPage,
  type Atlas,
  type AtlasAudit,
  type AtlasExploration,
} from '@fractura/fracatlas-loader';
import { writeFileBeside } from '@fractura/array-files';
import type { RunContext } from '../run/run-context.js';
import { atlasFingerprint } from './open-atlas.js';

/** Looks for damaged, turned, doubled and contradicting images, and counts what there is; writes both as JSON and page. */
export async function auditRun(
  atlas: Atlas,
  { paths, ledger, progress, signal }: RunContext,
): Promise<{ audit: AtlasAudit; exploration: AtlasExploration }> {
  const exploration = exploreAtlas(atlas);
  const audit = await ledger.run({
    name: 'audit',
    inputs: { fingerprint: atlasFingerprint(atlas) },
    run: async () => {
      const task = progress('Auditing the images');
      const found = await auditAtlas(atlas, { signal, onProgress: task.update });
      task.finish(`${found.findings.length} kinds of findings, ${found.damaged.length} damaged files`);
      await writeFileBeside(paths.audit, `${JSON.stringify({ audit: found, exploration }, undefined, 2)}\n`);
      const thumbnails = await duplicateThumbnails(atlas, found, { signal });
      await writeFileBeside(paths.auditPage, renderAuditPage(found, exploration, { thumbnails }));
      return found;
    },
  });
  return { audit, exploration };
}
