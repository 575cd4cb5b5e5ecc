/** A transcript: what a real kernel answered to a list of calls, and what it did meanwhile. */
import type { StepRecord } from '../trace/types.js';
import { callOf, headerOf, kindOf, resultOf, stepOf, type LineKind } from './check-line.js';
import { TranscriptError } from './error.js';
import { jsonLines, type JsonLine } from './json-lines.js';
import type { Header } from './schema.js';

/** One call with what it came to, and where it stands. */
export interface RecordedCall extends StepRecord {
  /** the line of the call, from 1 */
  line: number;
  /** title of the step that the call belongs to; absent before the first one */
  step?: string;
}

/** A transcript, read and checked. */
export interface Transcript {
  file: string;
  header: Header;
  /** a trace, with places */
  calls: RecordedCall[];
}

/** Walks through the lines below the header: (step? call result)+. */
class Reader {
  private at = 0;
  private step: string | undefined;

  constructor(
    private readonly lines: readonly JsonLine[],
    private readonly file: string,
    private readonly lastLine: number,
  ) {}

  get done(): boolean {
    return this.at >= this.lines.length;
  }

  private take(kinds: readonly LineKind[]): [LineKind, JsonLine] {
    const wanted = kinds.join(' or ');
    const line = this.lines[this.at++];
    if (line === undefined) {
      const reason = `the file ends after this line, where a ${wanted} must follow`;
      throw new TranscriptError('E_TRANSCRIPT_TRUNCATED', this.file, this.lastLine, reason);
    }
    const kind = kindOf(line, this.file);
    if (kinds.includes(kind)) return [kind, line];
    const reason = `a ${kind} where a ${wanted} must stand`;
    throw new TranscriptError('E_TRANSCRIPT_ORDER', this.file, line.number, reason);
  }

  next(): RecordedCall {
    const [kind, first] = this.take(['step', 'call']);
    if (kind === 'step') this.step = stepOf(first, this.file);
    const line = kind === 'step' ? this.take(['call'])[1] : first;
    const call = callOf(line, this.file);
    const [, result] = this.take(['result']);
    return {
      call,
      ...resultOf(result, this.file),
      line: line.number,
      ...(this.step !== undefined && { step: this.step }),
    };
  }
}

/** Reads the first line of a transcript. @throws TranscriptError */
export function parseHeader(text: string, file: string): Header {
  const [first] = jsonLines(text.slice(0, text.indexOf('\n') + 1) || text, file);
  return headerOf(first!, file);
}

/**
 * Reads the text of a transcript, strictly.
 * @param file what errors call it
 * @throws TranscriptError with the first line that is wrong
 */
export function parseTranscript(text: string, file: string): Transcript {
  const [first, ...rest] = jsonLines(text, file);
  const header = headerOf(first!, file);
  const reader = new Reader(rest, file, rest.length + 1);
  const calls: RecordedCall[] = [];
  do calls.push(reader.next());
  while (!reader.done);
  return { file, header, calls };
}
