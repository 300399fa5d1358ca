import {
  auditAtlas,
  duplicateThumbnails,
  exploreAtlas,
  renderAuditPage,
  type Atlas,
  type AtlasAudit,
  type AtlasExploration,
  type Finding,
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
      const audited = await auditAtlas(atlas, { signal, onProgress: task.update });
      const found = { ...audited, findings: [...audited.findings, ...unknowns(atlas)] };
      task.finish(`${found.findings.length} kinds of findings, ${found.damaged.length} damaged files`);
      await writeFileBeside(paths.audit, `${JSON.stringify({ audit: found, exploration }, undefined, 2)}\n`);
      const thumbnails = await duplicateThumbnails(atlas, found, { signal });
      await writeFileBeside(paths.auditPage, renderAuditPage(found, exploration, { thumbnails }));
      return found;
    },
  });
  return { audit, exploration };
}

/** What a COCO file does not state, and FracAtlas' table does: no audit and no split can take it into account. */
function unknowns({ sources, records }: Atlas): Finding[] {
  if (sources.table) {
    return [];
  }
  return [
    {
      code: 'not-stated',
      severity: 'note',
      title: 'Body part, view and hardware are not stated (radiographs)',
      explanation:
        'A COCO file does not tell them. So the splits are not balanced by them, and views of one patient are told by consecutive ' +
        'numbers and by their likeness alone. Name files by study, with consecutive numbers, to keep studies together.',
      count: records.length,
      files: [],
      details: [],
    },
  ];
}
