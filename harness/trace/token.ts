/**
 * Tokens of the trace text. A string stands bare when every reader takes it for that string at first
 * sight; otherwise it is a JSON string. A number is always bare, so `group=0` and `group="0"` differ.
 */

const QUOTE = 0x22;
const EQUALS = 0x3d;

/** What a terminal would not show, or would let change the look of the rest of the line. */
const INVISIBLE =
  /[\u007f-\u00a0\u00ad\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff9-\ufffb]/g;

/** Whether bare `text` reads as a number: exactly the spelling that a number has here. */
export function isNumber(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first !== 0x2d && !(first >= 0x30 && first <= 0x39)) return false;
  const value = Number(text);
  return Number.isFinite(value) && String(value) === text;
}

function isPlain(text: string): boolean {
  const { length } = text;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code <= 0x20 || code > 0x7e || code === QUOTE || code === EQUALS) return false;
  }
  return length > 0;
}

/** `text` as a JSON string in which everything invisible is escaped. */
export function quote(text: string): string {
  return JSON.stringify(text).replace(
    INVISIBLE,
    (char) => '\\u' + char.charCodeAt(0).toString(16).padStart(4, '0'),
  );
}

/** `text` bare where possible: printable ASCII without space, quote and `=`, not like a number. */
export function token(text: string): string {
  return isPlain(text) && !isNumber(text) ? text : quote(text);
}

/** A value of an argument: strings as {@link token}, numbers as they are. */
export function scalar(value: unknown): string {
  return typeof value === 'string' ? token(value) : String(value);
}

/** Digits of a field that is never a number (`hex`, `mode`): bare even where they look like one. */
export function digits(text: string): string {
  return isPlain(text) ? text : quote(text);
}

/** Text that runs to the end of the line: spaces inside are welcome. */
export function line(text: string): string {
  const { length } = text;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code > 0x7e) return quote(text);
  }
  const ragged =
    length === 0 || text.charCodeAt(0) === QUOTE || text.startsWith(' ') || text.endsWith(' ');
  return ragged ? quote(text) : text;
}
