/**
 * Cuts a stream of bytes into lines of bounded length. (Libraries that do this keep a line of any
 * length in memory before they complain, or take half a line at the end for a whole one.)
 */
const LINE_FEED = 0x0a;

export class LineSplitter {
  private parts: Buffer[] = [];
  private length = 0;

  /** @param limit the most bytes of a line */
  constructor(
    private readonly limit: number,
    private readonly onLine: (line: Buffer) => void,
    private readonly onTooLong: () => void,
  ) {}

  /** Bytes behind the last line feed. */
  get rest(): number {
    return this.length;
  }

  /** Takes what came; what follows a line that is too long is dropped. */
  push(chunk: Buffer): void {
    let start = 0;
    for (let end; (end = chunk.indexOf(LINE_FEED, start)) >= 0; start = end + 1) {
      if (!this.keep(chunk.subarray(start, end))) return;
      const line = this.parts.length === 1 ? this.parts[0]! : Buffer.concat(this.parts);
      this.clear();
      this.onLine(line);
    }
    if (start < chunk.length) this.keep(chunk.subarray(start));
  }

  private keep(part: Buffer): boolean {
    this.length += part.length;
    if (this.length > this.limit) {
      this.clear();
      this.onTooLong();
      return false;
    }
    this.parts.push(part);
    return true;
  }

  private clear(): void {
    this.parts = [];
    this.length = 0;
  }
}
