import type { IncomingMessage } from 'node:http';

/**
 * The body of a message.
 * @param limit the most bytes; what comes beyond is not kept
 * @returns undefined if it has more
 */
export async function readBody(
  message: IncomingMessage,
  limit: number,
): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  // Who sent too much must still be able to read why it is refused.
  for await (const part of message.iterator({ destroyOnReturn: false })) {
    length += (part as Buffer).length;
    if (length > limit) return undefined;
    parts.push(part as Buffer);
  }
  return parts.length === 1 ? parts[0] : Buffer.concat(parts);
}
