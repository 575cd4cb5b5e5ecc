/** Those who want to be told of something, one after the other, and may sleep. Source: kernel/notifier.c, 5.10 */
import { Errno } from './errno.js';
import type { Kernel } from './kernel.js';
import { RwSem } from './locks.js';
import { LogLevel, printk } from './printk.js';
import type { MightSleep } from './scheduler.js';
import { warn_on } from './warn.js';

/** Who is told. Source: struct notifier_block */
export interface NotifierBlock<T> {
  call(k: Kernel, data: T): MightSleep<void>;
}

/** Source: struct blocking_notifier_head */
export class BlockingNotifierHead<T> {
  private readonly rwsem: RwSem;
  private readonly blocks: NotifierBlock<T>[] = [];

  /** @param name the class of its lock */
  constructor(name: string) {
    this.rwsem = new RwSem(name);
  }

  /** A block that is there already stays once, which is worth a warning and no error (before 5.17). */
  *register(k: Kernel, block: NotifierBlock<T>): MightSleep<void> {
    yield* this.rwsem.down_write(k);
    if (!this.blocks.includes(block)) {
      this.blocks.push(block);
    } else {
      printk(k, LogLevel.WARNING, 'double register detected');
      warn_on(k, 'notifier_chain_register');
    }
    this.rwsem.up_write(k);
  }

  /** Waits for whoever is being told. @returns 0 or -ENOENT */
  *unregister(k: Kernel, block: NotifierBlock<T>): MightSleep<number> {
    yield* this.rwsem.down_write(k);
    const at = this.blocks.indexOf(block);
    if (at >= 0) this.blocks.splice(at, 1);
    this.rwsem.up_write(k);
    return at < 0 ? -Errno.ENOENT : 0;
  }

  *call_chain(k: Kernel, data: T): MightSleep<void> {
    yield* this.rwsem.down_read(k);
    for (const block of [...this.blocks]) yield* block.call(k, data);
    this.rwsem.up_read(k);
  }
}
