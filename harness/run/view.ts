/** What an implementation can see, and the part of traces that can be compared with it. */
import type { Adapter } from '../adapter/adapter.js';
import type { Hello } from '../adapter/protocol.js';
import { EVENT_KINDS } from '../adapter/words.js';
import { render } from '../trace/render.js';
import type { Trace } from '../trace/types.js';

/** Texts of traces as an implementation sees them. */
export interface Lens {
  text(trace: Trace): string;
  /** of a golden, which was seen by one who sees everything */
  golden(text: string): string;
}

const CLEAR: Lens = { text: render, golden: (text) => text };

/** What is known of who sees. */
export type Sight = Pick<Hello, 'observes' | 'order'> & Pick<Adapter, 'inlined'>;

/** Parsing is loaded here, not before: it takes longer than a run of one case. */
async function partial({ observes, order, inlined }: Sight): Promise<Lens> {
  const [{ parse }, { project }] = await Promise.all([
    import('../trace/parse.js'),
    import('../trace/project.js'),
  ]);
  const seen = { observes, order, ...(inlined && { unordered: inlined }) };
  const text = (trace: Trace): string => render(project(trace, seen));
  return { text, golden: (golden) => text(parse(golden)) };
}

/** The lens of an implementation; for one that sees everything, goldens are never parsed. */
export async function lensOf(sight: Sight): Promise<Lens> {
  const { observes, order, inlined = [] } = sight;
  const everything = order === 'total' && EVENT_KINDS.every((kind) => observes.includes(kind));
  return everything && inlined.length === 0 ? CLEAR : partial(sight);
}
