/** Transcripts on disk: the only part of replay that reads files. */
import { readdirSync, readFileSync, statSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { decode } from '../suite/text.js';
import { TranscriptError } from './error.js';
import type { Header } from './schema.js';
import { parseHeader, parseTranscript, type Transcript } from './transcript.js';

/** More than this was not recorded by anybody. */
export const SIZE_LIMIT = 64 * 1024 * 1024;

const EXTENSION = '.ndjson';

function onDisk<T>(file: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    const reason = `it cannot be read: ${(cause as Error).message}`;
    throw new TranscriptError('E_TRANSCRIPT_UNREADABLE', file, 1, reason, { cause });
  }
}

function requireReadable(file: string, stats: Stats): void {
  if (!stats.isFile()) {
    throw new TranscriptError('E_TRANSCRIPT_UNREADABLE', file, 1, 'it is not a file');
  }
  if (stats.size > SIZE_LIMIT) {
    const reason = `${stats.size} bytes are more than a transcript may have (${SIZE_LIMIT})`;
    throw new TranscriptError('E_TRANSCRIPT_SIZE', file, 1, reason);
  }
}

function readText(file: string): string {
  const stats = onDisk(file, () => statSync(file));
  requireReadable(file, stats);
  const decoded = decode(onDisk(file, () => readFileSync(file)));
  if ('text' in decoded) return decoded.text;
  const line = decoded.validUpTo.split('\n').length;
  throw new TranscriptError('E_TRANSCRIPT_ENCODING', file, line, 'this line is not UTF-8');
}

/** Reads one transcript. @throws TranscriptError whatever is wrong with it, see error.ts */
export function readTranscript(file: string): Transcript {
  return parseTranscript(readText(file), file);
}

/** Reads the header only. @throws TranscriptError what is wrong with it or with the file */
export function readHeader(file: string): Header {
  return parseHeader(readText(file), file);
}

function below(folder: string): string[] {
  const entries = onDisk(folder, () =>
    readdirSync(folder, { recursive: true, withFileTypes: true }),
  );
  const files = entries
    .filter((entry) => !entry.isDirectory() && entry.name.endsWith(EXTENSION))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  if (files.length > 0) return files;
  const reason = `no ${EXTENSION} file is in this folder`;
  throw new TranscriptError('E_TRANSCRIPT_NONE', folder, 1, reason);
}

/** The files that `path` stands for: itself, or the transcripts below a folder, sorted. */
function filesOf(path: string): string[] {
  return onDisk(path, () => statSync(path)).isDirectory() ? below(path) : [path];
}

/** Files to replay, each once, in order, and the paths that led to none. */
export function findTranscripts(paths: readonly string[]): {
  files: string[];
  errors: TranscriptError[];
} {
  const files = new Set<string>();
  const errors: TranscriptError[] = [];
  for (const path of paths) {
    try {
      for (const file of filesOf(path)) files.add(file);
    } catch (error) {
      if (!(error instanceof TranscriptError)) throw error;
      errors.push(error);
    }
  }
  return { files: [...files], errors };
}
