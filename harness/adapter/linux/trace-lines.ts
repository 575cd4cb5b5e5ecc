/** The text of the kernel's trace buffer (Documentation/trace/ftrace.rst), line by line. */
import { AdapterFault } from '../../errors.js';

/** One event of the buffer. */
export interface TraceLine {
  /** the name of the thread, and its number */
  thread: string;
  pid: string;
  /** the name of the event */
  event: string;
  /** what follows it: `(symbol) a="b" c=1`, or a message */
  rest: string;
}

const LINE = /^\s*(.+)-(\d+)\s+\[\d+\]\s+\S+\s+[\d.]+: ([\w.]+): ?(.*)$/;

/**
 * Reads the buffer's text. A message of several lines is one event.
 * @throws AdapterFault `E_ADAPTER_TRACE` if the kernel lost events
 */
export function traceLines(text: string): TraceLine[] {
  const lines: TraceLine[] = [];
  for (const line of text.split('\n')) {
    const lost = /\[LOST (\d+) EVENTS\]/.exec(line);
    if (lost) throw new AdapterFault('E_ADAPTER_TRACE', `the kernel lost ${lost[1]} events`);
    const [, thread, pid, event, rest] = LINE.exec(line) ?? [];
    if (event !== undefined) lines.push({ thread: thread!, pid: pid!, event, rest: rest! });
    else if (line !== '' && lines.length > 0) lines.at(-1)!.rest += `\n${line}`;
  }
  return lines;
}

/** The arguments of a kprobe event; what could not be read is left out. */
export function fieldsOf(rest: string): Record<string, string> {
  const fields: Record<string, string> = {};
  // In front of them is where the function is, with its module, and behind an arrow who called it.
  const args = rest.replace(/^\([^()]*(?:\([^)]*\)[^()]*)*\) ?/, '');
  for (const [, name, text, fault, list, plain] of args.matchAll(
    /(\w+)=(?:"([^"]*)"|(\(fault\))|(\{[^}]*\})|(\S+))/g,
  )) {
    if (fault === undefined) fields[name!] = text ?? list ?? plain!;
  }
  return fields;
}
