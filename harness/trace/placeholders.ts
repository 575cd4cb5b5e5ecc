/**
 * Uuids of a case as the letters that the case gives them.
 *
 * | in the text                          | stands for                                            |
 * |--------------------------------------|-------------------------------------------------------|
 * | `A`, alone between non-word characters | the uuid of A                                       |
 * | `{A}`                                | the same where `A` would not stand alone              |
 * | `{A^}`                               | the same in upper-case digits                         |
 * | `\A`                                 | a literal A that stands alone; each further backslash is literal |
 *
 * So a letter of the case that stands alone is never literal, and both directions are functions.
 */
import { HarnessError } from '../errors.js';

/** Letter (`A`, `B`, `A1` …) → the uuid it stands for, in lower case. */
export type Uuids = Readonly<Record<string, string>>;

/** How one string is written with letters, and back. */
export interface Placeholders {
  toLetters(text: string): string;
  toUuids(text: string): string;
}

const NAME = /^[A-Z][0-9]*$/;
const UUID_LENGTH = 36;
const CAPITAL = /[A-Z]/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Characters beside which a letter does not stand for a uuid without braces. */
const CLINGS_BEFORE = /[\w\\{]$/;
const CLINGS_AFTER = /^\w/;

function check(uuids: Uuids): void {
  for (const [name, uuid] of Object.entries(uuids)) {
    if (NAME.test(name) && UUID.test(uuid)) continue;
    throw new HarnessError(
      'E_PLACEHOLDER',
      `${name}: ${uuid} is no placeholder: a capital letter (and digits) for a uuid in lower case`,
    );
  }
}

function invert(uuids: Uuids): Map<string, string> {
  const names = new Map<string, string>();
  for (const [name, uuid] of Object.entries(uuids)) {
    if (names.has(uuid)) {
      throw new HarnessError('E_PLACEHOLDER', `${names.get(uuid)!} and ${name} are the same uuid`);
    }
    // A uuid without letters has one case only, and is written as the plain one.
    names.set(uuid.toUpperCase(), `${name}^`);
    names.set(uuid, name);
  }
  return names;
}

/** Writes the uuids found between the literal parts of a text; the parts are at even places. */
function join(
  parts: readonly string[],
  escape: (literal: string) => string,
  names: Map<string, string>,
) {
  let out = '';
  for (let i = 0; i < parts.length; i += 2) {
    out += escape(parts[i]!);
    const uuid = parts[i + 1];
    if (uuid === undefined) break;
    const name = names.get(uuid)!;
    const clings =
      name.endsWith('^') ||
      CLINGS_BEFORE.test(parts[i] || (i === 0 ? '' : '{')) ||
      CLINGS_AFTER.test(parts[i + 2] || (i + 3 < parts.length ? '0' : ''));
    out += clings ? `{${name}}` : name;
  }
  return out;
}

/**
 * The two directions for one case.
 * @throws HarnessError `E_PLACEHOLDER` for a name or a uuid of another form, or a uuid used twice
 */
export function placeholders(uuids: Uuids): Placeholders {
  check(uuids);
  const names = invert(uuids);
  const letters = Object.keys(uuids).join('|');
  if (letters === '') return { toLetters: (text) => text, toUuids: (text) => text };
  const found = new RegExp([...names.keys()].join('|'));
  const split = new RegExp(`(${[...names.keys()].join('|')})`);
  const alone = new RegExp(`(\\\\*)(?<!\\w)(${letters})(?!\\w)`, 'g');
  const written = new RegExp(`\\{(${letters})(\\^)?\\}|${alone.source}`, 'g');
  const escape = (literal: string): string =>
    CAPITAL.test(literal) ? literal.replace(alone, '\\$1$2') : literal;
  return {
    toLetters: (text) =>
      text.length >= UUID_LENGTH && found.test(text)
        ? join(text.split(split), escape, names)
        : escape(text),
    toUuids: (text) =>
      text.replace(
        written,
        (whole, braced?: string, upper?: string, slashes?: string, bare?: string) => {
          if (braced !== undefined) return upper ? uuids[braced]!.toUpperCase() : uuids[braced]!;
          return slashes === '' ? uuids[bare!]! : whole.slice(1);
        },
      ),
  };
}
