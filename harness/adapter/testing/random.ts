/** Numbers from 0 to below 1, the same for the same seed (Marsaglia's xorshift, 32 bits). */
export function random(seed: number): () => number {
  let state = (seed + 1) * 2654435761;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
