/** The end of a case: what it leaves of the machine, held against what it says it does. */
import type { Adapter } from '../adapter/adapter.js';
import type { CompiledCase } from '../suite/compiled.js';
import { withLetters } from '../suite/uuids.js';
import { faultOf } from './fault.js';
import type { Fault } from './types.js';

/** The code of what is left, and should not be. */
export const LEAK = 'E_LEAK';

/** Those of `from` that are not in `others`, each as often as it is there too often. */
function without(from: readonly string[], others: readonly string[]): string[] {
  const rest = [...others];
  return from.filter((each) => {
    const at = rest.indexOf(each);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

function complaint(left: readonly string[], named: readonly string[]): string | undefined {
  const says = [
    [without(left, named), 'is left, and is no leak that the case names'],
    [without(named, left), 'is a leak that the case names, and is not left'],
  ] as const;
  const texts = says.map(([what, is]) =>
    what.map((each) => `${withLetters(each)} ${is}`).join('; '),
  );
  return texts.filter((text) => text !== '').join('; ') || undefined;
}

/**
 * Ends the machine of a case, where the implementation lets itself be looked into.
 * @returns what is wrong with what is left: `E_LEAK`, or the fault that the end itself was
 */
export async function finish(
  { leaks = [] }: CompiledCase,
  adapter: Adapter,
): Promise<Fault | undefined> {
  try {
    const left = await adapter.finish?.();
    if (left === undefined) return undefined;
    const { profile } = adapter.hello;
    const named = leaks.filter(({ only }) => only?.includes(profile) ?? true);
    const message = complaint(
      left,
      named.map(({ what }) => what),
    );
    return message === undefined ? undefined : { code: LEAK, message };
  } catch (error) {
    return faultOf(error);
  }
}
