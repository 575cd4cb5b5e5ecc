/** "Did you mean": the nearest word of a vocabulary. */

/** Edit distance where swapping two neighbours counts once; stops counting beyond `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(change, row[j]! + 1, next[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, before[j - 2]! + 1);
      }
      next.push(best);
    }
    [before, row] = [row, next];
  }
  return row[b.length]!;
}

const LONGEST_SUGGESTED = 64;

/** The word nearest to `typed`, if one is near enough to be meant. */
export function nearest(typed: string, words: Iterable<string>): string | undefined {
  if (typed.length > LONGEST_SUGGESTED) return undefined;
  const low = typed.toLowerCase();
  const limit = Math.min(typed.length - 1, Math.max(1, Math.floor(typed.length / 3)));
  let best: { word: string; far: number } | undefined;
  for (const word of words) {
    const far = distance(low, word.toLowerCase(), limit);
    if (far <= limit && (best === undefined || far < best.far)) best = { word, far };
  }
  return best?.word;
}

/**
 * A hint for an unknown word.
 * @param shortList where nothing is near, lists the words if they are few
 */
export function didYouMean(
  typed: string,
  words: readonly string[],
  shortList = 14,
): string | undefined {
  const word = nearest(typed, words);
  if (word !== undefined) return `did you mean ${word}?`;
  if (words.length > 0 && words.length <= shortList) return `it is one of ${words.join(', ')}`;
  return undefined;
}
