import { expect } from 'chai';
import { Errno } from './errno.js';
import { File } from './file.js';
import {
  entries_of,
  fd_install,
  fdget,
  list_dir,
  open_descriptors,
  readlink,
  sys_close,
  sys_ioctl,
  sys_mmap,
  sys_open,
  sys_pread,
  sys_pwrite,
  sys_write,
} from './syscalls.js';
import { booted, expectBug, read, run, start, write } from './testing.js';
import { UserMemory } from './user-memory.js';
import { msleep } from './wait.js';

const RDONLY = { read: true, write: false };
const WRONLY = { read: false, write: true };
const RDWR = { read: true, write: true };
const NO_ARG = { value: 0, memory: new UserMemory(null) };

/** A machine with a file that keeps what is written, one that can only be read, and others. */
function machine() {
  const k = booted();
  const dir = k.sysfs.mkdir('d')!;
  let content = 'content';
  const file = dir.mkfile('file', 0o644, {
    *read() {
      return content;
    },
    *write(_k, data) {
      content = data;
      return data.length;
    },
  })!;
  dir.mkfile('ro', 0o444, {});
  dir.mkfile('wo', 0o200, {});
  dir.symlink('link', file);
  const open = (path: string, mode: File['mode']) => run(k, sys_open(k, path, mode));
  return { k, dir, file, open, content: () => content };
}

describe('open', () => {
  it('gives descriptors in order and never one twice', () => {
    const { k, open } = machine();
    const first = open('/sys/d/file', RDWR);
    expect(run(k, sys_close(k, first))).to.equal(0);
    expect(open('/sys/d/file', RDWR)).to.equal(first + 1);
    expect([open_descriptors(k).length, fdget(k, first)]).to.deep.equal([1, undefined]);
  });

  for (const [path, mode, error] of [
    ['/sys/d/nothing', RDWR, 'ENOENT'],
    ['/sys/d/file/more', RDWR, 'ENOTDIR'],
    ['/sys/d/ro', RDWR, 'EACCES'],
    ['/sys/d/wo', RDWR, 'EACCES'],
    ['/sys/d/wo', RDONLY, 'EACCES'],
    ['/sys/d/ro', WRONLY, 'EACCES'],
    ['/sys/d', RDWR, 'EISDIR'],
    ['/sys/d', WRONLY, 'EISDIR'],
  ] as const) {
    it(`refuses ${path} for ${JSON.stringify(mode)} with ${error}`, () => {
      expect(machine().open(path, mode)).to.equal(-Errno[error]);
    });
  }

  it('lets a file that is opened in its own way refuse, and tells it when it is closed', () => {
    const { k, dir, open } = machine();
    const log: string[] = [];
    dir.mkfile('closed', 0, { open: () => -Errno.EBUSY });
    dir.mkfile('open', 0, {
      open: (mode) => {
        log.push('open');
        const file = new File({ kind: 'own' }, mode);
        file.on_release = function* () {
          log.push('release');
        };
        return file;
      },
    });
    expect(open('/sys/d/closed', RDWR)).to.equal(-Errno.EBUSY);
    const fd = open('/sys/d/open', RDWR);
    expect(log).to.deep.equal(['open']);
    run(k, sys_close(k, fd));
    expect(log).to.deep.equal(['open', 'release']);
  });
});

