/** One case as written → what a runner needs. Pure. */
import type { Capability } from '../adapter/protocol.js';
import { loadedModules } from './base-modules.js';
import type { CompiledCase, CompiledStep, Leak } from './compiled.js';
import { fail, profilesOf, type Context } from './context.js';
import { checkFlow } from './flow.js';
import { compileRule } from './intent-compile.js';
import type { ProfileName } from './profiles.js';
import type { RawCase } from './schema/suite.js';
import { compileStep } from './steps.js';
import { didYouMean } from './suggest.js';
import { UUIDS, collectLetters, substitute } from './uuids.js';
import type { Path } from './validate.js';

export type { Context } from './context.js';

/** Intents may speak of letters that no call carries; those need no uuid. */
function uuidsOf(steps: readonly CompiledStep[]): Record<string, string> {
  const letters = new Set<string>();
  collectLetters(JSON.stringify(steps.map(({ calls }) => calls)), letters);
  return Object.fromEntries([...letters].sort().map((letter) => [letter, UUIDS[letter]!]));
}

function checkLabels(steps: readonly CompiledStep[], path: Path, context: Context): void {
  const seen = new Set<string>();
  for (const { label, index } of steps) {
    if (label === undefined) continue;
    if (seen.has(label)) {
      const message = `another step has the label ${label}, too`;
      fail(context, 'E_SUITE_LABEL', [...path, index, 'label'], message);
    }
    seen.add(label);
  }
}

function checkHead({ id, because }: RawCase, area: string, path: Path, context: Context): void {
  if (!id.startsWith(`${area}.`)) {
    const hint = `write ${area}.${id.slice(id.indexOf('.') + 1)}`;
    const message = `${id} is in a file of ${area}`;
    fail(context, 'E_SUITE_ID_AREA', [...path, 'id'], message, { hint });
  }
  const known = context.requirements;
  for (const [index, requirement] of because.entries()) {
    if (!known || known.includes(requirement)) continue;
    const hint = didYouMean(requirement, known);
    const message = `${requirement} is no requirement`;
    fail(context, 'E_SUITE_REQUIREMENT', [...path, 'because', index], message, { hint });
  }
  if (because.length === 0) {
    const hint = 'name the requirement that it tests; see requirements.yaml';
    const message = `${id} tests no requirement`;
    fail(context, 'E_SUITE_NO_REQUIREMENT', [...path, 'because'], message, { hint });
  }
}

function leaksOf(
  raw: NonNullable<RawCase['leaks']>,
  profiles: readonly ProfileName[],
  path: Path,
  context: Context,
): Leak[] {
  return raw.map((leak, index) => {
    if (typeof leak === 'string') return { what: substitute(leak) };
    const only = profilesOf(leak.only, profiles, [...path, index, 'only'], context);
    return { what: substitute(leak.what), only };
  });
}

/**
 * Compiles one case.
 * @param raw validated against its schema
 * @param suite `area/topic`
 * @param path where the case is in its file
 * @param context receives the mistakes; a case with mistakes must not be run
 */
export function compileCase(
  raw: RawCase,
  suite: string,
  path: Path,
  context: Context,
): CompiledCase {
  const area = suite.slice(0, suite.indexOf('/'));
  checkHead(raw, area, path, context);
  const known = context.world.profiles;
  const profiles = profilesOf(raw.profiles, known, [...path, 'profiles'], context);
  const before = context.mistakes.length;
  const stepsPath = [...path, 'steps'];
  const steps = raw.steps.map((step, index) =>
    compileStep(step, index, stepsPath, profiles, context),
  );
  checkLabels(steps, stepsPath, context);
  // A step that is wrong in itself opens nothing, and later ones would be blamed for that.
  if (context.mistakes.length === before) checkFlow(steps, profiles, stepsPath, context);
  const intent = (raw.intent ?? []).map((rule, index) =>
    compileRule(rule, [...path, 'intent', index], steps, profiles, context),
  );
  return {
    id: raw.id,
    suite,
    title: raw.title,
    area,
    because: raw.because,
    needs: (raw.needs ?? []) as Capability[],
    loaded: loadedModules(raw.modules, raw.drivers),
    profiles,
    steps,
    intent,
    uuids: uuidsOf(steps),
    source: context.position(path),
    ...(raw.leaks && { leaks: leaksOf(raw.leaks, profiles, [...path, 'leaks'], context) }),
    ...(raw.trivial !== undefined && { trivial: raw.trivial }),
  };
}
