/**
 * The trace text, and its fixed words, shared by those who write and those who read it.
 *
 * ```
 * step    = line(0, "> " call) { line(depth, event) } line(0, "< " method answer) { line(1+, detail) }
 * line    = "  " task " " 2*depth spaces, text, "\n"; a call is at depth 0, an event at 1 or more
 * call    = method [main] { " " key=value } | "start " task " " call
 * event   = "+ " path | "- " path                                      sysfs
 *         | "uevent " action " " devpath { " " key=value }
 *         | "log <" level "> " message to the end of the line
 *         | name [dev] { " " key=value } [ " = " ret ]                 a call, with its return
 *         | "< " name " = " ret                                        a return of its own
 * name    = function | "callback " driver "." op
 * ret     = number | "void"
 * answer  = [ " = " ret or errno ] { " " key=value }; of lists, the length
 * detail  = "name " text | "value " symbol " " text | "entry " path " " mode { " " key=value } | key=value | "result" answer
 * value   = number | bare word | JSON string; hex and mode are bare digits
 * ```
 *
 * Keys are sorted, `dev` and the main parameter come first. A call whose return follows at once, in
 * the same task, shares its line. Calls and callbacks deepen their task by one until they return.
 */

/** First words of events; a traced function of that name is quoted. */
export const KEYWORDS: ReadonlySet<string> = new Set([
  '+',
  '-',
  '<',
  '>',
  'uevent',
  'log',
  'callback',
]);

/** The parameter of a method that stands first and without its key. */
export const MAIN_PARAM: Readonly<Record<string, string | undefined>> = {
  insmod: 'module',
  rmmod: 'module',
  write: 'path',
  read: 'path',
  readlink: 'path',
  list: 'path',
  tree: 'path',
  open: 'path',
  close: 'fd',
  fdwrite: 'fd',
  ioctl: 'fd',
  pread: 'fd',
  pwrite: 'fd',
  mmap: 'fd',
  task: 'task',
  join: 'task',
  kill: 'task',
  fault: 'point',
  hold: 'object',
  drop: 'object',
};

/** The argument of a trace point that stands first and without its key. */
export const MAIN_ARG = 'dev';

/** What a function without a return value is said to return. */
export const VOID = 'void';