describe('read and write', () => {
  it('move bytes, whatever they are', () => {
    const { k, content } = machine();
    expect(write(k, '/sys/d/file', 'größer')).to.equal(8);
    expect(content()).to.equal(Buffer.from('größer').toString('latin1'));
    expect(read(k, '/sys/d/file')).to.equal('größer');
  });

  it('read from where they are told', () => {
    const { k, open } = machine();
    const fd = open('/sys/d/file', RDWR);
    const bytes = run(k, sys_pread(k, fd, 3, 2));
    expect(Buffer.from(bytes as Uint8Array).toString()).to.equal('nte');
  });

  it('take no position before the beginning', () => {
    const { k, open } = machine();
    const fd = open('/sys/d/file', RDWR);
    expect(run(k, sys_pread(k, fd, 1, -1))).to.equal(-Errno.EINVAL);
    expect(run(k, sys_pwrite(k, fd, Buffer.from('x'), -1))).to.equal(-Errno.EINVAL);
  });

  it('never ask the attribute for nothing', () => {
    const { k, dir, open } = machine();
    dir.mkfile('asked', 0o444, {
      *read() {
        throw new Error('asked');
      },
    });
    expect(run(k, sys_pread(k, open('/sys/d/asked', RDONLY), 0, 0))).to.have.lengthOf(0);
  });

  it('never bring an empty write to the attribute', () => {
    const { k, content } = machine();
    expect([write(k, '/sys/d/file', ''), content()]).to.deep.equal([0, 'content']);
    expect(write(k, '/sys/d/wo', '')).to.equal(0);
  });

  it('move one page at the most', () => {
    expect(write(machine().k, '/sys/d/file', 'x'.repeat(5000))).to.equal(4096);
  });

  it('refuse what the descriptor is not open for', () => {
    const { k, open } = machine();
    const [ro, wo] = [open('/sys/d/file', RDONLY), open('/sys/d/file', WRONLY)];
    expect(run(k, sys_write(k, ro, Buffer.from('x')))).to.equal(-Errno.EBADF);
    expect(run(k, sys_pread(k, wo, 1, 0))).to.equal(-Errno.EBADF);
  });

  it('refuse what the file does not do', () => {
    const { k, open } = machine();
    expect([read(k, '/sys/d/ro'), write(k, '/sys/d/wo', 'x')]).to.deep.equal([
      -Errno.EINVAL,
      -Errno.EINVAL,
    ]);
    const dir = open('/sys/d', RDONLY);
    expect(run(k, sys_pread(k, dir, 1, 0))).to.equal(-Errno.EISDIR);
    expect(read(k, '/sys/d')).to.equal(-Errno.EISDIR);
    const plain = fd_install(k, new File({ kind: 'plain' }, RDWR));
    expect(run(k, sys_pread(k, plain, 1, 0))).to.equal(-Errno.EINVAL);
    expect(run(k, sys_pwrite(k, plain, Buffer.from('x'), 0))).to.equal(-Errno.EINVAL);
  });

  it('find a file that is gone gone, also through an old descriptor', () => {
    const { k, file, open } = machine();
    const fd = open('/sys/d/file', RDWR);
    run(k, file.remove(k));
    expect(run(k, sys_write(k, fd, Buffer.from('x')))).to.equal(-Errno.ENODEV);
    expect(run(k, sys_pread(k, fd, 1, 0))).to.equal(-Errno.ENODEV);
    expect(write(k, '/sys/d/file', 'x')).to.equal(-Errno.ENOENT);
  });

  it('keep a file from being removed as long as they take', () => {
    const { k, dir } = machine();
    const slow = dir.mkfile('slow', 0o200, {
      *write(k) {
        yield* msleep(k, 10);
        return 1;
      },
    })!;
    const fd = run(k, sys_open(k, '/sys/d/slow', WRONLY));
    k.sched.spawn('writer', sys_write(k, fd, Buffer.from('x')));
    k.sched.run();
    run(k, slow.remove(k));
    expect(k.sched.now).to.equal(10);
  });
});

describe('a descriptor that is not open', () => {
  const BAD = 99;
  it('is refused by every call', () => {
    const k = booted();
    for (const call of [
      sys_close(k, BAD),
      sys_write(k, BAD, Buffer.from('x')),
      sys_pread(k, BAD, 1, 0),
      sys_pwrite(k, BAD, Buffer.from('x'), 0),
      sys_ioctl(k, BAD, 1, NO_ARG),
      sys_mmap(k, BAD, 0, 4096),
    ]) {
      expect(run<unknown>(k, call)).to.equal(-Errno.EBADF);
    }
  });
});

