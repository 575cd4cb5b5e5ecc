/** The schema of a file of known failures. */
import { list, object, optional, text, type Static } from '../suite/builders.js';

const Entry = object(
  {
    case: text('id of the case that fails', 'case-id'),
    profiles: optional(
      list(text('profile or range', 'profiles'), 'where it fails; absent: in all profiles'),
    ),
    signature: text('how it fails; mdevct known propose writes it', 'signature'),
    reason: text('why it fails, and why that is accepted for now', 'sentence'),
    link: text('where the matter is followed: an issue, a message', 'link'),
    'review-by': text('the last day on which this entry counts', 'date'),
  },
  'one failure that is known',
);

export const KnownFailures = list(Entry, 'failures that are known, and accepted until a day');

export type RawKnownFailures = Static<typeof KnownFailures>;
