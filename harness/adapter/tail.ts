/** The end of a stream of bytes. */
export class Tail {
  private parts: Buffer[] = [];
  private length = 0;

  /** @param limit the most bytes that are kept */
  constructor(private readonly limit: number) {}

  push(chunk: Buffer): void {
    this.parts.push(chunk);
    this.length += chunk.length;
    // Now and then, so that many small pieces cost little; the memory stays bounded.
    if (this.length > 2 * this.limit) this.compact();
  }

  /** A character that is cut at the start of it is left out. */
  get text(): string {
    this.compact();
    const [bytes = Buffer.alloc(0)] = this.parts;
    return bytes.toString('utf8').replace(/^\ufffd+/, '');
  }

  private compact(): void {
    const bytes = Buffer.concat(this.parts).subarray(-this.limit);
    this.parts = [Buffer.from(bytes)];
    this.length = bytes.length;
  }
}
