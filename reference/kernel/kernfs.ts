import { KernelBug } from './bug.js';
import type { File } from './file.js';
import type { Kernel } from './kernel.js';
import { WaitQueue, type MightSleep } from './scheduler.js';
import { wait_event } from './wait.js';

/** What reading and writing a file of a tree does; data are byte strings. */
export interface KernfsOps {
  /** @returns the content, or -errno */
  read?(k: Kernel): MightSleep<string | number>;
  /** @returns the bytes taken, or -errno */
  write?(k: Kernel, data: string): MightSleep<number>;
  /** opens the file in its own way, of files that aren't sysfs's; @returns the file, or -errno */
  open?(mode: File['mode']): File | number;
}

type Kind = 'dir' | 'file' | 'link' | 'device';

/**
 * A node of sysfs, debugfs or devtmpfs: names, modes, links, and the active references that make a
 * removal wait for the operations that are under way. Source: fs/kernfs/dir.c, 6.1
 */
export class KernfsNode {
  readonly children = new Map<string, KernfsNode>();
  parent: KernfsNode | undefined;
  /** what a directory belongs to; its meaning is the owner's. Source: kernfs_node.priv */
  priv: unknown;
  removed = false;
  private active = 0;
  /** the removal is over */
  private gone = false;
  private readonly drained = new WaitQueue('kernfs_drain');

  private constructor(
    readonly kind: Kind,
    readonly name: string,
    /** permission bits */
    readonly mode: number,
    readonly ops: KernfsOps = {},
    /** where a link leads */
    readonly target?: KernfsNode,
    /** what a device node stands for; its meaning is the owner's */
    readonly device?: unknown,
  ) {}

  static root(path: string): KernfsNode {
    return new KernfsNode('dir', path, 0o755);
  }

  /** Makes a directory. @returns undefined if the name is taken (-EEXIST) */
  mkdir(name: string): KernfsNode | undefined {
    return this.add(new KernfsNode('dir', name, 0o755));
  }

  /** Makes a file. @returns undefined if the name is taken */
  mkfile(name: string, mode: number, ops: KernfsOps): KernfsNode | undefined {
    return this.add(new KernfsNode('file', name, mode, ops));
  }

  /** Makes a symbolic link. @returns undefined if the name is taken */
  symlink(name: string, target: KernfsNode): KernfsNode | undefined {
    return this.add(new KernfsNode('link', name, 0o777, {}, target));
  }

  /** Makes a character device. @returns undefined if the name is taken */
  mknod(name: string, mode: number, device: unknown): KernfsNode | undefined {
    return this.add(new KernfsNode('device', name, mode, {}, undefined, device));
  }

  private add(node: KernfsNode): KernfsNode | undefined {
    if (this.removed || this.children.has(node.name)) return undefined;
    node.parent = this;
    this.children.set(node.name, node);
    return node;
  }

  /** The entry of that name, if it is still there. */
  lookup(name: string): KernfsNode | undefined {
    const node = this.children.get(name);
    return node?.removed ? undefined : node;
  }

  /** How many directories are in this one. Source: kernfs_elem_dir.subdirs */
  get subdirs(): number {
    let count = 0;
    for (const child of this.children.values()) if (child.kind === 'dir' && !child.removed) count++;
    return count;
  }

  /** The path from the root of the tree, with the root's own name in front. */
  get path(): string {
    return this.parent ? `${this.parent.path}/${this.name}` : this.name;
  }

  /** Begins an operation on the node. @returns false once it is being removed (-ENODEV) */
  getActive(): boolean {
    if (this.removed) return false;
    this.active++;
    return true;
  }

  /** Ends an operation; a removal that waited for it goes on. */
  putActive(k: Kernel): void {
    if (--this.active < 0)
      throw new KernelBug('REFCOUNT', `active count of ${this.path} below zero`);
    k.sched.wake(this.drained);
  }

  /**
   * Takes the node and what is below it out of the tree; waits for operations under way.
   * Source: kernfs_remove(), kernfs_drain()
   */
  *remove(k: Kernel): MightSleep<void> {
    const nodes = this.detach();
    for (const node of nodes) {
      yield* wait_event(k, node.drained, () => node.active === 0);
      node.gone = true;
      k.sched.wake(node.drained);
    }
  }

  /** Takes the node out of the tree without waiting, for nodes that have no operations (links). */
  unlink(): void {
    this.detach();
  }

  private detach(): KernfsNode[] {
    const nodes: KernfsNode[] = [];
    const collect = (node: KernfsNode): void => {
      if (node.removed) return;
      node.removed = true;
      for (const child of node.children.values()) collect(child);
      nodes.push(node);
    };
    collect(this);
    if (this.parent?.children.get(this.name) === this) this.parent.children.delete(this.name);
    return nodes;
  }

  /**
   * Removes the file from inside its own operation, which would otherwise wait for itself.
   * @returns whether this caller is the one that removed it; the others wait until that is done
   * Source: kernfs_remove_self(), kernfs_break_active_protection(), 6.1
   */
  *removeSelf(k: Kernel): MightSleep<boolean> {
    this.putActive(k);
    const first = !this.removed;
    if (first) yield* this.remove(k);
    else yield* wait_event(k, this.drained, () => this.gone);
    this.active++;
    return first;
  }
}
