const sources = '^packages/[^/]+/src/';

/** dependency-cruiser's rules: no cycle of imports between files, and none between the folders of a package. */
export default {
  forbidden: [
    { name: 'no-cycle-of-files', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-cycle-of-folders',
      severity: 'error',
      scope: 'folder',
      from: { path: sources },
      // What stands in src itself, such as the index and the errors, belongs to no folder.
      to: { circular: true, viaOnly: { path: sources } },
    },
  ],
  options: {
    includeOnly: sources,
    // Imports of types count: a reader follows them too.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { conditionNames: ['@fractura/source', 'import'] },
  },
};
