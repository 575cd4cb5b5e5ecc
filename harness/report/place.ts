import type { Position } from '../suite/compiled.js';

/** `suites/create-remove/errno.yaml:12:5`, as editors and terminals take it. */
export const place = ({ file, line, column }: Position): string => `${file}:${line}:${column}`;
