import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The page has no Node: an import of it that is used would stay in the file, and a test looks for such. */
const withoutNode = {
  name: 'without-node',
  enforce: 'pre',
  resolveId: (id) => (id.startsWith('node:') ? { id, external: true, moduleSideEffects: false } : undefined),
};

/** The page into `dist/page`: static files that name each other relatively, so that any folder of any server may hold them. */
export default defineConfig({
  root: at('src/page'),
  base: './',
  plugins: [withoutNode],
  publicDir: at('src/page/public'),
  resolve: { conditions: ['@fractura/source', 'browser', 'module', 'import', 'default'] },
  // One file: a codec that a film needs is not fetched when the film is there.
  worker: { format: 'es', rollupOptions: { output: { entryFileNames: '[name].js', inlineDynamicImports: true } } },
  build: {
    outDir: at('dist/page'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rollupOptions: {
      input: { index: at('src/page/index.html'), 'service-worker': at('src/page/service-worker.ts') },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', assetFileNames: '[name][extname]' },
    },
  },
});
