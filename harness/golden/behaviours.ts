/** Behaviours of a golden: which profiles show which trace, as text and never parsed. */
import { hash } from 'node:crypto';
import { HarnessError } from '../errors.js';
import type { Behaviour } from './types.js';

/** The canonical bytes of all behaviours, as they stand in the file. */
export function serialiseBehaviours(behaviours: readonly Behaviour[]): string {
  return behaviours
    .map(({ profiles, text }) => `profiles ${profiles.join(' ')}\n${text}`)
    .join('\n');
}

/** `sha256:` and 64 digits over {@link serialiseBehaviours}. */
export function digestOf(behaviours: readonly Behaviour[]): string {
  return digestOfText(serialiseBehaviours(behaviours));
}

/** `sha256:` and 64 digits over the UTF-8 bytes of `text`. */
export function digestOfText(text: string): string {
  return 'sha256:' + hash('sha256', text);
}

/** Compares by `order`; a profile that it doesn't know comes last, by name. */
function byOrder(order: readonly string[]): (a: string, b: string) => number {
  const rank = (profile: string): number => {
    const at = order.indexOf(profile);
    return at < 0 ? order.length : at;
  };
  return (a, b) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** One behaviour per distinct text, profiles and behaviours in the order of `order`. */
export function normalise(
  texts: ReadonlyMap<string, string>,
  order: readonly string[],
): Behaviour[] {
  const merged = new Map<string, string[]>();
  for (const profile of [...texts.keys()].sort(byOrder(order))) {
    const text = texts.get(profile)!;
    const profiles = merged.get(text);
    if (profiles === undefined) merged.set(text, [profile]);
    else profiles.push(profile);
  }
  return [...merged].map(([text, profiles]) => ({ profiles, text }));
}

/** The text that each profile shows. */
export function textsByProfile(behaviours: readonly Behaviour[]): Map<string, string> {
  return new Map(
    behaviours.flatMap(({ profiles, text }) =>
      profiles.map((profile): [string, string] => [profile, text]),
    ),
  );
}

/**
 * Whether `profile` and `text` can stand in a golden and be read back as what they are.
 * @throws HarnessError `E_GOLDEN_SYNTAX`
 */
export function requireBehaviour(profile: string, text: string): void {
  if (!/^\S+$/.test(profile)) {
    throw new HarnessError('E_GOLDEN_SYNTAX', `${JSON.stringify(profile)} is no profile`);
  }
  const ended = text === '' || text.endsWith('\n');
  if (ended && text.split('\n').every((line) => line === '' || line.startsWith('  ')) && !/^\n|\n\n|\r\n/.test(text)) return;
  const reason = 'the trace to record must be whole lines, indented by two, none of them blank';
  throw new HarnessError('E_GOLDEN_SYNTAX', reason);
}
