/** The forms of `expect`. */
import { either, integer, list, mapOf, object, optional, text, word } from '../builders.js';
import { SYMBOL_VALUES, TASK_STATES } from '../words.js';

const outcome = text(
  'an errno by name; "success"; a task\'s state; or the data that is read (trimmed for read)',
  'text',
);
const number = integer('the value returned, or the number that is read');
const names = (description: string) =>
  list(
    text('a name; a letter is its uuid; without "/" or "@" at the end, any kind of entry', 'text'),
    description,
  );

const details = {
  errno: optional(text('an errno by name')),
  ret: optional(integer('the value returned')),
  data: optional(text('the data, byte for byte', 'text')),
  matches: optional(text('a regular expression that the data matches', 'regex')),
  link: optional(text('where the link leads', 'text')),
  names: optional(names('the names, in any order')),
  includes: optional(names('names that are among them; paths for tree')),
  excludes: optional(names('names that are not among them; paths for tree')),
  hex: optional(text('the bytes that came back', 'hex')),
  arg: optional(
    either('the argument that came back', integer('a number'), text('a string', 'text')),
  ),
  values: optional(
    mapOf(word(SYMBOL_VALUES, 'its value; none: there is no such symbol'), 'values of symbols'),
  ),
  state: optional(word(TASK_STATES, 'the state of the task')),
  result: optional(
    either('what the call of the task came to', text('an errno or "success"'), number),
  ),
};

const exactly = names('exactly these names, in any order');

/** What is expected in one profile. */
const single = either(
  'what must come back',
  outcome,
  number,
  exactly,
  object(details, 'several properties of the answer'),
);

/** What is expected of a call; absent: that it succeeds. */
export const Expect = either(
  'what must come back; absent: success',
  outcome,
  number,
  exactly,
  object(
    {
      ...details,
      'by-profile': optional(
        mapOf(
          single,
          'where eras differ: profiles (linux-6.1 | ..series-11 | "a, b..") and what is expected in them; "otherwise" is the rest',
        ),
      ),
    },
    'several properties of the answer, or by-profile',
  ),
);
