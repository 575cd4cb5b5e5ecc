/** One failed case for a reader: where, why it matters, what was done, what came instead, what next. */
import { stripVTControlCharacters } from 'node:util';
import type { Requirement } from '../suite/compiled.js';
import { explain } from '../trace/explain.js';
import type { Failure, FailureKind, Fault } from '../run/types.js';
import { callsSoFar } from './calls.js';
import type { Page } from './formats.js';
import type { Finding } from './group.js';
import { loadedText } from './loaded.js';
import { place } from './place.js';
import { WORDS, plural } from './words.js';

const REFERENCE = 'reference';

type Of<K extends FailureKind> = Extract<Failure, { kind: K }>;

const REASONS: { [K in FailureKind]: (failure: Of<K>, page: Page) => string[] } = {
  expectation: ({ source, step, expected, actual }, { colours }) => [
    `step ${step + 1} at ${place(source)}`,
    `  expected  ${colours.red(expected)}`,
    `  came      ${colours.green(actual)}`,
  ],
  golden: ({ expected, actual }, { width, colours }) => [
    'the trace leaves the golden one',
    ...explain(expected, actual, {
      form: 'side-by-side',
      width: width - INDENT.length,
      palette: colours,
      expectedName: 'golden',
      actualName: 'actual',
    })
      .split('\n')
      .map((text) => (text === '' ? '' : `  ${text}`)),
  ],
  'no-golden': ({ code, message, remedy }, { colours }) => [
    `${code} ${message}`,
    `  ${colours.dim('what to do:')} ${remedy}`,
  ],
  intent: ({ source, message }) => [`intent at ${place(source)}`, `  ${message}`],
};

const INDENT = '    ';

function reason(failure: Failure, page: Page): string[] {
  const lines = REASONS[failure.kind] as (failure: Failure, page: Page) => string[];
  return lines(failure, page);
}

const STACK_LINES = 4;
/** Of what it wrote to stderr; the JSON report has more. */
const STDERR_LINES = 20;

function stderrLines(stderr: string): string[] {
  const lines = stderr.trimEnd().split('\n');
  const earlier = lines.length - STDERR_LINES;
  return [
    '  the end of its stderr:',
    ...(earlier > 0 ? [`    … ${earlier} lines before`] : []),
    ...lines.slice(-STDERR_LINES).map((line) => `    ${stripVTControlCharacters(line)}`),
  ];
}

function faultLines(fault: Fault, { colours }: Page): string[] {
  const { code, message, call, step, stack, stderr } = fault;
  const where = call === undefined ? 'it did not start' : `at the call ${JSON.stringify(call)}`;
  const frames = stack?.split('\n').slice(1, 1 + STACK_LINES) ?? [];
  return [
    `the implementation failed${step === undefined ? '' : ` in step ${step + 1}`}: ${code} ${message}`,
    `  ${where}`,
    ...frames.map((frame) => colours.dim(`  ${frame.trim()}`)),
    ...(stderr === undefined ? [] : stderrLines(stderr).map(colours.dim)),
  ];
}

/** More wrong answers than these are one mistake and what followed from it. */
const EXPECTATIONS = 3;

/** What is told of the failures: of many wrong answers the first ones, of the rest all. */
function told(failures: readonly Failure[], page: Page): string[][] {
  const wrong = failures.filter(({ kind }) => kind === 'expectation');
  const rest = failures.filter(({ kind }) => kind !== 'expectation');
  const more = wrong.length - EXPECTATIONS;
  return [
    ...wrong.slice(0, EXPECTATIONS).map((failure) => reason(failure, page)),
    ...(more > 0 ? [[`and ${plural(more, 'more wrong answer')}`]] : []),
    ...rest.map((failure) => reason(failure, page)),
  ];
}

function because(ids: readonly string[], known: ReadonlyMap<string, Requirement>): string[] {
  return ids.flatMap((id) => {
    const requirement = known.get(id);
    return requirement ? [`${requirement.level} ${id}: ${requirement.text}`] : [];
  });
}

/** The command that runs one case again, on the same implementation. */
function again(id: string, profile: string, adapter: string): string {
  const command = `mdevct run ${id} --profile ${profile}`;
  if (adapter === REFERENCE) return command;
  const quote = adapter.includes('"') ? "'" : '"';
  return `${command} --adapter ${quote}${adapter}${quote}`;
}

/**
 * The block of one finding, without a blank line at its end.
 * @param adapter the implementation, as `--adapter` names it
 */
export function failureBlock(
  { case: each, profiles, verdict }: Finding,
  requirements: ReadonlyMap<string, Requirement>,
  page: Page,
  adapter = REFERENCE,
): string[] {
  const { colours } = page;
  const { mark, colour } = WORDS[verdict.kind];
  const loaded =
    each.loaded.length > 0 ? [colours.dim(`       loaded: ${loadedText(each, profiles)}`)] : [];
  const calls = callsSoFar(verdict, page);
  const reasons = [
    ...('fault' in verdict ? [faultLines(verdict.fault, page)] : []),
    ...told(verdict.failures, page),
  ];
  return [
    `${colours[colour](`${mark} ${each.id}`)}  ${colours.bold(profiles.join(', '))}`,
    `  ${each.title}`,
    `  ${colours.cyan(place(each.source))}`,
    ...because(each.because, requirements).map((text) => `  ${colours.dim(text)}`),
    ...(calls.length > 0 ? ['', ...loaded, ...calls] : []),
    ...reasons.flatMap((lines) => ['', ...lines.map((line) => (line === '' ? '' : `  ${line}`))]),
    '',
    `  ${colours.dim('run just this one:')} ${again(each.id, profiles[0]!, adapter)}`,
  ];
}
