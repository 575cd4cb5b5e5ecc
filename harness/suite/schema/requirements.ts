/** The schema of `suites/requirements.yaml`. */
import { list, object, optional, text, word, type Static } from '../builders.js';

const Requirement = object(
  {
    id: text('unique, never reused', 'requirement-id'),
    text: text('one sentence in our own words', 'sentence'),
    level: word(['MUST', 'SHOULD', 'MAY'], 'how binding it is'),
    source: text('seed and message, or kernel file, function and version', 'sentence'),
    profiles: optional(
      list(text('profile or range', 'profiles'), 'where it holds; absent: in all'),
    ),
  },
  'one requirement',
);

export const Requirements = list(Requirement, 'what an implementation must do, and why');

export type RawRequirements = Static<typeof Requirements>;
