/** Fields that several verbs share. */
import { either, integer, list, optional, text, word } from '../builders.js';
import { IOCTL_REQUESTS } from '../words.js';

export const path = text('absolute path; {A} stands for the uuid of A', 'path');
export const data = either(
  'what is written; {A} stands for the uuid of A, {A^} for its upper-case form',
  text('text', 'text'),
  integer('a number, written in decimal'),
);
export const uuid = text('a letter, or a text with {A} or {A^}', 'uuid');
export const descriptor = either(
  'a descriptor',
  text('the name given with "as"', 'fd'),
  integer('taken as it is, such as -1'),
);
export const as = optional(text('name for the descriptor', 'fd'));
export const task = text('name of a task, at most 15 characters', 'task');
export const type = text('parent/type, such as mtty/mtty-2', 'type');
export const driver = text('name of a driver', 'name');
export const request = word(IOCTL_REQUESTS, 'name of the request');
export const hex = text('bytes, two lower-case hex digits each', 'hex');
export const offset = integer('offset in bytes', 0);
export const count = integer('number of bytes', 0);
export const names = (description: string) => list(text('name', 'text'), description);
