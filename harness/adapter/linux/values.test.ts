import { expect } from 'chai';
import { argsOf, returned } from './values.js';

describe('values of kprobe events', () => {
  it('has a uuid in the order in which it is written', () => {
    const bytes = [...Array(16).keys()].map((i) => `0x${i.toString(16)}`).join(',');
    expect(argsOf({ uuid: `{${bytes}}` })).to.deep.equal({
      uuid: '03020100-0504-0706-0809-0a0b0c0d0e0f',
    });
  });

  it('leaves out what a pointer to nothing names', () => {
    expect(argsOf({ bus_pointer: '0x0', bus: '', dev: 'A' })).to.deep.equal({ dev: 'A' });
    expect(argsOf({ bus_pointer: '0xffff', bus: 'mdev' })).to.deep.equal({ bus: 'mdev' });
  });

  it('has counts as numbers, names as texts', () => {
    expect(argsOf({ nr_types: '3', group: '0' })).to.deep.equal({ nr_types: 3, group: '0' });
  });

  it('tells of pointers whether they are errors', () => {
    expect(returned('0xfffffffffffffff4', 'pointer')).to.deep.equal({ ret: -12 });
    expect(returned('0xfffffffffffff001', 'pointer')).to.deep.equal({ ret: -4095 });
    expect(returned('0xfffffffffffff000', 'pointer')).to.deep.equal({ ret: 0 });
    expect(returned('0xffff888003a51000', 'pointer')).to.deep.equal({ ret: 0 });
  });

  it('tells numbers, and nothing of what returns nothing', () => {
    expect(returned('-17', 's32')).to.deep.equal({ ret: -17 });
    expect(returned('1', 'u8')).to.deep.equal({ ret: 1 });
    expect(returned(undefined, 'void')).to.deep.equal({});
  });
});
