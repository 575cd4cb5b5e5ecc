/** The reference and the Python implementation, two readings of the same facts, where no case asks. */
import { expect } from 'chai';
import type { Adapter } from '../adapter/adapter.js';
import { open } from '../adapter/exec.js';
import { DEFAULT_OPTIONS } from '../adapter/options.js';
import type { Call } from '../adapter/protocol.js';
import { reference } from '../adapter/reference.js';
import { walk } from '../adapter/testing/walk.js';
import { installed } from '../docs/installed.js';

const WALKS = 25;
const LENGTH = 60;
const PYTHON = installed('python3');

/** An answer and its events, as far as both see them. */
async function seen(adapter: Adapter, call: Call, kinds: readonly string[]): Promise<unknown> {
  const { answer, events } = await adapter.call(call);
  return { answer, events: events.filter(({ ev }) => kinds.includes(ev)) };
}

/** The calls of a walk, up to the first on which they part. */
async function compare(seed: number, one: Adapter, other: Adapter): Promise<void> {
  const { observes } = other.hello;
  const reset: Call = { method: 'reset', params: {} };
  await one.call(reset);
  await other.call(reset);
  const made: string[] = [];
  for (const call of walk(seed, LENGTH)) {
    made.push(JSON.stringify(call));
    const wanted = await seen(one, call, observes);
    expect(await seen(other, call, observes), `walk ${seed}:\n${made.join('\n')}`).to.deep.equal(
      wanted,
    );
  }
}

describe(`two implementations${PYTHON ? '' : ' (not run: there is no python3 here)'}`, () => {
  const title = `do the same on ${WALKS} random walks`;
  if (!PYTHON) {
    // a test without a function is shown as pending
    it(title);
    return;
  }
  it(title, async () => {
    const opened = await open('python3 examples/python/mdev.py', DEFAULT_OPTIONS);
    try {
      const python = await opened.factory('linux-6.1');
      const ours = await reference('linux-6.1');
      for (let seed = 0; seed < WALKS; seed++) await compare(seed, ours, python);
    } finally {
      await opened.close();
    }
  }).timeout(60_000);
});
