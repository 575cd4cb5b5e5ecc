/** Descriptors and tasks through the steps of a case: each is opened or started before it is used. */
import type { CompiledCall, CompiledStep } from './compiled.js';
import { fail, type Context } from './context.js';
import { expectationIn } from './expectation.js';
import type { ProfileName } from './profiles.js';
import { refsOf } from './resolve.js';
import { didYouMean } from './suggest.js';
import type { Path } from './validate.js';
import type { SuiteCode } from './codes.js';

/** One wrong use, and the profiles in which it is wrong. */
interface Finding {
  code: SuiteCode;
  step: number;
  what: string;
  hint: string | undefined;
  profiles: ProfileName[];
}

class Flow {
  readonly findings = new Map<string, Finding>();
  private profile: ProfileName = '';
  private bound = new Set<string>();
  private tasks = new Map<string, 'started' | 'joined'>();

  enter(profile: ProfileName): void {
    this.profile = profile;
    this.bound = new Set();
    this.tasks = new Map();
  }

  private note(code: SuiteCode, step: number, what: string, hint?: string): void {
    const key = `${step} ${code} ${what}`;
    const known = this.findings.get(key) ?? { code, step, what, hint, profiles: [] };
    known.profiles.push(this.profile);
    this.findings.set(key, known);
  }

  private use(step: number, task: string, joins: boolean): void {
    const state = this.tasks.get(task);
    if (state === undefined || (joins && state === 'joined')) {
      const what = state ? `task ${task} was joined before` : `no task ${task} was started`;
      this.note('E_SUITE_TASK_UNKNOWN', step, what, didYouMean(task, [...this.tasks.keys()]));
    } else if (joins) this.tasks.set(task, 'joined');
  }

  private start(step: number, task: string): void {
    if (this.tasks.get(task) === 'started') {
      const hint = 'join it first, or give this one another name';
      this.note('E_SUITE_TASK_REUSED', step, `task ${task} was started before`, hint);
    }
    this.tasks.set(task, 'started');
  }

  call(step: number, { template, bind, expect }: CompiledCall): void {
    for (const name of new Set(refsOf(template))) {
      if (this.bound.has(name)) continue;
      const hint = didYouMean(name, [...this.bound]);
      this.note('E_SUITE_FD_UNBOUND', step, `no descriptor ${name} was opened`, hint);
    }
    if (bind !== undefined && expectationIn(expect, this.profile).kind !== 'errno') {
      this.bound.add(bind);
    }
    const { method, params } = template;
    if (method === 'start') this.start(step, params.task);
    else if (method === 'join' || method === 'task' || method === 'kill') {
      this.use(step, params.task, method === 'join');
    }
  }
}

/**
 * Notes each descriptor that is used before it is opened and each task before it is started, in any
 * profile of the case: what a call is expected to refuse in an era is not open in that era.
 * @param stepsPath where the steps are in the file
 */
export function checkFlow(
  steps: readonly CompiledStep[],
  profiles: readonly ProfileName[],
  stepsPath: Path,
  context: Context,
): void {
  const flow = new Flow();
  for (const profile of profiles) {
    flow.enter(profile);
    for (const { index, calls, only } of steps) {
      if (only && !only.includes(profile)) continue;
      for (const each of calls) flow.call(index, each);
    }
  }
  for (const { code, step, what, hint, profiles: where } of flow.findings.values()) {
    const eras = where.length < profiles.length ? ` in ${where.join(', ')}` : '';
    fail(context, code, [...stepsPath, step], `${what} before this step${eras}`, { hint });
  }
}
