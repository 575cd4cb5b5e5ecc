import { expect } from 'chai';
import { UserMemory } from '../kernel/user-memory.js';
import { outcome, words } from '../vendors/device-fixture.js';
import { VfioRequest, dispatchRequest, exchangeStruct, vfioRequestNumber } from './uapi.js';
import { copyIrqSet } from '../vendors/vfio-irq-set.js';

describe('vfio uapi', () => {
  it('numbers requests', () => {
    expect(vfioRequestNumber('VFIO_DEVICE_GET_INFO')).to.equal(0x3b6b);
    expect(vfioRequestNumber('VFIO_DEVICE_FEATURE')).to.equal(0x3b75);
    expect(vfioRequestNumber('VFIO_DEVICE_NOTHING')).to.equal(undefined);
    expect(vfioRequestNumber('toString')).to.equal(undefined);
  });

  it('dispatches by number, so that two names of one number are the same request', () => {
    const table = new Map([[VfioRequest.VFIO_DEVICE_QUERY_GFX_PLANE!, () => 7]]);
    const memory = new UserMemory(null);
    expect(dispatchRequest(table, VfioRequest.VFIO_IOMMU_UNMAP_DMA, memory)).to.equal(7);
    expect(outcome(dispatchRequest(table, VfioRequest.VFIO_DEVICE_RESET, memory))).to.equal(
      'ENOTTY',
    );
    expect(outcome(dispatchRequest(table, 1, memory))).to.equal('ENOTTY');
  });

  it('faults on missing memory, refuses a small argsz, copies nothing out on failure', () => {
    const exchange = (bytes: Uint8Array | null, ret = 0) =>
      outcome(
        exchangeStruct(new UserMemory(bytes), 8, (struct) => {
          struct.setU32(4, 9);
          return ret;
        }),
      );
    expect(exchange(null)).to.equal('EFAULT');
    expect(exchange(words(8))).to.equal('EFAULT');
    expect(exchange(words(7, 0))).to.equal('EINVAL');
    const bytes = words(8, 0);
    expect(exchange(bytes, -22)).to.equal('EINVAL');
    expect(bytes).to.deep.equal(words(8, 0));
    expect(exchange(bytes)).to.equal(0);
    expect(bytes).to.deep.equal(words(8, 9));
  });
});

describe('vfio_irq_set', () => {
  const NUM_IRQS = 5;
  const copy = (...values: number[]) => {
    const set = copyIrqSet(new UserMemory(words(...values)), NUM_IRQS, NUM_IRQS);
    return typeof set === 'number' ? outcome(set) : set.data.length;
  };
  const NONE = 1;
  const BOOL = 2;
  const EVENTFD = 4;
  const TRIGGER = 32;

  const cases: [string, number[], number | string][] = [
    ['no data', [20, NONE | TRIGGER, 0, 0, 1], 0],
    ['one eventfd', [24, EVENTFD | TRIGGER, 0, 0, 1, 3], 4],
    ['bools', [22, BOOL | TRIGGER, 0, 0, 2, 0], 2],
    ['no eventfds', [20, EVENTFD | TRIGGER, 0, 0, 0], 0],
    ['no action', [20, NONE, 0, 0, 0], 0],
    ['small argsz', [19, NONE, 0, 0, 0], 'EINVAL'],
    ['unknown index', [20, NONE, 5, 0, 0], 'EINVAL'],
    ['unknown flag', [20, NONE | 64, 0, 0, 0], 'EINVAL'],
    ['no data type', [20, TRIGGER, 0, 0, 0], 'EINVAL'],
    ['two data types', [24, NONE | BOOL, 0, 0, 1, 0], 'EINVAL'],
    ['start out of range', [20, NONE, 0, 5, 0], 'EINVAL'],
    ['end out of range', [20, NONE, 0, 4, 2], 'EINVAL'],
    ['end that wraps around', [20, NONE, 0, 2, 0xfffffffd], 'EINVAL'],
    ['data that argsz does not cover', [23, EVENTFD, 0, 0, 1, 0], 'EINVAL'],
    ['data that are not there', [28, EVENTFD, 0, 0, 2, 0], 'EFAULT'],
    ['no header', [20, NONE, 0, 0], 'EFAULT'],
  ];
  for (const [title, values, expected] of cases) {
    it(`${title}: ${expected}`, () => expect(copy(...values)).to.equal(expected));
  }

  it('refuses everything while the number of interrupts is unknown', () => {
    const set = copyIrqSet(new UserMemory(words(20, NONE | TRIGGER, 0, 0, 0)), 0, NUM_IRQS);
    expect(outcome(set as number)).to.equal('EINVAL');
  });
});
