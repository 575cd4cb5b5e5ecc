import type { CompiledCase } from '../suite/compiled.js';

/** The modules that a case finds loaded, as on the command line of insmod; empty if there are none. */
export function loadedText({ loaded }: Pick<CompiledCase, 'loaded'>): string {
  return loaded
    .map(({ module, params, only }) => {
      const line = params === undefined ? module : `${module} ${params}`;
      return only === undefined ? line : `${line} (${only.join(', ')})`;
    })
    .join(', ');
}
