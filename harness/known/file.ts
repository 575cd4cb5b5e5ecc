/** A file of known failures: text → entries. */
import { profilesOf } from '../suite/context.js';
import type { SuiteError } from '../suite/errors.js';
import { openFile, type OpenFile } from '../suite/file.js';
import type { World } from '../suite/formats.js';
import { readSource } from '../suite/read.js';
import { SourceFile } from '../suite/source.js';
import { KnownFailures, type RawKnownFailures } from './schema.js';
import type { KnownFailure } from './types.js';

export interface LoadedKnown {
  entries: KnownFailure[];
  /** every mistake of the file */
  errors: SuiteError[];
}

function entryOf(
  raw: RawKnownFailures[number],
  index: number,
  { context }: OpenFile,
): KnownFailure {
  const { profiles, 'review-by': reviewBy, ...rest } = raw;
  const among = profilesOf(profiles, context.world.profiles, [index, 'profiles'], context);
  return { ...rest, reviewBy, profiles: among, source: context.position([index]) };
}

/** Two entries for one case in one profile: nobody could tell which counts. */
function doubles(entries: readonly KnownFailure[], source: SourceFile): SuiteError[] {
  const first = new Map<string, KnownFailure>();
  return entries.flatMap((entry) => {
    const keys = entry.profiles.map((profile) => `${entry.case} ${profile}`);
    const again = keys.find((key) => first.has(key));
    for (const key of keys) first.set(key, entry);
    if (again === undefined) return [];
    const message = `${again.replace(' ', ' in ')} has an entry already`;
    const hint = 'keep one entry, or split them by profiles';
    return [source.withText({ code: 'E_SUITE_DUPLICATE_KNOWN', ...entry.source, message, hint })];
  });
}

/** Parses and validates the text of a file of known failures; one without entries is one, too. */
async function parseKnown(source: SourceFile, world: World): Promise<LoadedKnown> {
  if (!/^[^#\s]/m.test(source.text)) return { entries: [], errors: [] };
  const file = await openFile(source, KnownFailures, world);
  if (!('source' in file)) return { entries: [], errors: file.errors };
  const rows = Array.isArray(file.value) ? (file.value as RawKnownFailures) : [];
  const entries = rows.flatMap((row, index) =>
    file.sound([index]) ? [entryOf(row, index, file)] : [],
  );
  return { entries, errors: [...file.errors(), ...doubles(entries, source)] };
}

/** Reads a file of known failures; one that cannot be read is an error among the others. */
export async function loadKnown(name: string, world: World): Promise<LoadedKnown> {
  const source = readSource(name);
  return source instanceof SourceFile
    ? parseKnown(source, world)
    : { entries: [], errors: source.errors };
}
