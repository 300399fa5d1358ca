import { checkArguments, rule } from '@fractura/errors';
import type { TaskOptions } from '@fractura/concurrency';
import { type Atlas, atlasRule } from '../atlas.js';
import { joinOverlapping } from '../join-overlapping.js';
import { neighbouringIds } from '../splits/group-records.js';
import { officialSplit } from '../splits/official-split.js';
import type { Split } from '../splits/split.js';
import { conflictFindings } from './conflict-findings.js';
import { duplicateFindings } from './duplicate-findings.js';
import { type DuplicatePair, duplicatePairRule, findDuplicates } from './find-duplicates.js';
import { type Finding, findingOf, findingRule, type Severity } from './finding.js';
import { imageFindings } from './image-findings.js';
import { polygonFindings } from './polygon-findings.js';
import { scanImages } from './scan-images.js';
import { shortcutFindings } from './shortcut-findings.js';
import { splitFindings } from './split-findings.js';
import { FracatlasLoaderError } from '../errors.js';

/** Everything that was found; plain data, ready for JSON. */
export interface AtlasAudit {
  images: number;
  fractured: number;
  normal: number;
  /** Errors first, then warnings, then notes. */
  findings: Finding[];
  /** Files that a strict decoder refuses. */
  damaged: string[];
  /** Files with an EXIF orientation other than 1. */
  rotated: string[];
  /** Files that show the same film, each file in one group at most. */
  duplicateGroups: string[][];
  duplicatePairs: DuplicatePair[];
  /** Runs of consecutive ids of the same body part, at most eight each. */
  studies: string[][];
  /** The splits that were looked at for leaks. */
  splits: string[];
}

export interface AuditOptions extends TaskOptions {
  /** Splits to look at for leaks, by the name to call them; the official one is looked at anyway. */
  splits?: Readonly<Record<string, Pick<Split, 'parts'>>>;
}

const longestStudy = 8;
const gravity: Record<Severity, number> = { error: 0, warning: 1, note: 2 };

/**
 * Decodes every image of an atlas strictly and looks for what makes results wrong: damaged and turned images, sources
 * that contradict one another, outlines beyond the image, duplicates (exact, near, turned, mirrored or cut; all pairs),
 * duplicates with both labels, leaks across splits, and properties of files that give the label away.
 *
 * Nothing is changed. The same atlas gives the same audit.
 *
 * @throws {@link FracatlasLoaderError} `image-unreadable` where a file cannot be opened; the signal's reason if aborted.
 */
export async function auditAtlas(atlas: Atlas, options: AuditOptions = {}): Promise<AtlasAudit> {
  checkArguments({ atlas, options }, { atlas: atlasRule, options: auditOptionsRule }, FracatlasLoaderError);
  const { splits = {}, onProgress, signal } = options;
  const { records, conflicts } = atlas;
  const scans = await scanImages(records, { onProgress, signal });
  const duplicatePairs = await findDuplicates(scans, { signal });
  const duplicateGroups = joinOverlapping(duplicatePairs.map(({ files }) => files));
  const studies = neighbouringIds(records, longestStudy);
  const fractured = new Set(records.filter((record) => record.fractured).map(({ file }) => file));
  const damaged = scans.filter(({ damage }) => damage !== undefined).map(({ file }) => file);
  const known = new Set(records.map(({ file }) => file));
  const hasOfficial = records.some((record) => record.officialSplit);
  const allSplits: [string, Pick<Split, 'parts'>][] = [
    ...(hasOfficial ? [['official', officialSplit(records)] as [string, Split]] : []),
    ...Object.entries(splits),
  ];
  const findings = [
    ...imageFindings(records, scans),
    ...conflictFindings(conflicts),
    ...polygonFindings(records),
    ...duplicateFindings(duplicatePairs, { groups: duplicateGroups, fractured }),
    ...allSplits.flatMap(([name, split]) =>
      splitFindings(name, split, { known, duplicates: duplicateGroups, studies }),
    ),
    ...shortcutFindings(records, new Set(damaged)),
    ...findingOf(
      {
        code: 'neighbouring-ids',
        severity: 'note',
        title: 'Neighbouring ids that look like one study (runs)',
        explanation:
          'Consecutive ids of the same body part are probably views of one patient. Keep them together in splits.',
      },
      studies,
      studies.map((study) => study.join(', ')),
    ),
  ];
  return {
    images: records.length,
    fractured: fractured.size,
    normal: records.length - fractured.size,
    findings: findings.sort((a, b) => gravity[a.severity] - gravity[b.severity]),
    damaged,
    rotated: records.filter(({ orientation }) => orientation !== 1).map(({ file }) => file),
    duplicateGroups,
    duplicatePairs,
    studies,
    splits: allSplits.map(([name]) => name),
  };
}

/** What {@link AuditOptions} must be. */
export const auditOptionsRule = rule.fields({
  splits: rule.optional(rule.tableOf(rule.fields({ parts: rule.tableOf(rule.listOf(rule.anyText)) }))),
  onProgress: rule.optional(rule.callback),
  signal: rule.optional(rule.signal),
});

/** What {@link AtlasAudit} must be. */
export const atlasAuditRule = rule.fields({
  images: rule.anyNumber,
  fractured: rule.anyNumber,
  normal: rule.anyNumber,
  findings: rule.listOf(findingRule),
  damaged: rule.listOf(rule.anyText),
  rotated: rule.listOf(rule.anyText),
  duplicateGroups: rule.listOf(rule.listOf(rule.anyText)),
  duplicatePairs: rule.listOf(duplicatePairRule),
  studies: rule.listOf(rule.listOf(rule.anyText)),
  splits: rule.listOf(rule.anyText),
});
