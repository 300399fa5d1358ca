import { auditAtlas } from '../src/audit/audit-atlas.js';
import { loadFracAtlas } from '../src/load/load-fracatlas.js';

const { duplicatePairs, damaged } = await auditAtlas(await loadFracAtlas(process.argv[2]));
console.log(JSON.stringify({ pairs: duplicatePairs.length, damaged: damaged.length }));
