/** Compiles suites ahead of time, into files that precompiled.ts reads. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { World } from './formats.js';
import { loadSuites } from './load.js';
import { precompiledName, serialise } from './precompiled.js';
import { REQUIREMENTS, listFiles, readSource } from './read.js';
import { SourceFile } from './source.js';

/**
 * Replaces `folder` by the compiled form of all files below `dir` that have no mistakes; the others
 * are left to be parsed, so that their errors are told where they matter.
 * @returns how many were written
 */
export async function precompileSuites(dir: string, folder: string, world: World): Promise<number> {
  const candidates = [
    ...listFiles(dir).files,
    { name: join(dir, REQUIREMENTS), path: REQUIREMENTS },
  ];
  // Before they are compiled: a file that changes meanwhile is then taken for another one, and parsed.
  const sources = candidates.map(({ name, path }) => ({ path, source: readSource(name) }));
  const { cases, requirements, errors } = await loadSuites(dir, world);
  const broken = new Set(errors.map(({ file }) => file));
  rmSync(folder, { recursive: true, force: true });
  const sound = sources.flatMap(({ path, source }) =>
    source instanceof SourceFile && !broken.has(source.name) ? [{ path, source }] : [],
  );
  for (const { path, source } of sound) {
    const rows = [...cases, ...requirements].filter((row) => row.source.file === source.name);
    const file = precompiledName(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, serialise(source.text, world, rows));
  }
  return sound.length;
}
