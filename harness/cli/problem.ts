/** Something wrong in a file, of whatever kind, as data and as text. */
import { relative } from 'node:path';
import type { GoldenError } from '../golden/error.js';
import { renderSuiteError, type SuiteError } from '../suite/errors.js';

export interface Problem {
  code: string;
  file: string;
  /** from 1; 0 where the file as a whole is meant */
  line: number;
  column?: number;
  message: string;
  hint?: string;
  /** the same for people, with the line and a caret where there are such */
  text?: string;
}

export function ofSuite(error: SuiteError): Problem {
  const { code, file, line, column, message, hint } = error;
  const text = renderSuiteError(error);
  return { code, file, line, column, message, ...(hint !== undefined && { hint }), text };
}

/** @param folder of the goldens, which some of their errors leave out */
export function ofGolden({ code, file, line, reason }: GoldenError, folder: string): Problem {
  const inside = !relative(folder, file).startsWith('..');
  return { code, file: inside ? file : `${folder}/${file}`, line, message: reason };
}

/** `file:line CODE sentence`, or what the suite says. */
export function renderProblem({ code, file, line, message, hint, text }: Problem): string {
  if (text !== undefined) return text;
  const tail = hint === undefined ? '' : `\n  hint: ${hint}`;
  return `${file}${line > 0 ? `:${line}` : ''} ${code} ${message}${tail}`;
}
