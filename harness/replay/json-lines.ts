import { TranscriptError } from './error.js';

/** One line of a file, parsed. */
export interface JsonLine {
  /** from 1 */
  number: number;
  value: unknown;
}

function parseLine(text: string, number: number, isHalf: boolean, file: string): JsonLine {
  try {
    return { number, value: JSON.parse(text) as unknown };
  } catch (cause) {
    if (isHalf) {
      const reason = 'the file ends in the middle of this line; record it anew';
      throw new TranscriptError('E_TRANSCRIPT_TRUNCATED', file, number, reason, { cause });
    }
    const reason = text.trim() === '' ? 'an empty line' : (cause as Error).message;
    throw new TranscriptError('E_TRANSCRIPT_JSON', file, number, `no JSON: ${reason}`, { cause });
  }
}

/**
 * The lines of an .ndjson file. The line feed of the last one may be missing, the rest of it not.
 * @throws TranscriptError `E_TRANSCRIPT_EMPTY`, `E_TRANSCRIPT_JSON`, `E_TRANSCRIPT_TRUNCATED`
 */
export function jsonLines(text: string, file: string): JsonLine[] {
  const lines = text.split('\n');
  const isEnded = lines.at(-1) === '';
  if (isEnded) lines.pop();
  if (lines.length === 0) {
    throw new TranscriptError('E_TRANSCRIPT_EMPTY', file, 1, 'the file is empty');
  }
  return lines.map((line, i) => parseLine(line, i + 1, !isEnded && i === lines.length - 1, file));
}
