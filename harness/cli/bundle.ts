/**
 * Bundles the command line: what a command needs in a few files instead of hundreds, since opening
 * files is most of a short run. Tests and coverage use the unbundled files.
 */
import { rmSync } from 'node:fs';
import { build, type Plugin } from 'esbuild';

const OUT = 'build/cli';

/**
 * Modules of Node that take their time and that few commands need. As imports they would stand at the
 * top of the bundle and be loaded by every command; so they are asked for by who needs them.
 */
const SELDOM = /^node:(child_process|crypto|https?|worker_threads)$/;

const onDemand: Plugin = {
  name: 'on-demand',
  setup(building) {
    building.onResolve({ filter: SELDOM }, ({ path, namespace }) =>
      namespace === 'on-demand' ? { path, external: true } : { path, namespace: 'on-demand' },
    );
    building.onLoad({ filter: SELDOM, namespace: 'on-demand' }, ({ path }) => ({
      contents: `module.exports = require('${path}');`,
    }));
  },
};

/** See the file: the script is given a function of that name. */
const importing: Plugin = {
  name: 'importing',
  setup(building) {
    building.onLoad({ filter: /\/import-module\.js$/ }, () => ({
      contents: 'const given = importModule; export { given as importModule };',
    }));
  },
};

// What was compiled before this build is not of this build.
rmSync('build/suites', { recursive: true, force: true });
rmSync(OUT, { recursive: true, force: true });

const COMMON = {
  outdir: OUT,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minify: true,
  logLevel: 'warning',
} as const;

const ESM = {
  ...COMMON,
  format: 'esm',
  // Some libraries are CommonJS and ask for Node's own modules at run time.
  banner: {
    js: "import{createRequire as requireOf}from'node:module';const require=requireOf(import.meta.url);",
  },
} as const;

await Promise.all([
  // A script, and no module: only a script can come out of V8's code cache.
  build({
    ...COMMON,
    entryPoints: { mdevct: 'build/harness/cli/main.js' },
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    plugins: [onDemand, importing],
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: "const importMetaUrl=require('node:url').pathToFileURL(__filename).href;" },
  }),
  build({ ...ESM, entryPoints: { main: 'build/harness/cli/start.js' } }),
  build({ ...ESM, entryPoints: { thread: 'build/harness/run/thread.js' }, plugins: [onDemand] }),
]);
