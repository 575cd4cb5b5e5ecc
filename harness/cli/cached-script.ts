/** A script that V8 need not compile: compiling the bundle takes longer than a short run. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Script } from 'node:vm';
import { importModule } from '../adapter/import-module.js';

/** The cache of a script, beside it. */
export const cacheOf = (file: string): string => `${file}.cache`;

/**
 * Loads a CommonJS file, from its cache if there is one that fits this V8; else it is compiled. The
 * script can't use `import()`, which a script from a cache has not; it has `importModule` instead.
 * @param file a path that is absolute
 */
export function cachedScript(file: string): { script: Script; run(): void } {
  const source = `(function(require,__filename,importModule){${readFileSync(file, 'utf8')}\n})`;
  const cache = cacheOf(file);
  const script = new Script(source, {
    filename: file,
    ...(existsSync(cache) && { cachedData: readFileSync(cache) }),
  });
  type Main = (require: NodeJS.Require, filename: string, load: typeof importModule) => void;
  return {
    script,
    run: () => (script.runInThisContext() as Main)(createRequire(file), file, importModule),
  };
}
