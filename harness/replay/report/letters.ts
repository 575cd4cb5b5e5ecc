import { placeholders } from '../../trace/placeholders.js';

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const ALPHABET = 26;

/** A … Z, A1 … Z1, and so on. */
function letter(index: number): string {
  const round = Math.floor(index / ALPHABET);
  return String.fromCharCode(0x41 + (index % ALPHABET)) + (round === 0 ? '' : String(round));
}

/** Uuids as letters, as goldens write them, and what the letters stand for. */
export interface Letters {
  write(text: string): string;
  /** letter → uuid, in the order in which they came */
  uuids: Readonly<Record<string, string>>;
}

/** Gives each uuid in `texts` a letter, in the order in which they come. */
export function lettersFor(texts: readonly string[]): Letters {
  const found = new Set(
    texts.flatMap((text) => text.match(UUID) ?? []).map((u) => u.toLowerCase()),
  );
  const uuids = Object.fromEntries([...found].map((uuid, index) => [letter(index), uuid]));
  return { write: placeholders(uuids).toLetters, uuids };
}
