/** The module mdev.ko. Source: drivers/vfio/mdev/mdev_core.c, mdev_init(), mdev_exit() */
import type { ModuleDefinition } from '../kernel/module.js';
import { make_all, undo_all } from '../kernel/steps.js';

/**
 * The module of one era.
 * @param symbols what it exports, to modules of any licence
 * @param imports what it needs of vfio.ko, where the shim is part of it
 */
export function mdev_module(
  symbols: readonly string[],
  imports: readonly string[] = [],
): ModuleDefinition {
  return {
    name: 'mdev',
    license: 'GPL v2',
    version: '0.1',
    imports,
    exports: symbols.map((name) => ({ name, gpl: false })),
    init: (k, mod) => make_all(k, mod, k.profile.mdev.module),
    exit: (k, mod) => undo_all(k, mod, k.profile.mdev.module),
  };
}
