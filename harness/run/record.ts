/** Runs a case to record it: the text for its golden, or why it must not become one. */
import type { Adapter } from '../adapter/adapter.js';
import type { CompiledCase } from '../suite/compiled.js';
import { canonicaliser } from '../trace/canonical.js';
import { render } from '../trace/render.js';
import { execute } from './execute.js';
import { canonicalTrace, judge } from './judge.js';
import type { Verdict } from './types.js';
import { lensOf } from './view.js';

/** A rendered trace, and the verdict where the case fails whatever its golden says. */
export interface Recording {
  text: string;
  broken?: Extract<Verdict, { kind: 'fail' | 'error' }>;
}

/** Runs a case and renders its trace; expectations and intent are judged, the golden is not. */
export async function recordCase(compiled: CompiledCase, adapter: Adapter): Promise<Recording> {
  const { hello } = adapter;
  const execution = await execute(compiled, adapter);
  const canonical = canonicaliser(compiled.uuids);
  const text = render(canonicalTrace(execution, canonical));
  const lens = await lensOf(hello);
  const verdict = judge(compiled, execution, { hello, canonical, lens, golden: () => text });
  return verdict.kind === 'fail' || verdict.kind === 'error' ? { text, broken: verdict } : { text };
}
