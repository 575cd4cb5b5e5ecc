import { expect } from 'chai';
import { Errno } from './errno.js';
import { delete_module, load_module } from './loader.js';
import { modules, type ModuleDefinition } from './module.js';
import { booted, events, read, run } from './testing.js';

const vendor: ModuleDefinition = {
  name: 'vendor',
  license: 'Proprietary',
  imports: [],
  exports: [
    { name: 'mprop_start', gpl: false },
    { name: 'mprop_stop', gpl: false },
    { name: 'vendor_gpl', gpl: true },
  ],
};
const core: ModuleDefinition = {
  name: 'core',
  license: 'GPL',
  imports: [],
  exports: [{ name: 'vfio_register_iommu_driver', gpl: true }],
};

/** A machine with both loaded, and what loading a module that needs these symbols says and does. */
function machine(profile?: string) {
  const k = booted(profile);
  const insmod = (definition: ModuleDefinition) => run(k, load_module(k, definition, ''));
  insmod(vendor);
  insmod(core);
  events(k);
  const gpl = (...imports: string[]) => {
    const ret = insmod({ name: 'm', license: 'GPL', imports });
    return { ret, log: events(k, 'log') };
  };
  return { k, insmod, gpl };
}

const inherits = '<4> m: module uses symbols mprop_start from proprietary module vendor,';

describe('a GPL module that takes symbols from a proprietary one', () => {
  it('is proprietary itself from then on, and says so once', () => {
    const { k, gpl } = machine();
    expect(gpl('mprop_start', 'mprop_stop')).to.deep.equal({
      ret: 0,
      log: [`${inherits} inheriting taint.`],
    });
    expect(read(k, '/sys/module/m/taint')).to.equal('P\n');
    expect(run(k, delete_module(k, 'vendor'))).to.equal(-Errno.EAGAIN);
  });

  it('finds no symbol for GPL modules behind it', () => {
    const { k, gpl } = machine();
    expect(gpl('vfio_register_iommu_driver', 'mprop_start')).to.deep.equal({
      ret: -Errno.ENOENT,
      log: [
        `${inherits} inheriting taint.`,
        '<4> m: Unknown symbol vfio_register_iommu_driver (err -2)',
      ],
    });
    expect(run(k, delete_module(k, 'vendor'))).to.equal(0);
  });

  it('is refused what comes behind a symbol for GPL modules', () => {
    const { k, gpl } = machine();
    expect(gpl('vfio_register_iommu_driver', 'mprop_stop')).to.deep.equal({
      ret: -Errno.ENOENT,
      log: [
        '<3> m: module using GPL-only symbols uses symbols mprop_stop from proprietary module vendor.',
        '<4> m: Unknown symbol mprop_stop (err -2)',
      ],
    });
    expect(modules(k).loaded.has('m')).to.equal(false);
  });

  it('counts the kernel’s own symbols for GPL modules, too', () => {
    const { gpl } = machine();
    expect(gpl('device_register', 'mprop_stop').log[0]).to.include('module using GPL-only symbols');
  });

  it('is refused a symbol that the proprietary one keeps for GPL modules', () => {
    expect(machine().gpl('vendor_gpl').log[0]).to.include('module using GPL-only symbols');
  });

  it('hands the taint on', () => {
    const { k, insmod } = machine();
    const exports = [{ name: 'lent', gpl: false }];
    insmod({ name: 'first', license: 'GPL', imports: ['mprop_start'], exports });
    insmod({ name: 'second', license: 'GPL', imports: ['lent'] });
    expect(events(k, 'log')[1]).to.include(
      'symbols lent from proprietary module first, inheriting',
    );
    expect(read(k, '/sys/module/second/taint')).to.equal('P\n');
  });

  it('was not told which symbol it was before 5.19', () => {
    const { gpl } = machine('linux-5.14');
    expect(gpl('mprop_start').log).to.deep.equal([
      '<4> m: module uses symbols from proprietary module vendor, inheriting taint.',
    ]);
  });
});

describe('/proc/sys/kernel/tainted', () => {
  const tainted = (...definitions: Partial<ModuleDefinition>[]) => {
    const k = booted();
    for (const [at, more] of definitions.entries()) {
      run(k, load_module(k, { name: `m${at}`, license: 'GPL', imports: [], ...more }, ''));
    }
    return read(k, '/proc/sys/kernel/tainted');
  };

  it('has a bit for each taint', () => {
    expect(tainted({})).to.equal('0\n');
    expect(tainted({ license: 'Proprietary' })).to.equal('1\n');
    expect(tainted({ outOfTree: true })).to.equal('12288\n');
    expect(tainted({ outOfTree: true, license: 'BSD' })).to.equal('12289\n');
  });

  it('keeps what a load left that failed', () => {
    expect(tainted({ license: 'Proprietary', imports: ['nothing'] })).to.equal('1\n');
  });

  it('says nothing of a taint that a module took over', () => {
    const { k, gpl } = machine();
    modules(k).taints.clear();
    gpl('mprop_start');
    expect(read(k, '/proc/sys/kernel/tainted')).to.equal('0\n');
  });
});
