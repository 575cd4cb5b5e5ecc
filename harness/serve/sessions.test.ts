import { expect } from 'chai';
import { reference } from '../adapter/reference.js';
import { Session } from './session.js';
import { Sessions } from './sessions.js';

describe('Sessions', () => {
  let now: number;
  let sessions: Sessions;
  beforeEach(() => {
    now = 0;
    const make = (): Session => new Session(reference, 'linux-6.12');
    sessions = new Sessions(make, 2, 100, () => now);
  });

  it('keeps each for its id, until it ends', () => {
    const [, one] = sessions.open('one')!;
    const [, two] = sessions.open('two')!;
    expect(sessions.get('one')).to.equal(one);
    expect(sessions.get('two')).to.equal(two);
    sessions.end('one');
    expect(sessions.get('one')).to.equal(undefined);
  });

  it('opens no more than the limit', () => {
    sessions.open('one');
    sessions.open('two');
    expect(sessions.open('three')).to.equal(undefined);
    sessions.end('one');
    expect(sessions.open('three')).not.to.equal(undefined);
  });

  it('forgets those that nobody has used for too long, and no others', () => {
    sessions.open('one');
    sessions.open('two');
    now = 60;
    sessions.get('one');
    now = 100;
    expect(sessions.get('two')).to.equal(undefined);
    expect(sessions.get('one')).not.to.equal(undefined);
    now = 200;
    expect(sessions.open('three')).not.to.equal(undefined);
    expect(sessions.get('one')).to.equal(undefined);
  });
});
