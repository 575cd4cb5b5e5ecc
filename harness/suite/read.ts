/** The files of a suite on disk: where they are, and their text. The only part that reads files. */
import { closeSync, constants, fstatSync, openSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SuiteError } from './errors.js';
import { SourceFile } from './source.js';
import { MAX_BYTES, checkText, decode } from './text.js';

/** One file below the directory of the suites. */
export interface Candidate {
  /** as errors name it */
  name: string;
  /** relative to the directory, with slashes */
  path: string;
}

/** The directory that a file is in. */
export const areaOf = ({ path }: Candidate): string => path.slice(0, path.indexOf('/'));

export interface Listing {
  files: Candidate[];
  errors: SuiteError[];
}

export const REQUIREMENTS = 'requirements.yaml';

const about = (
  file: string,
  code: SuiteError['code'],
  message: string,
  hint?: string,
): SuiteError => ({ code, file, line: 0, column: 1, message, ...(hint && { hint }) });

function unreadable(file: string, error: unknown): SuiteError {
  return about(file, 'E_SUITE_UNREADABLE', `it cannot be read: ${(error as Error).message}`);
}

/** A file that no one would load is a mistake, not a comment. */
function misplaced({ name, path }: Candidate): SuiteError[] {
  const hint = 'suites are <area>/<topic>.yaml';
  if (/\.yml$/.test(path)) return [about(name, 'E_SUITE_FILE', 'it does not end in .yaml', hint)];
  if (!path.endsWith('.yaml') || path === REQUIREMENTS) return [];
  return path.split('/').length === 2
    ? []
    : [about(name, 'E_SUITE_FILE', 'it is not in the directory of an area', hint)];
}

/** The files below a directory, sorted; what is not there or in the wrong place is an error. */
export function listFiles(dir: string): Listing {
  let paths: string[];
  try {
    paths = readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort();
  } catch (error) {
    return { files: [], errors: [unreadable(dir, error)] };
  }
  const files = paths.map((path) => ({ name: join(dir, path), path: path.replaceAll('\\', '/') }));
  const errors = files.flatMap(misplaced);
  const suites = files.filter(({ path }) => /^[^/]+\/[^/]+\.yaml$/.test(path));
  return { files: suites, errors };
}

function readBytes(name: string): Uint8Array | SuiteError {
  // A pipe would be waited for, a device has no end: neither is opened to wait, nor read.
  const fd = openSync(name, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile()) return about(name, 'E_SUITE_UNREADABLE', 'it is not a file');
    const { size } = stats;
    if (size <= MAX_BYTES) return readFileSync(fd);
    const message = `it has ${size} bytes, more than ${MAX_BYTES}`;
    return about(name, 'E_SUITE_TOO_LARGE', message, 'split it by topic');
  } finally {
    closeSync(fd);
  }
}

/** The text of a file, or why it is none. */
export function readSource(name: string): SourceFile | { errors: SuiteError[] } {
  let bytes: Uint8Array | SuiteError;
  try {
    bytes = readBytes(name);
  } catch (error) {
    return { errors: [unreadable(name, error)] };
  }
  if (!(bytes instanceof Uint8Array)) return { errors: [bytes] };
  const decoded = decode(bytes);
  if ('validUpTo' in decoded) {
    const { validUpTo } = decoded;
    const message = 'the bytes from here are not UTF-8';
    const source = new SourceFile(name, validUpTo);
    return { errors: [source.error({ code: 'E_SUITE_UTF8', offset: validUpTo.length, message })] };
  }
  const source = new SourceFile(name, decoded.text);
  const mistakes = checkText(decoded.text);
  return mistakes.length > 0 ? { errors: source.errors(mistakes, (mistake) => mistake) } : source;
}
