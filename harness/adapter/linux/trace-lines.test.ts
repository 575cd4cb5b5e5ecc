import { expect } from 'chai';
import type { AdapterFault } from '../../errors.js';
import { fieldsOf, traceLines } from './trace-lines.js';

describe('the text of the trace buffer', () => {
  const line = (thread: string, rest: string): string =>
    `           ${thread}       [000] d..1.    12.345678: ${rest}`;

  it('is cut into thread, event and the rest', () => {
    const text = `${line('main-1', 'device_add: (device_add+0x0/0x9) dev="A"')}\n`;
    expect(traceLines(text)).to.deep.equal([
      { thread: 'main', pid: '1', event: 'device_add', rest: '(device_add+0x0/0x9) dev="A"' },
    ]);
  });

  it('has threads with any name', () => {
    const [read] = traceLines(line('a-2 b-77', 'console: hi'));
    expect(read).to.include({ thread: 'a-2 b', pid: '77', rest: 'hi' });
  });

  it('has messages of several lines', () => {
    const lines = traceLines(`${line('main-1', 'console: one')}\ntwo: 2\n\n${line('m-1', 'x: y')}`);
    expect(lines.map(({ rest }) => rest)).to.deep.equal(['one\ntwo: 2', 'y']);
  });

  it('is a fault when the kernel lost events', () => {
    expect(() => traceLines('CPU:0 [LOST 12 EVENTS]\n'))
      .to.throw('the kernel lost 12 events')
      .with.property('code', 'E_ADAPTER_TRACE' satisfies AdapterFault['code']);
  });

  it('has texts, numbers, lists and what could not be read as fields', () => {
    const entry = '(mdev_probe+0x0/0x50 [mdev]) dev="a b" n=3 x=(fault) list={0x1,0x2} empty=""';
    expect(fieldsOf(entry)).to.deep.equal({ dev: 'a b', n: '3', list: '{0x1,0x2}', empty: '' });
    const exit = '(call_driver_probe+0x3c/0x160 <- mdev_probe [mdev]) ret=-12';
    expect(fieldsOf(exit)).to.deep.equal({ ret: '-12' });
    expect(fieldsOf('(iommu_group_alloc+0x0/0x190)')).to.deep.equal({});
  });
});
