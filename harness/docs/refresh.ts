/** Brings examples up to date: what a command prints now, cut where the author cut it. */
import { HarnessError } from '../errors.js';
import { ELLIPSIS, examplesOf, linesOf, steady, type Example } from './examples.js';

/** What says which line it is, whatever its numbers have become and how wide its column. */
const shape = (line: string): string => line.replace(/\d+/g, '#').replace(/\s+/g, ' ').trim();

/** The lines between ellipses; none before one that comes first. */
function parts(shown: readonly string[]): string[][] {
  const all: string[][] = [[]];
  for (const line of shown) {
    if (line === ELLIPSIS) all.push([]);
    else all.at(-1)!.push(line);
  }
  return all;
}

function gone(line: string): HarnessError {
  return new HarnessError('E_EXAMPLE', `nothing like this is printed any more: ${line.trim()}`);
}

/** Where a part begins: at the very line if it is still there, else at one of its shape. */
function beginning([first]: readonly string[], actual: readonly string[], at: number): number {
  const exact = actual.indexOf(first!, at);
  if (exact >= 0) return exact;
  const alike = actual.findIndex((line, index) => index >= at && shape(line) === shape(first!));
  if (alike < 0) throw gone(first!);
  return alike;
}

/** Where a part ends: as many lines of the last one's shape are in it as were. */
function end(part: readonly string[], actual: readonly string[], from: number): number {
  const last = shape(part.at(-1)!);
  const alike = part.filter((line) => shape(line) === last).length;
  const found = actual.flatMap((line, at) => (at >= from && shape(line) === last ? at : []));
  if (found.length < alike) throw gone(part.at(-1)!);
  return found[alike - 1]!;
}

/** Lines that differ in nothing but times stay as they are. */
function keeping(shown: readonly string[], now: readonly string[]): string[] {
  const known = new Map(shown.map((line) => [steady(line), line]));
  return now.map((line) => known.get(steady(line)) ?? line.trimEnd());
}

/**
 * What an example has to show.
 * @param shown what it shows, with ellipses where the author left something out
 * @throws HarnessError `E_EXAMPLE` if the lines at which a part begins or ends are gone
 */
export function refreshedOutput(shown: readonly string[], printed: string): string[] {
  const actual = linesOf(printed);
  const all = parts(shown);
  const lines: string[] = [];
  let at = 0;
  for (const [index, part] of all.entries()) {
    if (index > 0) lines.push(ELLIPSIS);
    if (part.length === 0) continue;
    const from = index === 0 ? 0 : beginning(part, actual, at);
    const to = index === all.length - 1 ? actual.length - 1 : end(part, actual, from);
    lines.push(...keeping(part, actual.slice(from, to + 1)));
    at = to + 1;
  }
  return lines;
}

/** A Markdown text with other outputs, in the order of its examples. */
function withOutputs(
  markdown: string,
  examples: readonly Example[],
  outputs: readonly string[][],
): string {
  const lines = markdown.split('\n');
  // From the end, so that what comes before keeps its place.
  for (const [index, { from, output }] of [...examples.entries()].reverse()) {
    lines.splice(from, output.length, ...outputs[index]!);
  }
  return lines.join('\n');
}

/**
 * A document whose examples show what their commands print.
 * @param print what a command prints; undefined: it can't be run here, and its example stays
 * @throws HarnessError `E_EXAMPLE` with the place of the example that has to be mended by hand
 */
export async function refreshedDocument(
  markdown: string,
  file: string,
  print: (command: string) => Promise<string | undefined>,
): Promise<string> {
  const examples = examplesOf(markdown, file);
  const outputs = examples.map(async ({ at, command, output }) => {
    try {
      const printed = await print(command);
      return printed === undefined ? [...output] : refreshedOutput(output, printed);
    } catch (error) {
      if (!(error instanceof HarnessError)) throw error;
      throw new HarnessError(error.code, `${at}: ${error.message}; mend the example by hand`);
    }
  });
  return withOutputs(markdown, examples, await Promise.all(outputs));
}
