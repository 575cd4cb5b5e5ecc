/** Runs a case with the bundle, and keeps what V8 has compiled on the way. Run by `npm run build`. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { cacheOf, cachedScript } from './cached-script.js';

const FILE = resolve('build/cli/mdevct.cjs');

const { script, run } = cachedScript(FILE);
process.argv.splice(2, Infinity, 'run', 'create-remove', '--profile', 'linux-6.12');
process.stdout.write = () => true;
process.on('exit', () => {
  writeFileSync(cacheOf(FILE), script.createCachedData());
});
run();
