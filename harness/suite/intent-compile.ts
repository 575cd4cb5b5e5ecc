/** Intent rules as written → patterns of canonical events, in which a uuid is its letter. */
import type { CompiledStep, EventPattern, IntentClaim, IntentRule } from './compiled.js';
import { fail, profilesOf, type Context } from './context.js';
import type { ProfileName } from './profiles.js';
import { CLAIM_KEYS, PATTERN_KEYS } from './schema/intent.js';
import type { RawRule } from './schema/suite.js';
import { didYouMean } from './suggest.js';
import { bare } from './uuids.js';
import type { Path } from './validate.js';

type RawPattern = NonNullable<RawRule['never']>;
type Kind = (typeof PATTERN_KEYS)[number];
type Claim = (typeof CLAIM_KEYS)[number];

const letters = <T extends string | number>(value: T): T =>
  typeof value === 'string' ? (bare(value) as T) : value;

/** What each kind of pattern may say beside its key; `task` goes with all. */
const BESIDE: Readonly<Record<Kind, readonly (keyof RawPattern)[]>> = {
  uevent: ['of', 'below', 'env'],
  log: ['level'],
  call: ['dev', 'args', 'ret'],
  callback: ['of', 'args', 'ret', 'count'],
  sysfs: ['path'],
};

function given<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const there = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as { [K in keyof T]?: NonNullable<T[K]> };
}

function argsOf(raw: RawPattern, dev: string | number | undefined) {
  const args = given({ ...raw.args, dev, count: raw.count });
  const bared = Object.entries(args).map(([name, value]) => [name, letters(value)]);
  return bared.length > 0
    ? (Object.fromEntries(bared) as Record<string, string | number>)
    : undefined;
}

const named = (name: string | number | undefined): string | undefined =>
  name === undefined ? undefined : bare(String(name));

const PATTERNS: Readonly<Record<Kind, (raw: RawPattern) => EventPattern>> = {
  uevent: ({ uevent, of, below, env }) => ({
    kind: 'uevent',
    action: uevent!,
    ...given({ of: named(of), below: named(below), env }),
  }),
  log: ({ log, level }) => ({ kind: 'log', text: bare(log!), ...given({ level }) }),
  call: (raw) => ({
    kind: 'call',
    fn: raw.call!,
    ...given({ args: argsOf(raw, raw.dev), ret: raw.ret }),
  }),
  callback: (raw) => {
    const [driver = '', op = ''] = raw.callback!.split('.');
    const args = argsOf(raw, raw.of);
    return { kind: 'callback', driver, op, ...given({ args, ret: raw.ret }) };
  },
  sysfs: ({ sysfs, path }) => ({ kind: 'sysfs', change: sysfs!, path: bare(path ?? '') }),
};

function compilePattern(raw: RawPattern, path: Path, context: Context): EventPattern {
  const kind = PATTERN_KEYS.find((key) => raw[key] !== undefined)!;
  const allowed: readonly string[] = [kind, 'task', ...BESIDE[kind]];
  for (const key of Object.keys(raw).filter((each) => !allowed.includes(each))) {
    const hint = `${kind} goes with ${BESIDE[kind].join(', ')}, task`;
    const message = `${key} says nothing about ${kind}`;
    fail(context, 'E_SUITE_UNKNOWN_FIELD', [...path, key], message, { hint, atKey: true });
  }
  if (kind === 'sysfs' && raw.path === undefined) {
    fail(context, 'E_SUITE_MISSING', path, 'the field path is missing');
  }
  return { ...PATTERNS[kind](raw), ...given({ task: raw.task }) };
}

type CompileClaim = (
  raw: RawRule,
  pattern: (raw: RawPattern, ...path: Path) => EventPattern,
) => IntentClaim;

const CLAIMS: Readonly<Record<Claim, CompileClaim>> = {
  never: (raw, pattern) => ({ kind: 'never', pattern: pattern(raw.never!) }),
  always: (raw, pattern) => ({ kind: 'always', pattern: pattern(raw.always!) }),
  once: (raw, pattern) => ({ kind: 'count', pattern: pattern(raw.once!), is: 1 }),
  count: ({ count }, pattern) => ({
    kind: 'count',
    pattern: pattern(count!.of, 'of'),
    is: count!.is,
  }),
  before: ({ before }, pattern) => ({
    kind: 'before',
    patterns: [pattern(before![0]!, 0), pattern(before![1]!, 1)],
  }),
};

function labelled(
  label: string | undefined,
  path: Path,
  steps: readonly CompiledStep[],
  context: Context,
): number | undefined {
  if (label === undefined) return undefined;
  const step = steps.find((each) => each.label === label);
  if (step === undefined) {
    const labels = steps.flatMap((each) => each.label ?? []);
    const hint = didYouMean(label, labels) ?? `give a step the field label: ${label}`;
    fail(context, 'E_SUITE_LABEL', path, `no step has the label ${label}`, { hint });
  }
  return step?.index;
}

/** Compiles one rule; mistakes are noted in the context. */
export function compileRule(
  raw: RawRule,
  path: Path,
  steps: readonly CompiledStep[],
  profiles: readonly ProfileName[],
  context: Context,
): IntentRule {
  const key = CLAIM_KEYS.find((each) => raw[each] !== undefined)!;
  const claim = CLAIMS[key](raw, (pattern, ...inside) =>
    compilePattern(pattern, [...path, key, ...inside], context),
  );
  const at = (field: 'in' | 'after') => labelled(raw[field], [...path, field], steps, context);
  const only = raw.only && profilesOf(raw.only, profiles, [...path, 'only'], context);
  return {
    claim,
    ...given({ in: at('in'), after: at('after'), only }),
    source: context.position(path),
  };
}
