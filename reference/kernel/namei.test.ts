import { expect } from 'chai';
import { Errno } from './errno.js';
import type { Kernel } from './kernel.js';
import { KernfsNode } from './kernfs.js';
import { link_text, lookup } from './namei.js';
import { booted } from './testing.js';

/** /sys/a/b/file, /sys/a/link to b, and what the name of a path is. */
function tree() {
  const k = booted();
  const a = k.sysfs.mkdir('a')!;
  const b = a.mkdir('b')!;
  b.mkfile('file', 0o444, {});
  a.symlink('link', b);
  return { k, a, b, at: (path: string, follow = true) => found(k, path, follow) };
}

function found(k: Kernel, path: string, follow: boolean): string | number {
  const node = lookup(k, path, follow);
  return node instanceof KernfsNode ? node.path : node;
}

describe('path lookup', () => {
  for (const [path, expected] of [
    ['/sys', '/sys'],
    ['/sys/', '/sys'],
    ['/sys/a/b/file', '/sys/a/b/file'],
    ['//sys///a/./b', '/sys/a/b'],
    ['/sys/a/b/..', '/sys/a'],
    ['/sys/..', '/sys'],
    ['/sys/a/link', '/sys/a/b'],
    ['/sys/a/link/file', '/sys/a/b/file'],
    ['/sys/a/link/../b', '/sys/a/b'],
    ['/dev', '/dev'],
    ['/sys/kernel/debug', '/sys/kernel/debug'],
    ['/sys/kernel/debug/devices_deferred', '/sys/kernel/debug/devices_deferred'],
    ['/sys/nothing', -Errno.ENOENT],
    ['/sys/nothing/file', -Errno.ENOENT],
    ['/sysfs', -Errno.ENOENT],
    ['/proc', '/proc'],
    ['/run', -Errno.ENOENT],
    [`/sys${'/.'.repeat(2045)}/`, '/sys'],
    [`/sys${'/.'.repeat(2046)}`, -Errno.ENAMETOOLONG],
    ['/sys/a/b/file/', -Errno.ENOTDIR],
    ['/sys/a/link/', '/sys/a/b'],
    ['/sys/a/b/file/more', -Errno.ENOTDIR],
    ['/sys/a/b/file/..', -Errno.ENOTDIR],
  ] as const) {
    it(`finds ${expected} at ${path.length > 40 ? `a path of ${path.length}` : path}`, () => {
      expect(tree().at(path)).to.equal(expected);
    });
  }

  it('follows a link at the end only where it is asked to', () => {
    const { at } = tree();
    expect(at('/sys/a/link', false)).to.equal('/sys/a/link');
  });

  it('finds nothing behind a link to what was removed', () => {
    const { b, at } = tree();
    b.unlink();
    expect([at('/sys/a/link'), at('/sys/a/link/file'), at('/sys/a/link', false)]).to.deep.equal([
      -Errno.ENOENT,
      -Errno.ENOENT,
      '/sys/a/link',
    ]);
  });

  it('follows forty links and no more', () => {
    const { a, b, at } = tree();
    let target = b;
    for (let i = 1; i <= 41; i++) target = a.symlink(`link${i}`, target)!;
    expect([at('/sys/a/link40'), at('/sys/a/link41')]).to.deep.equal(['/sys/a/b', -Errno.ELOOP]);
  });
});

describe('text of a link', () => {
  const text = (from: KernfsNode, to: KernfsNode) => link_text(from.symlink(`to ${to.name}`, to)!);

  it('goes up to what both share and down again', () => {
    const { k, a, b } = tree();
    const other = k.sysfs.mkdir('other')!;
    expect([text(other, b), text(b, other), text(a, b)]).to.deep.equal([
      '../a/b',
      '../../other',
      'b',
    ]);
  });

  it('names the target, also when it is a directory above', () => {
    const { a, b } = tree();
    expect([text(b, a), text(b, b)]).to.deep.equal(['../../a', '../b']);
  });
});
