/** The reference as an implementation of the user ABI: calls in, answers and events out. */
import type {
  Answer,
  Call,
  CallOf,
  Params,
  Reply,
  StartableMethod,
} from '../harness/adapter/protocol.js';
import { boot } from './kernel/boot.js';
import { build, olddefconfig } from './kconfig/kconfig.js';
import { posted, type KconfigEra } from './kconfig/eras.js';
import { Errno } from './kernel/errno.js';
import type { Kernel } from './kernel/kernel.js';
import { check_leaks } from './kernel/leaks.js';
import { modules } from './kernel/module.js';
import type { MightSleep, Task } from './kernel/scheduler.js';
import { to_user_space } from './kernel/syscalls.js';
import { finish } from './finish.js';
import type { Profile } from './profile.js';
import { profiles } from './profiles.js';
import { held } from './references.js';
import { answer, BadArgument, system_calls, type SystemCall } from './system-calls.js';

export { BadArgument };

/** The Kconfig files of an era, or of something that was posted. */
function kconfig_of(name: string): KconfigEra {
  const era = profiles.find((each) => each.name === name)?.kconfig;
  const files = era ?? (Object.hasOwn(posted, name) ? posted[name] : undefined);
  if (!files) throw new BadArgument(`there are no Kconfig files of "${name}"`);
  return files;
}

/** The name of the task that makes the calls which no other makes. */
const MAIN = 'main';

/** A machine of one era, freshly booted, that answers calls one after the other. */
export class Machine {
  k: Kernel;
  private tasks = new Map<string, Task>();

  constructor(readonly profile: Profile) {
    this.k = boot(profile);
  }

  /**
   * Makes one call.
   * @throws BadArgument for a call that makes no sense, KernelBug where the model caught itself
   */
  call(call: Call): Reply {
    return { answer: this.dispatch(call), events: this.k.takeEvents() };
  }

  /** Ends the machine as {@link finish} does; only a reset makes another one of it. */
  finish(): string[] {
    return finish(this.k, this.tasks.values());
  }

  private dispatch(call: Call): Answer {
    switch (call.method) {
      case 'hello':
        throw new BadArgument('hello is the adapter’s to answer');
      case 'bye':
        return { ret: 0 };
      case 'reset':
        this.k = boot(this.profile);
        this.tasks = new Map();
        return { ret: 0 };
      case 'kconfig':
        return this.kconfig(call.params);
      case 'start':
        return this.start(call.params);
      case 'task':
        return this.state(this.task(call.params.task));
      case 'join':
        return this.join(this.task(call.params.task));
      case 'kill':
        return this.kill(call.params);
      case 'advance':
        this.k.sched.advance(call.params.ms);
        return { ret: 0 };
      default:
        return this.run(MAIN, call);
    }
  }

  /** A call of the main task: it is over when the call is; then the others go on. */
  private run(name: string, call: Extract<Call, { method: SystemCall }>): Answer {
    const task = this.k.sched.spawn(name, this.system_call(call));
    this.k.sched.runToEnd(task);
    if (held(this.k).size === 0) check_leaks(this.k);
    return task.result as Answer;
  }

  private system_call<M extends SystemCall>(call: {
    method: M;
    params: Params<M>;
  }): MightSleep<Answer> {
    return to_user_space(this.k, system_calls[call.method](this.k, call.params));
  }

  /**
   * Resolves symbols; with the machine's own files the kernel is built anew, and booted.
   * @throws BadArgument for a profile without Kconfig files
   */
  private kconfig({ profile: name, set = {} }: Params<'kconfig'>): Answer {
    if (name !== undefined) return { ret: 0, values: olddefconfig(kconfig_of(name), set) };
    if (modules(this.k).loaded.size > 0) return answer(-Errno.EBUSY);
    const values = olddefconfig(this.profile.kconfig, set);
    const built = build(this.profile.modules, values);
    this.k = boot({ ...this.profile, modules: built.modules }, built.builtin);
    this.tasks = new Map();
    return { ret: 0, values };
  }

  private start({ task, method, params }: Params<'start'>): Answer {
    if (task === MAIN || this.tasks.has(task)) throw new BadArgument(`task "${task}" exists`);
    const call = { method, params } as CallOf<StartableMethod>;
    this.tasks.set(task, this.k.sched.spawn(task, this.system_call(call)));
    this.k.sched.run();
    return { ret: 0 };
  }

  private task(name: string): Task {
    const task = this.tasks.get(name);
    if (!task) throw new BadArgument(`there is no task "${name}"`);
    return task;
  }

  /** Sends a signal; a task that is done has no process any more. */
  private kill({ task: name, signal }: Params<'kill'>): Answer {
    const task = this.task(name);
    if (task.state === 'done') return answer(-Errno.ESRCH);
    this.k.sched.kill(task, signal);
    this.k.sched.run();
    return { ret: 0 };
  }

  private state(task: Task): Answer {
    if (task.state !== 'done') return { state: 'blocked' };
    return task.killed ? { state: 'done' } : { state: 'done', result: task.result as Answer };
  }

  /** Waits for a task; one that was killed has no result. */
  private join(task: Task): Answer {
    this.k.sched.runToEnd(task);
    return task.killed ? { errno: 'EINTR' } : (task.result as Answer);
  }
}
