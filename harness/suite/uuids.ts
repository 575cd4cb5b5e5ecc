/**
 * The uuids that stand behind the letters of a case. Fixed, so that runs can be compared; sorted as
 * their letters are, so that sorted lists read A, B, C; with digits that have an upper-case form, so
 * that `{A^}` differs from `{A}`.
 */
export const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

function uuidAt(index: number): string {
  const ordinal = String(index + 1).padStart(2, '0');
  return `${ordinal}abcdef-0000-4000-8000-0000000000${ordinal}`;
}

/** Letter → uuid: `A` is 01abcdef-0000-4000-8000-000000000001, `Z` 26abcdef-…26. */
export const UUIDS: Readonly<Record<string, string>> = Object.fromEntries(
  LETTERS.map((letter, index) => [letter, uuidAt(index)]),
);

const PLACEHOLDER = /\{([A-Z])(\^?)\}/g;
/** Nearly a placeholder: nobody writes that to a file of the kernel on purpose. */
const NEAR_MISS = /\{(?:[a-z]|[A-Z][0-9])\^?\}|\{[A-Za-z](?::|-)upper\}|\{\^[A-Z]\}/;
const LETTER_FROM = new Map(LETTERS.map((letter) => [UUIDS[letter]!, letter]));
const ANY_UUID = /[0-9]{2}abcdef-0000-4000-8000-0000000000[0-9]{2}/gi;

/** Replaces `{A}` by the uuid of A and `{A^}` by its upper-case form. */
export function substitute(text: string): string {
  if (!text.includes('{')) return text;
  return text.replace(PLACEHOLDER, (_, letter: string, upper: string) => {
    const uuid = UUIDS[letter]!;
    return upper === '' ? uuid : uuid.toUpperCase();
  });
}

/** The uuid of a field that holds a letter, or a text with placeholders. */
export function uuidOf(field: string): string {
  return UUIDS[field] ?? substitute(field);
}

/** The first part of `text` that looks like a placeholder and is none. */
export function nearMiss(text: string): string | undefined {
  return text.includes('{') ? NEAR_MISS.exec(text)?.[0] : undefined;
}

/** Whether the text holds `{A}` or `{A^}`. */
export function hasPlaceholder(text: string): boolean {
  return text.search(PLACEHOLDER) >= 0;
}

/** The inverse of {@link substitute}, for messages: uuids as letters, in both cases. */
export function withLetters(text: string): string {
  return text.replace(ANY_UUID, (uuid) => LETTER_FROM.get(uuid.toLowerCase()) ?? uuid);
}

/** Adds to `found` each letter whose uuid occurs in `text`, in either case. */
export function collectLetters(text: string, found: Set<string>): void {
  for (const [uuid] of text.matchAll(ANY_UUID)) {
    const letter = LETTER_FROM.get(uuid.toLowerCase());
    if (letter !== undefined) found.add(letter);
  }
}

/** Canonical events write the uuid of A as a bare A; so do patterns, with or without braces. */
export const bare = (text: string): string => text.replace(/\{([A-Z])\}/g, '$1');
