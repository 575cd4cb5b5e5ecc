import { expect } from 'chai';
import { recordingLog } from '../vendors/device-fixture.js';
import { RateLimit } from './rate-limit.js';

describe('rate limit', () => {
  it('lets ten through, and tells of the others when the next interval has begun', () => {
    let now = 0;
    const log = recordingLog();
    const limit = new RateLimit('some_function', () => now);
    const allowed = (n: number) =>
      Array.from({ length: n }, () => limit.allows(log)).filter(Boolean).length;
    expect(allowed(13)).to.equal(10);
    now = 5000;
    expect(allowed(1)).to.equal(0);
    expect(log.lines).to.deep.equal([]);
    now = 5001;
    expect(allowed(1)).to.equal(1);
    now = 11000;
    expect(allowed(1)).to.equal(1);
    expect(log.lines).to.deep.equal(['<4> some_function: 4 callbacks suppressed']);
  });
});
