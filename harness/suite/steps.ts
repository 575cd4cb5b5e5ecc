/** Steps as written → calls of the protocol with what is expected of each. */
import type { CallTemplate, CompiledCall, CompiledStep, Expectation } from './compiled.js';
import { fail, profilesOf, type Context } from './context.js';
import { describeStep } from './describe.js';
import { compileExpect } from './expectation.js';
import type { ProfileName } from './profiles.js';
import type { RawStep } from './schema/suite.js';
import type { Path } from './validate.js';
import type { Verb, VerbCall } from './verbs/verb.js';
import { VERBS, VERB_NAMES } from './verbs/table.js';
import { isStartable } from './words.js';

interface Site {
  step: RawStep;
  verb: string;
  path: Path;
  profiles: readonly ProfileName[];
  context: Context;
}

const SUCCESS: Expectation = { kind: 'success' };

const FIXED: Readonly<Record<NonNullable<Verb['expects']>, Expectation>> = {
  exists: { kind: 'exists' },
  absent: { kind: 'errno', errno: 'ENOENT' },
};

/** The name for the descriptor: beside the verb or inside its map, not both. */
function nameFor({ step, verb, path, context }: Site): string | undefined {
  const rule = VERBS[verb]!.as;
  const value = step[verb];
  const inside =
    typeof value === 'object' && value !== null && 'as' in value ? String(value.as) : undefined;
  if (step.as !== undefined && (rule === undefined || step.start !== undefined)) {
    const message = step.start ? 'a task gives no descriptor' : `${verb} opens no descriptor`;
    fail(context, 'E_SUITE_FD_NAME', [...path, 'as'], message);
  }
  if (inside !== undefined && (step.as !== undefined || step.start !== undefined)) {
    const message = step.start ? 'a task gives no descriptor' : 'the descriptor has two names';
    fail(context, 'E_SUITE_FD_NAME', [...path, verb, 'as'], message);
  }
  const name = step.as ?? inside;
  if (rule === 'required' && name === undefined) {
    const hint = `write ${verb}: {…, as: NAME}`;
    fail(context, 'E_SUITE_FD_NAME', [...path, verb], `${verb} needs a name`, { hint });
  }
  return name;
}

function expectOf(method: CallTemplate['method'], site: Site): Expectation {
  const { step, verb, path, profiles, context } = site;
  const { expects } = VERBS[verb]!;
  if (expects === undefined) {
    return compileExpect(step.expect, { method, path: [...path, 'expect'], profiles, context });
  }
  if (step.expect !== undefined) {
    const hint = 'use readlink to say what it answers, or only to say in which profiles';
    const message = `${verb} says itself what is expected`;
    fail(context, 'E_SUITE_EXPECT', [...path, 'expect'], message, { hint });
  }
  return FIXED[expects];
}

function inTask(task: string, calls: readonly VerbCall[], site: Site): CompiledCall[] {
  const { step, verb, path, context } = site;
  const { method, params } = calls.at(-1)!.template;
  if (calls.length > 1 || !isStartable(method)) {
    const why = calls.length > 1 ? `is ${calls.length} calls` : `is the call ${method}`;
    const hint = 'a task is one call of insmod, rmmod, write, fdwrite, close or ioctl';
    fail(context, 'E_SUITE_START', [...path, 'start'], `${verb} ${why}`, { hint });
    return [];
  }
  const start = { method: 'start', params: { task, method, params } } as CallTemplate;
  const started: CompiledCall = { template: start, expect: SUCCESS };
  if (step.expect === undefined) return [started];
  return [
    started,
    { template: { method: 'task', params: { task } }, expect: expectOf('task', site) },
  ];
}

function callsOf(site: Site, as: string | undefined): CompiledCall[] {
  const { step, verb } = site;
  const calls = VERBS[verb]!.compile(step[verb], as);
  if (step.start !== undefined) return inTask(step.start, calls, site);
  const last = calls.length - 1;
  return calls.map((each, index) => ({
    ...each,
    expect: index === last ? expectOf(each.template.method, site) : SUCCESS,
  }));
}

/**
 * Compiles one step; mistakes are noted in the context.
 * @param step validated against its schema
 * @param profiles those of the case
 */
export function compileStep(
  step: RawStep,
  index: number,
  stepsPath: Path,
  profiles: readonly ProfileName[],
  context: Context,
): CompiledStep {
  const path = [...stepsPath, index];
  const verb = VERB_NAMES.find((name) => Object.hasOwn(step, name))!;
  const only = step.only && profilesOf(step.only, profiles, [...path, 'only'], context);
  const site: Site = { step, verb, path, profiles: only ?? profiles, context };
  const as = nameFor(site);
  return {
    index,
    text: describeStep(step, verb, as),
    source: context.position(path),
    calls: callsOf(site, as),
    ...(step.label !== undefined && { label: step.label }),
    ...(only && { only }),
  };
}
