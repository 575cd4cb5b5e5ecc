import { expect } from 'chai';
import { resolve } from 'node:path';
import { HarnessError } from '../errors.js';
import { readTranscript } from './read.js';
import { isJudged, replayFiles, type Outcome } from './replay.js';
import { fake, playback } from './testing/playback.js';

const FIXTURES = resolve('harness/replay/fixtures');
const GOOD = `${FIXTURES}/accept/tasks.ndjson`;
const BAD = `${FIXTURES}/reject/E_TRANSCRIPT_EMPTY-file.ndjson`;

async function outcomes(...args: Parameters<typeof replayFiles>): Promise<Outcome[]> {
  const all: Outcome[] = [];
  for await (const outcome of replayFiles(...args)) all.push(outcome);
  return all;
}

describe('replayFiles', () => {
  it('judges the others when one cannot be read, on one implementation', async () => {
    const adapter = playback(readTranscript(GOOD));
    const profiles: string[] = [];
    const factory = (profile: string) => (profiles.push(profile), adapter);
    const all = await outcomes([GOOD, BAD, GOOD], factory, { level: 3 });
    expect(all.map((each) => (isJudged(each) ? each.level : each.error.code))).to.deep.equal([
      3,
      'E_TRANSCRIPT_EMPTY',
      3,
    ]);
    expect(profiles).to.deep.equal(['linux-6.1']);
    expect(adapter.closed).to.equal(1);
  });

  it('starts a new implementation after a fault', async () => {
    let started = 0;
    const factory = () => {
      started++;
      return fake((call) => {
        if (call.method === 'start') throw new Error('broken');
        return { answer: { ret: 0 }, events: [] };
      });
    };
    const all = await outcomes([GOOD, GOOD], factory, { level: 1, profile: 'other' });
    expect(all.map((each) => isJudged(each) && each.level)).to.deep.equal([0, 0]);
    expect(started).to.equal(2);
  });

  it('says of each file that there is no such profile', async () => {
    const factory = () => {
      throw new HarnessError('E_PROFILE', 'unknown');
    };
    const [only] = await outcomes([GOOD], factory, { level: 3 });
    expect(only).to.have.nested.property('error.code', 'E_PROFILE');
  });

  it('does not hide its own bugs', async () => {
    const factory = () => {
      throw new TypeError('a bug');
    };
    const error: unknown = await outcomes([GOOD], factory, { level: 3 }).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(TypeError);
  });
});
