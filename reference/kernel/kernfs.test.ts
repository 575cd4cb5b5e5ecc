import { expect } from 'chai';
import type { Kernel } from './kernel.js';
import { KernfsNode } from './kernfs.js';
import type { MightSleep } from './scheduler.js';
import { booted, expectBug, run, start } from './testing.js';
import { msleep } from './wait.js';

/** A directory with a file. */
function tree() {
  const root = KernfsNode.root('/sys');
  const dir = root.mkdir('dir')!;
  const file = dir.mkfile('file', 0o644, {})!;
  return { k: booted(), root, dir, file };
}

/** Uses a node for 10 ms, then does something more. */
function* using(k: Kernel, node: KernfsNode, then?: () => MightSleep<unknown>): MightSleep<void> {
  expect(node.getActive()).to.equal(true);
  yield* msleep(k, 10);
  if (then) yield* then();
  node.putActive(k);
}

describe('kernfs', () => {
  it('has each name once in a directory, whatever its kind', () => {
    const { root, dir } = tree();
    expect([
      root.mkdir('dir'),
      root.mkfile('dir', 0o444, {}),
      root.symlink('dir', dir),
      root.mknod('dir', 0o600, {}),
    ]).to.deep.equal([undefined, undefined, undefined, undefined]);
    expect(root.lookup('dir')).to.equal(dir);
  });

  it('makes nodes of four kinds, which know their paths', () => {
    const { root, dir, file } = tree();
    const link = dir.symlink('link', root)!;
    const node = dir.mknod('node', 0o600, { major: 1, minor: 3 })!;
    expect([root, dir, file, link, node].map((each) => `${each.kind} ${each.path}`)).to.deep.equal([
      'dir /sys',
      'dir /sys/dir',
      'file /sys/dir/file',
      'link /sys/dir/link',
      'device /sys/dir/node',
    ]);
    expect([root.subdirs, dir.subdirs]).to.deep.equal([1, 0]);
  });

  it('gives a name free with its removal, and takes all below along', () => {
    const { k, root, dir, file } = tree();
    run(k, dir.remove(k));
    expect([dir.removed, file.removed, root.subdirs]).to.deep.equal([true, true, 0]);
    expect([root.lookup('dir'), dir.lookup('file')]).to.deep.equal([undefined, undefined]);
    expect(root.mkdir('dir')).to.not.equal(undefined);
    expect(dir.mkfile('more', 0o444, {})).to.equal(undefined);
  });

  it('leaves a successor alone when a node is removed twice', () => {
    const { k, root, dir } = tree();
    run(k, dir.remove(k));
    const successor = root.mkdir('dir')!;
    run(k, dir.remove(k));
    dir.unlink();
    expect(root.lookup('dir')).to.equal(successor);
  });

  it('waits with a removal for the operations under way, and lets no other begin', () => {
    const { k, root, file } = tree();
    start(k, 'user', using(k, file));
    const remover = start(k, 'remover', root.lookup('dir')!.remove(k));
    expect([remover.state, file.getActive(), root.lookup('dir')]).to.deep.equal([
      'sleeping',
      false,
      undefined,
    ]);
    k.sched.advance(10);
    expect(remover.state).to.equal('done');
  });

  it('counts operations and never below zero', () => {
    const { k, file } = tree();
    file.getActive();
    file.putActive(k);
    const bug = expectBug('REFCOUNT', () => {
      file.putActive(k);
    });
    expect(bug.message).to.contain('/sys/dir/file');
  });

  describe('removal of a file from inside its own operation', () => {
    const removal = () => {
      const { k, file } = tree();
      const won: string[] = [];
      const self = (name: string, ms = 0) =>
        start(
          k,
          name,
          using(k, file, function* () {
            yield* msleep(k, ms);
            if (yield* file.removeSelf(k)) won.push(name);
          }),
        );
      return { k, file, won, self };
    };

    it('does not wait for itself', () => {
      const { k, file, won, self } = removal();
      const task = self('a');
      k.sched.advance(10);
      expect([task.state, won, file.removed]).to.deep.equal(['done', ['a'], true]);
    });

    it('waits for the others', () => {
      const { k, file, won, self } = removal();
      self('a');
      start(
        k,
        'other',
        using(k, file, () => msleep(k, 10)),
      );
      k.sched.advance(10);
      expect([file.removed, won]).to.deep.equal([true, []]);
      k.sched.advance(10);
      expect(won).to.deep.equal(['a']);
    });

    it('is won by one of two', () => {
      const { k, won, self } = removal();
      const tasks = [self('a'), self('b')];
      k.sched.advance(10);
      expect([won, ...tasks.map((task) => task.state)]).to.deep.equal([['a'], 'done', 'done']);
    });

    it('is lost to whoever removes the directory, who does not wait for it', () => {
      const { k, file, won, self } = removal();
      const task = self('a');
      const remover = start(k, 'remover', file.parent!.remove(k));
      k.sched.advance(10);
      expect([won, task.state, remover.state]).to.deep.equal([[], 'done', 'done']);
    });
  });
});
