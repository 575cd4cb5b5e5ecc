import { readFileSync } from 'node:fs';
import type { Answer, TraceEvent } from '../../adapter/protocol.js';

interface Line {
  step?: string;
  result?: Answer;
  events?: TraceEvent[];
}

/**
 * The text of a transcript with one thing changed: the result of the first call of a step.
 * @param change gets that line, parsed, and changes it in place
 */
export function altered(
  file: string,
  step: string,
  change: (line: Required<Pick<Line, 'result' | 'events'>>) => void,
): string {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const from = lines.findIndex((line) => (JSON.parse(line) as Line).step === step);
  const at = lines.findIndex((line, i) => i > from && line.startsWith('{"result"'));
  const line = JSON.parse(lines[at]!) as Required<Line>;
  change(line);
  return [...lines.slice(0, at), JSON.stringify(line), ...lines.slice(at + 1), ''].join('\n');
}
