/** The folder of goldens: the only part of the harness that reads or writes them. */
import {
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { acceptedGolden } from './accepted.js';
import { writeAtomically } from './atomic.js';
import { digestOf, digestOfText, requireBehaviour } from './behaviours.js';
import { caseOfPath, goldenPath } from './case-id.js';
import { decode, requireSize } from './decode.js';
import { isReviewed, requireReviewed, withBehaviour, withoutProfiles } from './document.js';
import { GoldenError } from './error.js';
import { parseGolden, parsePending } from './parse.js';
import { withReview } from './review.js';
import { serialiseGolden, serialisePending } from './serialise.js';
import type { GoldenDocument, PendingDocument, Review } from './types.js';

const PENDING = '.pending';
const NO_BASE = 'none';

/** Whether recording changed anything. */
export type Recorded = 'unchanged' | 'pending';

/** A golden with the text of the file it came from. */
interface Loaded {
  document: GoldenDocument;
  text: string;
}

/** What a proposal says about the file that it was made from. */
const baseOf = (loaded: Loaded | undefined): string =>
  loaded === undefined ? NO_BASE : digestOfText(loaded.text);

/** Reads, proposes, accepts and rejects the goldens below one folder. */
export class GoldenStore {
  /** The folder with a slash: joining paths anew for each case costs more than reviewing its golden. */
  private readonly folder: string;

  /** @param root the folder, `golden` */
  constructor(private readonly root: string) {
    this.folder = join(root, '/');
  }

  /**
   * The golden of a case, reviewed.
   * @throws GoldenError `E_GOLDEN_MISSING`, `E_GOLDEN_UNREVIEWED`, `E_GOLDEN_CASE` and whatever is
   *   wrong with the file; HarnessError `E_CASE_ID`
   */
  load(caseId: string): GoldenDocument {
    const document = this.find(caseId);
    if (document !== undefined) return document;
    const reason = `case ${caseId} has no golden; record and accept it`;
    throw new GoldenError('E_GOLDEN_MISSING', this.file(caseId), 1, reason);
  }

  /** As {@link load}, but undefined if there is no file. */
  find(caseId: string): GoldenDocument | undefined {
    const file = this.file(caseId);
    const text = readText(file);
    if (text === undefined) return undefined;
    const accepted = acceptedGolden(text, caseId);
    if (accepted !== undefined) return accepted;
    const document = parse(text, caseId, file);
    requireReviewed(document, file);
    return document;
  }

  /** Ids of the cases that have a golden, sorted. */
  list(): string[] {
    return ids(this.goldenFiles());
  }

  /** Files among the goldens that are not where a case id leads, relative to the folder. */
  strays(): string[] {
    return this.goldenFiles().filter((path) => caseOfPath(path) === undefined);
  }

  /** Ids of the cases for which something is proposed, sorted. */
  listPending(): string[] {
    return ids(traceFiles(join(this.root, PENDING)));
  }

  /** @throws GoldenError `E_PENDING_MISSING` and whatever is wrong with the file */
  loadPending(caseId: string): PendingDocument {
    const pending = this.findPending(caseId);
    if (pending !== undefined) return pending;
    throw nothingPending(caseId, this.pendingFile(caseId));
  }

  /**
   * Proposes that `profile` shows `text`, beside what is already pending for the case. What equals
   * the golden again is pending no longer.
   * @param order all profiles, in the order that goldens keep
   */
  record(caseId: string, profile: string, text: string, order: readonly string[]): Recorded {
    requireBehaviour(profile, text);
    return this.propose(caseId, (document) => withBehaviour(document, profile, text, order));
  }

  /** Proposes to forget `profiles`, for instance those that the suite no longer runs. */
  trim(caseId: string, profiles: readonly string[], order: readonly string[]): Recorded {
    return this.propose(caseId, (document) => withoutProfiles(document, profiles, order));
  }

  /**
   * Makes the pending golden the real one, with a line that says why.
   * @throws HarnessError `E_REVIEW` without reason or date; GoldenError `E_PENDING_STALE` if the
   *   golden is not the one that the proposal was made from
   */
  accept(caseId: string, { reason, date }: Pick<Review, 'reason' | 'date'>): Review {
    const pending = this.loadPending(caseId);
    const current = this.read(caseId);
    if (pending.base !== baseOf(current)) {
      const why = 'the golden has changed since this was recorded; reject it and record again';
      throw new GoldenError('E_PENDING_STALE', this.pendingFile(caseId), 2, why);
    }
    const accepted = withReview(pending.document, current?.document, { reason, date });
    write(this.file(caseId), serialiseGolden(accepted));
    remove(this.pendingFile(caseId));
    return accepted.reviews.at(-1)!;
  }

  /** Forgets what is pending for a case. @throws GoldenError `E_PENDING_MISSING` */
  reject(caseId: string): void {
    const file = this.pendingFile(caseId);
    // Not parsed: what is broken must be rejectable, too.
    if (readBytes(file) === undefined) throw nothingPending(caseId, file);
    remove(file);
  }

  private propose(caseId: string, change: (document: GoldenDocument) => GoldenDocument): Recorded {
    const current = this.read(caseId);
    const base = baseOf(current);
    const pending = this.findPending(caseId);
    const golden = current?.document ?? { caseId, behaviours: [], reviews: [] };
    const document = change(pending?.base === base ? pending.document : golden);
    const same = digestOf(document.behaviours) === digestOf(golden.behaviours);
    // An edited golden that nobody accepted is proposed as it is, so that it can be accepted.
    if (same && (current === undefined || isReviewed(golden))) {
      if (pending !== undefined) remove(this.pendingFile(caseId));
      return 'unchanged';
    }
    write(this.pendingFile(caseId), serialisePending({ document, base }));
    return 'pending';
  }

  private read(caseId: string): Loaded | undefined {
    const file = this.file(caseId);
    const text = readText(file);
    if (text === undefined) return undefined;
    return { document: parse(text, caseId, file), text };
  }

  private findPending(caseId: string): PendingDocument | undefined {
    const file = this.pendingFile(caseId);
    const text = readText(file);
    if (text === undefined) return undefined;
    const pending = parsePending(text, file);
    requireCase(pending.document, caseId, file);
    return pending;
  }

  private goldenFiles(): string[] {
    return traceFiles(this.root).filter((path) => !path.startsWith(PENDING));
  }

  private file(caseId: string): string {
    return this.folder + goldenPath(caseId);
  }

  private pendingFile(caseId: string): string {
    return join(this.root, PENDING, goldenPath(caseId));
  }
}

function nothingPending(caseId: string, file: string): GoldenError {
  return new GoldenError('E_PENDING_MISSING', file, 1, `nothing is pending for ${caseId}`);
}

function parse(text: string, caseId: string, file: string): GoldenDocument {
  const document = parseGolden(text, file);
  requireCase(document, caseId, file);
  return document;
}

function requireCase({ caseId: found }: GoldenDocument, caseId: string, file: string): void {
  if (found === caseId) return;
  throw new GoldenError('E_GOLDEN_CASE', file, 1, `the file is of ${caseId}, its text of ${found}`);
}

function ids(paths: readonly string[]): string[] {
  return paths.flatMap((path) => caseOfPath(path) ?? []).sort();
}

/** Runs `action`; what is not there is undefined, another failure an `E_GOLDEN_IO`. */
function onDisk<T>(file: string, action: () => T): T | undefined {
  try {
    return action();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new GoldenError('E_GOLDEN_IO', file, 1, message, { cause });
  }
}

function readBytes(file: string): Buffer | undefined {
  return onDisk(file, () => readFileSync(file));
}

/** Most goldens fit in here: read at one go, without asking for the size and without a copy. */
const pool = Buffer.allocUnsafeSlow(64 * 1024);

function readText(file: string): string | undefined {
  const size = onDisk(file, () => readInto(pool, file));
  if (size === undefined) return undefined;
  if (size < pool.length) return decode(pool.subarray(0, size), file);
  const stats = statSync(file);
  // A device may have no end.
  if (!stats.isFile()) throw new GoldenError('E_GOLDEN_IO', file, 1, 'it is not a file');
  requireSize(stats.size, file);
  const bytes = readBytes(file);
  return bytes && decode(bytes, file);
}

/** Reads the beginning of a file, and returns how much was read. */
function readInto(buffer: Buffer, file: string): number {
  // A pipe is empty rather than waited for.
  const fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return readSync(fd, buffer);
  } finally {
    closeSync(fd);
  }
}

function write(file: string, text: string): void {
  requireSize(Buffer.byteLength(text), file);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeAtomically(file, text);
  } catch (cause) {
    throw new GoldenError('E_GOLDEN_IO', file, 1, (cause as Error).message, { cause });
  }
}

function remove(file: string): void {
  onDisk(file, () => {
    rmSync(file);
  });
}

/** Paths of all `.trace` files below `folder`, relative to it and with slashes, sorted. */
function traceFiles(folder: string): string[] {
  const entries = onDisk(folder, () =>
    readdirSync(folder, { recursive: true, withFileTypes: true }),
  );
  return (entries ?? [])
    .filter((entry) => !entry.isDirectory() && entry.name.endsWith('.trace'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}
