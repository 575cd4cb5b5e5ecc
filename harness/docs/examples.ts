/** The examples of the documentation: commands and what they print, as a reader sees them. */

/** One command of a `console` block, with the output below it. */
export interface Example {
  /** where it stands: file and line of the command */
  readonly at: string;
  /** index of the first line of its output */
  readonly from: number;
  readonly command: string;
  readonly output: readonly string[];
}

/** A line that stands for any number of lines. */
export const ELLIPSIS = '…';

/** Finds the examples of a Markdown text: blocks fenced as `console`, commands after `$ `. */
export function examplesOf(markdown: string, file: string): Example[] {
  const examples: (Example & { output: string[] })[] = [];
  let inside = false;
  for (const [index, line] of markdown.split('\n').entries()) {
    if (line.startsWith('```')) inside = !inside && line === '```console';
    else if (inside && line.startsWith('$ ')) {
      examples.push({
        at: `${file}:${index + 1}`,
        from: index + 1,
        command: line.slice(2),
        output: [],
      });
    } else if (inside) examples.at(-1)?.output.push(line);
  }
  return examples;
}

/** Splits a command line into words; double quotes keep spaces together. */
export function wordsOf(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2]!);
}

/** What differs from run to run, or moves with each edit of a suite, made the same. */
export function steady(line: string): string {
  return line
    .replace(/\d+\.\d+ s\b/g, 'N s')
    .replace(/(\.yaml):\d+:\d+/g, '$1:L:C')
    .trimEnd();
}

/** The program that a command starts as the implementation under test, if it starts one. */
export function programOf(command: string): string | undefined {
  return /\bexec:(\S+)/.exec(command)?.[1];
}

/** The lines of what a command printed. */
export function linesOf(printed: string): string[] {
  return printed.trimEnd().split('\n');
}

/**
 * Compares what was printed with what the documentation shows.
 * @returns the first line shown that was not printed there, or undefined if all is as shown
 */
export function firstMissing(shown: readonly string[], printed: string): string | undefined {
  const actual = linesOf(printed).map(steady);
  let at = 0;
  let free = false;
  for (const line of shown.map(steady)) {
    if (line === ELLIPSIS) {
      free = true;
      continue;
    }
    const found = free ? actual.indexOf(line, at) : actual[at] === line ? at : -1;
    if (found < 0) return line;
    at = found + 1;
    free = false;
  }
  return free || at === actual.length ? undefined : `(then nothing, but it went on: ${actual[at]})`;
}
