import { expect } from 'chai';
import { chosenProfiles, plan } from './plan.js';
import { selection } from './selection.js';
import { caseOf } from './testing/fixtures.js';

const KNOWN = ['old', 'middle', 'new'];

describe('plan', () => {
  it('takes the profiles that are asked for', () => {
    expect(chosenProfiles([], KNOWN)).to.deep.equal(KNOWN);
    expect(chosenProfiles(['middle..'], KNOWN)).to.deep.equal(['middle', 'new']);
    expect(() => chosenProfiles(['mddle'], KNOWN))
      .to.throw('mddle is no known profile; did you mean middle?')
      .with.property('code', 'E_PROFILE');
    expect(() => chosenProfiles(['!old', '!middle', '!new'], KNOWN)).to.throw('leave no profile');
  });

  it('leaves out profiles that a case has not, and cases that have none left', () => {
    const old = caseOf([], { id: 'create-remove.old', profiles: ['old'] });
    const both = caseOf([], { id: 'create-remove.both', profiles: ['old', 'new'] });
    expect(plan([old, both], selection(), ['new'])).to.deep.equal([
      { case: both, profiles: ['new'] },
    ]);
  });
});
