/** How a command ends: as expected, not as expected, or not at all. */
export const Exit = { ok: 0, unexpected: 1, unusable: 2 } as const;
export type Exit = (typeof Exit)[keyof typeof Exit];
