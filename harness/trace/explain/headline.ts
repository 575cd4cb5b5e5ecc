/** The sentences above the aligned lines: which step, what kind of difference, what was expected. */
import { compareTexts, type Difference, type DifferenceKind } from '../compare.js';
import { TraceSyntaxError } from '../error.js';

/** The line of a call, which begins a step. */
export const CALL = /^ {2}main > /;

/** What each kind of difference means. */
export const SENTENCES: Record<DifferenceKind, string> = {
  calls: 'other calls were made',
  result: 'the result of a call differs',
  uevent: 'the results are the same, the uevents are not',
  log: 'results and uevents are the same, the log is not',
  events: 'results, uevents and log are the same, other events are not',
  order: 'the same events, in another order',
};

/** What is compared, as sentence; a golden that is no trace must still be explained. */
export function kindSentence(expected: string, actual: string): string {
  try {
    const found: Difference | undefined = compareTexts(expected, actual);
    return found === undefined ? 'no difference' : SENTENCES[found.kind] + laterResult(found);
  } catch (error) {
    if (error instanceof TraceSyntaxError) return `one side is no trace: ${error.message}`;
    throw error;
  }
}

function laterResult({ resultStep, step }: Difference): string {
  return resultStep === undefined || resultStep === step
    ? ''
    : ` (in step ${resultStep + 1}, what led there is in step ${step + 1})`;
}

/** `step 2: write /sys/… data=A`, the call to which line `line` of `text` belongs. */
export function stepLine(text: string, line: number): string {
  const calls = text
    .split('\n', line)
    .filter((candidate) => CALL.test(candidate))
    .map((candidate) => candidate.replace(CALL, ''));
  return calls.length === 0 ? 'before the first step' : `step ${calls.length}: ${calls.at(-1)!}`;
}
