/** Answers against expectations. */
import type { Answer } from '../adapter/protocol.js';
import type { Expectation } from './compiled.js';
import { expectationIn } from './expectation.js';
import type { ProfileName } from './profiles.js';
import { withLetters } from './uuids.js';

/** What was expected and what came, as the ends of two sentences; uuids are letters. */
export interface Mismatch {
  expected: string;
  actual: string;
}

type Of<K extends Expectation['kind']> = Extract<Expectation, { kind: K }>;

interface Kind<K extends Expectation['kind']> {
  holds(expect: Of<K>, answer: Answer): boolean;
  says(expect: Of<K>): string;
}

const quoted = (text: string): string => JSON.stringify(text);
const unmarked = (name: string): string => name.replace(/[@/]$/, '');
/** Without a mark, an expected name speaks of any kind of entry. */
const isName = (expected: string, actual: string): boolean =>
  actual === expected || unmarked(actual) === expected;

function has(answer: Answer, expected: string): boolean {
  return (
    answer.names?.some((actual) => isName(expected, actual)) ??
    answer.entries?.some(({ path }) => path === expected || path.endsWith(`/${expected}`)) ??
    false
  );
}

const argHex = ({ arg }: Answer): string | undefined =>
  typeof arg === 'object' && 'hex' in arg ? arg.hex : undefined;

const valueOf = ({ values = {} }: Answer, name: string): string =>
  Object.hasOwn(values, name) ? values[name]! : 'none';
const listed = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');

const KINDS: { [K in Exclude<Expectation['kind'], 'by-profile'>]: Kind<K> } = {
  success: { holds: () => true, says: () => 'success' },
  errno: {
    holds: ({ errno }, answer) => answer.errno === errno,
    says: ({ errno }) => errno,
  },
  ret: { holds: ({ ret }, answer) => answer.ret === ret, says: ({ ret }) => `ret ${ret}` },
  data: {
    holds: ({ data, trim }, answer) => (trim ? answer.data?.trim() : answer.data) === data,
    says: ({ data }) => `data ${quoted(data)}`,
  },
  matches: {
    holds: ({ pattern }, { data }) => data !== undefined && new RegExp(pattern).test(data),
    says: ({ pattern }) => `data that matches /${pattern}/`,
  },
  hex: { holds: ({ hex }, answer) => answer.hex === hex, says: ({ hex }) => `bytes ${hex}` },
  arg: { holds: ({ arg }, answer) => answer.arg === arg, says: ({ arg }) => `arg ${arg}` },
  'arg-hex': {
    holds: ({ hex }, answer) => argHex(answer) === hex,
    says: ({ hex }) => `arg of bytes ${hex}`,
  },
  names: {
    holds: ({ names }, answer) =>
      answer.names?.length === names.length && names.every((name) => has(answer, name)),
    says: ({ names }) => `names [${names.join(', ')}]`,
  },
  includes: {
    holds: ({ names }, answer) => names.every((name) => has(answer, name)),
    says: ({ names }) => `names with ${names.join(', ')}`,
  },
  excludes: {
    holds: ({ names }, answer) => !names.some((name) => has(answer, name)),
    says: ({ names }) => `names without ${names.join(', ')}`,
  },
  values: {
    holds: ({ values }, answer) =>
      answer.values !== undefined &&
      Object.entries(values).every(([name, value]) => valueOf(answer, name) === value),
    says: ({ values }) => `values ${listed(values)}`,
  },
  state: {
    holds: ({ state }, answer) => answer.state === state,
    says: ({ state }) => `task ${state}`,
  },
  result: {
    holds: ({ result }, answer) => answer.result !== undefined && accepts(result, answer.result),
    says: ({ result }) => `a task with result ${describe(result)}`,
  },
  exists: {
    holds: (_, { errno }) => errno === undefined || errno === 'EINVAL',
    says: () => 'something at that path',
  },
  all: {
    holds: ({ of }, answer) => of.every((each) => accepts(each, answer)),
    says: ({ of }) => of.map(describe).join(' and '),
  },
};

/** Those that speak of refusals; for all others a refusal is a mismatch. */
const SPEAKS_OF_ERRNO: ReadonlySet<Expectation['kind']> = new Set(['errno', 'exists']);

/** TypeScript cannot see that the row belongs to the kind; the table's type does. */
const kindOf = (expect: Expectation) =>
  KINDS[expect.kind as keyof typeof KINDS] as unknown as Kind<Expectation['kind']>;

function accepts(expect: Expectation, answer: Answer): boolean {
  if (answer.errno !== undefined && !SPEAKS_OF_ERRNO.has(expect.kind)) return false;
  return kindOf(expect).holds(expect, answer);
}

/** An expectation in words, with letters for uuids. */
export function describe(expect: Expectation): string {
  if (expect.kind === 'by-profile') {
    return expect.rows
      .map((row) => `${row.profiles.join(', ')}: ${describe(row.expect)}`)
      .join('; ');
  }
  return withLetters(kindOf(expect).says(expect));
}

/** An answer in words, with letters for uuids. */
export function describeAnswer(answer: Answer): string {
  if (answer.errno !== undefined) return answer.errno;
  const parts = [
    answer.state && `task ${answer.state}`,
    answer.result && `result ${describeAnswer(answer.result)}`,
    answer.names && `names [${answer.names.join(', ')}]`,
    answer.entries && `${answer.entries.length} entries`,
    answer.values && `values ${listed(answer.values)}`,
    answer.data !== undefined && `data ${quoted(answer.data)}`,
    answer.hex !== undefined && `bytes ${answer.hex}`,
    answer.arg !== undefined && `arg ${JSON.stringify(answer.arg)}`,
    answer.ret !== undefined && `ret ${answer.ret}`,
  ].filter((part) => typeof part === 'string');
  return withLetters(parts.join(', ') || 'an empty answer');
}

/**
 * Checks what came back from a call.
 * @param profile the profile of the run, for expectations that differ between eras
 * @returns nothing if the answer is as expected
 */
export function checkAnswer(
  expect: Expectation,
  answer: Answer,
  profile: ProfileName,
): Mismatch | undefined {
  const here = expectationIn(expect, profile);
  if (accepts(here, answer)) return undefined;
  return { expected: describe(here), actual: describeAnswer(answer) };
}
