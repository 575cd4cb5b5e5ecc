/** The lines of a golden file, told apart by their first characters alone. */
import { GoldenError } from './error.js';

/** A directive, with the indented lines below it as one slice. */
export interface Section {
  line: number;
  directive: string;
  body: string;
}

const CONFLICT = /^(<{7}|\|{7}|={7}|>{7})( |$)/;
const INDENT = '  ';

function syntaxError(file: string, line: number, text: string): GoldenError {
  if (CONFLICT.test(text)) {
    const reason = 'a conflict of a merge is left in the file; resolve it, then record again';
    return new GoldenError('E_GOLDEN_CONFLICT', file, line, reason);
  }
  return new GoldenError('E_GOLDEN_SYNTAX', file, line, `unexpected ${JSON.stringify(text)}`);
}

/**
 * Cuts `text` into sections without looking into traces.
 * @throws GoldenError `E_GOLDEN_CONFLICT` for what git leaves behind, `E_GOLDEN_SYNTAX` for an
 *   indented line below nothing, a carriage return, or a last line without line feed
 */
export function sections(text: string, file: string): Section[] {
  const found: Section[] = [];
  let bodyFrom = -1;
  let line = 1;
  const closeBody = (to: number): void => {
    if (bodyFrom >= 0) found.at(-1)!.body = text.slice(bodyFrom, to);
    bodyFrom = -1;
  };
  for (let from = 0; from < text.length; line++) {
    const end = text.indexOf('\n', from);
    if (end < 0) throw new GoldenError('E_GOLDEN_SYNTAX', file, line, 'the last line has no end');
    if (text.charCodeAt(end - 1) === 0x0d) {
      const reason = 'lines end in CR LF; goldens are compared as bytes (git: core.autocrlf)';
      throw new GoldenError('E_GOLDEN_SYNTAX', file, line, reason);
    }
    if (text.startsWith(INDENT, from)) {
      if (bodyFrom < 0) {
        if (found.at(-1)?.line !== line - 1) {
          throw syntaxError(file, line, text.slice(from, end));
        }
        bodyFrom = from;
      }
    } else {
      closeBody(from);
      const directive = text.slice(from, end);
      if (/^\s/.test(directive) || CONFLICT.test(directive)) {
        throw syntaxError(file, line, directive);
      }
      if (directive !== '') found.push({ line, directive, body: '' });
    }
    from = end + 1;
  }
  closeBody(text.length);
  return found;
}
