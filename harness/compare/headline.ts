/** A change in one sentence, made of its own lines. */
import type { Change } from './changes.js';
import { core, type StepRow } from './rows.js';
import { kindOfLine, type ChangeKind } from './kind.js';

const LONGEST = 60;

/** A text with its middle left out: of a path, the ends say most. */
export function shortened(text: string, width: number): string {
  if (text.length <= width) return text;
  const tail = Math.floor((width * 2) / 3);
  return `${text.slice(0, width - tail - 1)}…${text.slice(-tail)}`;
}

/** The event of a line, without its task. */
const event = (line: string): string => shortened(core(line).replace(/^\S+ /, ''), LONGEST);

/** `what and 3 more lines`, with the verb that goes with it. */
function subject([first, ...more]: readonly string[], one: string, many: string): string {
  if (more.length === 0) return `${event(first!)} ${one}`;
  return `${event(first!)} and ${more.length} more line${more.length === 1 ? '' : 's'} ${many}`;
}

/** What of a replacement is named: lines of the kind that it is called by. */
function replacement(
  kind: ChangeKind,
  before: readonly string[],
  after: readonly string[],
): string {
  const telling = (line: string): boolean => kindOfLine(line) === kind;
  const [from, to] = [before.find(telling), after.find(telling)];
  if (to === undefined && from !== undefined) return `${event(from)} is gone`;
  if (from === undefined && to !== undefined) return `${event(to)} is new`;
  return `${event(from ?? before[0]!)}  →  ${event(to ?? after[0]!)}`;
}

/** `ioctl 11 request=…: EINVAL → EBADFD`, or nothing where not both sides have an answer. */
function answers(step: readonly StepRow[]): string | undefined {
  const changed = step.filter(({ same }) => !same);
  const answer = (line?: string): boolean => line !== undefined && kindOfLine(line) === 'result';
  const before = changed.find(({ expected }) => answer(expected))?.expected;
  const after = changed.find(({ actual }) => answer(actual))?.actual;
  if (before === undefined || after === undefined) return undefined;
  const outcome = (line: string): string => event(line).replace(/^< \S+ (= )?/, '');
  const call = event(step[0]!.expected ?? step[0]!.actual!).replace(/^> /, '');
  return `${call}: ${outcome(before)}  →  ${outcome(after)}`;
}

/** What happened, from the first profile to the second. */
export function changeHeadline(change: Change, rows: readonly StepRow[]): string {
  const changed = change.rows.map((index) => rows[index]!);
  const before = changed.flatMap(({ expected }) => expected ?? []);
  const after = changed.flatMap(({ actual }) => actual ?? []);
  if (change.earlier !== undefined) {
    const when = change.earlier ? 'earlier' : 'later';
    const where = change.far ? `in ${change.earlier ? 'an earlier' : 'a later'} step` : when;
    return subject(before, `comes ${where}`, `come ${where}`);
  }
  if (change.kind === 'result') {
    const told = answers(rows.filter(({ step }) => step === changed[0]!.step));
    if (told !== undefined) return told;
  }
  if (after.length === 0) return subject(before, 'is gone', 'are gone');
  if (before.length === 0) return subject(after, 'is new', 'are new');
  return replacement(change.kind, before, after);
}
