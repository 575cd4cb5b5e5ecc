/** What the user may say about an adapter, as plain data: it crosses threads as it is. */
export interface AdapterOptions {
  /** the most that a call may take; on a real clock, what it lets pass comes on top */
  timeoutMs: number;
  /** start anew before each case */
  isolate: boolean;
  /** of requests over HTTP: name and value */
  headers: readonly (readonly [name: string, value: string])[];
  /** the same for secrets: name, and the environment variable with the value */
  secretHeaders: readonly (readonly [name: string, variable: string])[];
  /** folder for recordings of the run */
  saveTranscripts?: string;
}

export const DEFAULT_OPTIONS: AdapterOptions = {
  timeoutMs: 10_000,
  isolate: false,
  headers: [],
  secretHeaders: [],
};
