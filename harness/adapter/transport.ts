/** A way of getting a request to an implementation outside of this process, and its response back. */
export interface Transport {
  /** How often it was started, or reached anew: what was said to the one before is forgotten. */
  readonly generation: number;
  /** whether requests may be sent before those before them are answered */
  readonly ahead: boolean;
  /**
   * Sends a request and waits for the response to it.
   * @param request one JSON object
   * @param ms the most that it may take
   * @throws AdapterFault `E_ADAPTER_…`
   */
  exchange(request: string, ms: number): Promise<string>;
  /** Ends what is there; the next exchange starts anew. */
  restart(): void;
  /** The end of what the implementation said beside its responses. */
  readonly notes?: string;
  /** Ends the implementation, or leaves it. */
  close(): Promise<void>;
}

/** The most of a response, in bytes: what is longer is a fault, and is not kept. */
export const RESPONSE_LIMIT = 16 * 1024 * 1024;

const SHOWN = 120;

/** The start of what came, on one line, for a sentence. */
export function excerpt(text: string): string {
  const start = text.slice(0, SHOWN);
  return JSON.stringify(start) + (text.length > SHOWN ? '…' : '');
}
