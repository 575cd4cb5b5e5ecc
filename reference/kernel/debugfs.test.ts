import { expect } from 'chai';
import { debugfs_create_dir, debugfs_create_file, debugfs_remove_recursive } from './debugfs.js';
import { Errno } from './errno.js';
import { Module } from './module.js';
import { sys_close, sys_open, sys_pread, sys_write } from './syscalls.js';
import { booted, exists, read, run, start, write } from './testing.js';
import { msleep } from './wait.js';

const RDWR = { read: true, write: true };
const FILE = '/sys/kernel/debug/dir/file';

/** A file that keeps what it is given, for 10 ms each. */
function machine() {
  const k = booted();
  const owner = new Module({ name: 'm', license: 'GPL', imports: [] }, {});
  const dir = debugfs_create_dir(k, 'dir');
  let content = 'content';
  debugfs_create_file(dir, 'file', 0o600, {
    owner,
    read: () => content,
    *write(k, data) {
      yield* msleep(k, 10);
      content = data;
      return data.length;
    },
  });
  debugfs_create_file(dir, 'mute', 0o200, { owner });
  return { k, owner, dir };
}

describe('debugfs', () => {
  it('reads and writes without end', () => {
    const { k } = machine();
    expect(read(k, FILE)).to.equal('content');
    const long = 'x'.repeat(10_000);
    expect([write(k, FILE, long), read(k, FILE)]).to.deep.equal([10_000, long]);
  });

  it('lets root open every file, and refuses what it does not do', () => {
    const { k } = machine();
    expect(read(k, '/sys/kernel/debug/dir/mute')).to.equal(-Errno.EINVAL);
    expect(write(k, '/sys/kernel/debug/dir/mute', 'x')).to.equal(-Errno.EINVAL);
  });

  it('pins the module while a file is open, and opens none of a module that goes', () => {
    const { k, owner } = machine();
    const fd = run(k, sys_open(k, FILE, RDWR));
    expect(owner.refcnt).to.equal(1);
    run(k, sys_close(k, fd));
    expect(owner.refcnt).to.equal(0);
    owner.state = 'going';
    expect(run(k, sys_open(k, FILE, RDWR))).to.equal(-Errno.ENXIO);
  });

  it('waits with a removal for a write under way', () => {
    const { k, dir } = machine();
    const fd = run(k, sys_open(k, FILE, RDWR));
    start(k, 'writer', sys_write(k, fd, Buffer.from('x')));
    run(k, debugfs_remove_recursive(k, dir));
    expect([k.sched.now, exists(k, '/sys/kernel/debug/dir')]).to.deep.equal([10, false]);
  });

  it('answers EIO through a descriptor of a file that is gone', () => {
    const { k, dir } = machine();
    const fd = run(k, sys_open(k, FILE, RDWR));
    run(k, debugfs_remove_recursive(k, dir));
    expect(run(k, sys_write(k, fd, Buffer.from('x')))).to.equal(-Errno.EIO);
    expect(run(k, sys_pread(k, fd, 1, 0))).to.equal(-Errno.EIO);
  });
});