describe('ioctl', () => {
  it('is refused where the file has none', () => {
    const { k, open } = machine();
    expect(run(k, sys_ioctl(k, open('/sys/d/file', RDWR), 1, NO_ARG))).to.equal(-Errno.ENOTTY);
  });
});

describe('a call that sleeps', () => {
  it('keeps its file open, though the descriptor is closed meanwhile', () => {
    const k = booted();
    const log: string[] = [];
    const file = new File(
      {
        kind: 'plain',
        *ioctl() {
          yield* msleep(k, 10);
          log.push('ioctl');
          return 0;
        },
        *release() {
          log.push('release');
        },
      },
      RDWR,
    );
    const fd = fd_install(k, file);
    const task = start(
      k,
      'sleeper',
      (function* () {
        yield* sys_ioctl(k, fd, 1, NO_ARG);
        const { work } = k.current;
        for (let next = work.shift(); next; next = work.shift()) yield* next();
      })(),
    );
    run(k, sys_close(k, fd));
    expect(log).to.deep.equal([]);
    k.sched.runToEnd(task);
    expect(log).to.deep.equal(['ioctl', 'release']);
  });
});

describe('mmap', () => {
  const mmap = (offset: number, length: number, mode = RDWR) => {
    const { k, open } = machine();
    return run(k, sys_mmap(k, open('/sys/d/file', mode), offset, length));
  };

  it('checks the offset, the length, the mode, and then what the file can', () => {
    expect([
      mmap(1, 4096),
      mmap(0, 0),
      mmap(0, 4096, RDONLY),
      mmap(0, 4096, WRONLY),
      mmap(0, 4096),
    ]).to.deep.equal([-Errno.EINVAL, -Errno.EINVAL, -Errno.EACCES, -Errno.EACCES, -Errno.ENODEV]);
  });

  it('looks at the offset before the descriptor, and at that before the length', () => {
    const k = booted();
    expect([run(k, sys_mmap(k, 99, 1, 0)), run(k, sys_mmap(k, 99, 0, 0))]).to.deep.equal([
      -Errno.EINVAL,
      -Errno.EBADF,
    ]);
  });

  it('is the file’s to answer', () => {
    const k = booted();
    const file = new File(
      {
        kind: 'plain',
        *mmap(_k, _file, offset, length) {
          return offset + length;
        },
      },
      RDWR,
    );
    expect(run(k, sys_mmap(k, fd_install(k, file), 4096, 10))).to.equal(4106);
  });
});

describe('a file', () => {
  it('is released when the last reference goes, on the way back to user space', () => {
    const k = booted();
    const log: string[] = [];
    const file = new File(
      {
        kind: 'plain',
        *release() {
          log.push('release');
        },
      },
      RDWR,
    );
    file.on_release = function* () {
      log.push('on_release');
    };
    const fd = fd_install(k, file.get());
    run(k, sys_close(k, fd));
    expect(log).to.deep.equal([]);
    run(
      k,
      (function* () {
        file.put(k);
        log.push('returning');
      })(),
    );
    expect(log).to.deep.equal(['returning', 'release', 'on_release']);
    expectBug('USE_AFTER_FREE', () => file.get());
  });
});

describe('directories and links', () => {
  it('are listed by name', () => {
    const { k, dir } = machine();
    dir.mkdir('a');
    expect((list_dir(k, '/sys/d') as { name: string }[]).map((node) => node.name)).to.deep.equal([
      'a',
      'file',
      'link',
      'ro',
      'wo',
    ]);
    expect(entries_of(dir)).to.have.lengthOf(5);
  });

  it('are what they are', () => {
    const { k } = machine();
    expect(list_dir(k, '/sys/d/file')).to.equal(-Errno.ENOTDIR);
    expect(list_dir(k, '/sys/nothing')).to.equal(-Errno.ENOENT);
    expect(readlink(k, '/sys/d/link')).to.equal('file');
    expect(readlink(k, '/sys/d/file')).to.equal(-Errno.EINVAL);
    expect(readlink(k, '/sys/nothing')).to.equal(-Errno.ENOENT);
  });
});
