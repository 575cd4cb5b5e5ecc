import { expect } from 'chai';
import { recordCase } from './record.js';
import { FakeAdapter, caseOf, write } from './testing/fixtures.js';

describe('recordCase', () => {
  it('renders the trace with letters for uuids', async () => {
    const adapter = new FakeAdapter(() => ({ ret: 36 }));
    const recording = await recordCase(caseOf([{ call: write }]), adapter);
    expect(recording).to.deep.equal({
      text: '  main > write /sys/x data=A\n  main < write = 36\n',
    });
  });

  it('says why a case must not become a golden', async () => {
    const adapter = new FakeAdapter(() => ({ errno: 'EIO' }));
    const { broken } = await recordCase(caseOf([{ call: write }]), adapter);
    expect(broken).to.have.property('kind', 'fail');
  });
});
