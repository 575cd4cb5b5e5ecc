/** The log as two see it: the trace buffer has the order of the lines, /dev/kmsg their levels. */

export interface LogLine {
  level: number;
  message: string;
}

/** How many lines one of the two may be behind. */
const WINDOW = 8;
/** The level of a line that /dev/kmsg doesn't have. */
const USUAL_LEVEL = 6;

/** /dev/kmsg writes what can't be printed as \x and two digits. */
const plain = (text: string): string => text.trimEnd().replace(/\\x[0-9a-f]{2}/g, '');

/** The beginnings of lines that tell of the machine, the probes or our builds, and of dumps but for their first line. */
const NOISE = new RegExp(
  `^(?:${[
    '(?:trace_kprobe|tsc|clocksource|random|input|hrtimer|perf|sched|systemd|cfg80211|platform regulatory\\.0):? ',
    '[\\w-]+: (?:loading out-of-tree module taints kernel\\.|module verification failed)',
    'CPU: \\d|Tainted: |Hardware name: |Call Trace:| </?TASK>| \\??\\s*[\\w.]+\\+0x| \\??\\s*0x[0-9a-f]+$',
    'RIP: |Code: |R[A-Z0-9]+: [0-9a-f]|CR2: |CS: |FS: |PKRU: |DR\\d|Modules linked in:|WARNING: CPU',
    '-+\\[ cut here|---\\[ end',
  ].join('|')})`,
);

/** What differs from boot to boot. */
const steady = (message: string): string =>
  message
    .trimEnd()
    .replace(/^major_number:\d+$/, 'major_number:<major>')
    .replace(/\bmajor \d+/, 'major <major>')
    .replace(/\(\d+\) blocked/, '(<pid>) blocked')
    .replace(/PID: \d+/, 'PID: <pid>')
    .replace(/CPU: \d+/, 'CPU: <cpu>');

export class Log {
  private lines: LogLine[] = [];
  /** a line that the buffer has in pieces: how much of it was there, and the whole */
  private pieces: { seen: string; whole: string } | undefined;

  push(lines: readonly LogLine[]): void {
    this.lines.push(...lines);
  }

  /**
   * The line that a message of the trace buffer is.
   * @returns undefined for what is no line of its own, or is left out
   */
  take(message: string): LogLine | undefined {
    if (this.continues(message)) return undefined;
    const found = this.find(message);
    // What ends a line of several pieces is a line feed alone.
    if (!found && message.trim() === '') return undefined;
    const line = found ?? { level: USUAL_LEVEL, message };
    return NOISE.test(line.message) ? undefined : { ...line, message: steady(line.message) };
  }

  private find(message: string): LogLine | undefined {
    const text = plain(message);
    const near = this.lines.slice(0, WINDOW).map((line) => plain(line.message));
    let at = near.indexOf(text);
    if (at < 0) {
      at = near.findIndex((whole) => text !== '' && whole.startsWith(text));
      if (at >= 0) this.pieces = { seen: message, whole: near[at]! };
    }
    const found = this.lines[at];
    this.lines.splice(0, at + 1);
    return found;
  }

  private continues(message: string): boolean {
    if (!this.pieces) return false;
    const seen = this.pieces.seen + message;
    const { whole } = this.pieces;
    const fits = whole.startsWith(plain(seen));
    this.pieces = fits && plain(seen) !== whole ? { seen, whole } : undefined;
    return fits;
  }
}
