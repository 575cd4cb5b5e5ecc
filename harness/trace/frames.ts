/** Which events open and close a frame of the call stack, and how deep each task is in it. */
import type { TraceEvent } from '../adapter/protocol.js';

/** Events that open a frame. */
export type Opening = Extract<TraceEvent, { ev: 'call' | 'callback' }>;
/** Events that close one. */
export type Closing = Extract<TraceEvent, { ev: 'return' | 'callback-return' }>;

export function isOpening(event: TraceEvent): event is Opening {
  return event.ev === 'call' || event.ev === 'callback';
}

export function isClosing(event: TraceEvent): event is Closing {
  return event.ev === 'return' || event.ev === 'callback-return';
}

/** Whether `closing` can be the end of what `opening` began: same function, or same driver and op. */
export function closes(closing: Closing, opening: Opening): boolean {
  if (closing.ev === 'return') return opening.ev === 'call' && closing.fn === opening.fn;
  return (
    opening.ev === 'callback' && closing.driver === opening.driver && closing.op === opening.op
  );
}

/** The open frames of every task. They outlive a step: a blocked task goes on where it stopped. */
export class Frames {
  private readonly stacks = new Map<string, Opening[]>();

  /** The open frames of `task`, outermost first. */
  of(task: string): Opening[] {
    let stack = this.stacks.get(task);
    if (stack === undefined) this.stacks.set(task, (stack = []));
    return stack;
  }

  /** Forgets `task`: a new call begins in it. */
  restart(task: string): void {
    this.stacks.delete(task);
  }

  /**
   * Closes the frame that `event` ends and those inside it, which lost their own ends.
   * @returns the frame, or undefined if none is open
   */
  close(event: Closing): Opening | undefined {
    const stack = this.of(event.task);
    for (let i = stack.length - 1; i >= 0; i--) {
      const opening = stack[i]!;
      if (!closes(event, opening)) continue;
      stack.length = i;
      return opening;
    }
    return undefined;
  }
}
