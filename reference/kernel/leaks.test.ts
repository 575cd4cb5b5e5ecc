import { expect } from 'chai';
import { File } from './file.js';
import { kobject_create_and_add, kobject_put } from './kobject.js';
import { check_leaks } from './leaks.js';
import { delete_module, load_module } from './loader.js';
import { fd_install, sys_close } from './syscalls.js';
import { booted, expectBug, made, run } from './testing.js';

describe('check for leaks', () => {
  const leaking = () => {
    const k = booted();
    return { k, kobj: made(k, kobject_create_and_add(k, 'forgotten')) };
  };

  it('finds nothing in a machine that has just booted', () => {
    check_leaks(booted());
  });

  it('names an object whose last reference was never given back, and how many there are', () => {
    const { k, kobj } = leaking();
    kobj.ref.get();
    const bug = expectBug('LEAK', () => {
      check_leaks(k);
    });
    expect(bug.message).to.equal('objects are left with references: forgotten (2)');
  });

  it('finds nothing once it is', () => {
    const { k, kobj } = leaking();
    run(k, kobject_put(k, kobj));
    check_leaks(k);
  });

  it('says nothing as long as a module is loaded', () => {
    const { k } = leaking();
    run(k, load_module(k, { name: 'm', license: 'GPL', imports: [] }, ''));
    check_leaks(k);
    run(k, delete_module(k, 'm'));
    expectBug('LEAK', () => {
      check_leaks(k);
    });
  });

  it('says nothing as long as a file is open', () => {
    const { k } = leaking();
    const fd = fd_install(k, new File({ kind: 'plain' }, { read: true, write: true }));
    check_leaks(k);
    run(k, sys_close(k, fd));
    expectBug('LEAK', () => {
      check_leaks(k);
    });
  });
});
