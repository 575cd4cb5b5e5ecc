import type { CompiledCase } from '../suite/compiled.js';

/**
 * The modules that a case finds loaded, as on the command line of insmod; empty if there are none.
 * @param profiles where it was run: what is loaded in none of them is left out, and what is in all of them
 *   needs no word about it; absent: everywhere
 */
export function loadedText(
  { loaded }: Pick<CompiledCase, 'loaded'>,
  profiles?: readonly string[],
): string {
  return loaded
    .flatMap(({ module, params, only }) => {
      const line = params === undefined ? module : `${module} ${params}`;
      if (only === undefined) return [line];
      const there = profiles ? only.filter((each) => profiles.includes(each)) : only;
      if (there.length === 0) return [];
      return [there.length === profiles?.length ? line : `${line} (${there.join(', ')})`];
    })
    .join(', ');
}
