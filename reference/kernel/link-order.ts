/** How many buckets the linker's table of symbols has. Source: GNU binutils, bfd/hash.c */
const BUCKETS = 4051;

/** The linker's hash of a symbol's name. Source: bfd_hash_hash(), GNU binutils, bfd/hash.c */
function bucket(symbol: string): number {
  let hash = 0;
  const mix = (value: number): void => {
    hash = (hash + value + value * 2 ** 17) >>> 0;
    hash = (hash ^ (hash >>> 2)) >>> 0;
  };
  for (let i = 0; i < symbol.length; i++) mix(symbol.charCodeAt(i));
  mix(symbol.length);
  return hash % BUCKETS;
}

/**
 * Sorts undefined symbols into the order in which a module's symbol table has them: `ld -r` writes
 * them as they stand in its hash table, and the loader resolves, and complains, in that order.
 */
export function link_order(symbols: readonly string[]): string[] {
  return [...symbols].sort((a, b) => bucket(a) - bucket(b));
}
