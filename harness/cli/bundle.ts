/**
 * Bundles the command line: what a command needs in a few files instead of hundreds, since opening
 * files is most of a short run. Tests and coverage use the unbundled files.
 */
import { build } from 'esbuild';

const OUT = 'build/cli';

await build({
  entryPoints: { main: 'build/harness/cli/main.js', thread: 'build/harness/run/thread.js' },
  outdir: OUT,
  bundle: true,
  splitting: false,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  chunkNames: '[name]-[hash]',
  minify: true,
  // Some libraries are CommonJS and ask for Node's own modules at run time.
  banner: {
    js: "import{createRequire as requireOf}from'node:module';const require=requireOf(import.meta.url);",
  },
  logLevel: 'warning',
});
