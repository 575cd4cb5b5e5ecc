/** The module mdev.ko. Source: drivers/vfio/mdev/mdev_core.c, mdev_init(), mdev_exit() */
import type { Export, ModuleDefinition } from '../kernel/module.js';
import { make_all, undo_all } from '../kernel/steps.js';

/**
 * The module of one era.
 * @param exports its symbols and their licences
 * @param imports what it needs of vfio.ko, where the shim is part of it
 */
export function mdev_module(
  exports: readonly Export[],
  imports: readonly string[] = [],
): ModuleDefinition {
  return {
    name: 'mdev',
    license: 'GPL v2',
    version: '0.1',
    imports,
    exports,
    init: (k, mod) => make_all(k, mod, k.profile.mdev.module),
    exit: (k, mod) => undo_all(k, mod, k.profile.mdev.module),
  };
}
