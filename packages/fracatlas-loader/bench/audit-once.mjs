import { auditAtlas, loadFracAtlas } from '@fractura/fracatlas-loader';

const { duplicatePairs, damaged } = await auditAtlas(await loadFracAtlas(process.argv[2]));
console.log(JSON.stringify({ pairs: duplicatePairs.length, damaged: damaged.length }));
