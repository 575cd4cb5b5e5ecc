/** A step in one line, as its author wrote it. */
import type { RawStep } from './schema/suite.js';

function words(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    const text = String(value);
    return [text === '' || /\s$/.test(text) ? JSON.stringify(text) : text];
  }
  return Object.entries(value).flatMap(([key, item]) => (key === 'as' ? [] : words(item)));
}

/** `create mtty/mtty-2 A`, `task remover: remove A`, `open /dev/vfio/0 as g`. */
export function describeStep(step: RawStep, verb: string, as?: string): string {
  const task = step.start === undefined ? [] : [`task ${step.start}:`];
  const name = as === undefined ? [] : ['as', as];
  return [...task, verb, ...words(step[verb]), ...name].join(' ');
}
