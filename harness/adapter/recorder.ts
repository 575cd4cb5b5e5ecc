/** Writes what an implementation answers as transcripts, one for each case and profile. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { TRACE_POINTS } from '../suite/trace-points.js';
import type { Adapter, AdapterFactory } from './adapter.js';
import type { Call, Reply } from './protocol.js';

type Case = Parameters<NonNullable<Adapter['begin']>>[0];

function headerLine({ id, title }: Case, { hello }: Adapter): string {
  return JSON.stringify({
    transcript: 1,
    scenario: id,
    title,
    kernel: `${hello.name} ${hello.version}`.trim(),
    profile: hello.profile,
    points: TRACE_POINTS,
    modules: [],
    case: id,
    hello,
  });
}

/** An adapter that keeps what is called and answered. What ends in a fault is no recording. */
class Recorder implements Adapter {
  readonly finish: NonNullable<Adapter['finish']> | undefined;
  private lines: string[] = [];
  private current: Case | undefined;

  constructor(
    private readonly inner: Adapter,
    private readonly folder: string,
  ) {
    this.finish = inner.finish?.bind(inner);
  }

  get hello(): Adapter['hello'] {
    return this.inner.hello;
  }

  get ahead(): boolean {
    return this.inner.ahead ?? false;
  }

  lacks(caseId: string): string | undefined {
    return this.inner.lacks?.(caseId);
  }

  begin(compiled: Case): void {
    this.flush();
    this.inner.begin?.(compiled);
    this.current = compiled;
    this.lines = [headerLine(compiled, this.inner)];
  }

  async call(call: Call): Promise<Reply> {
    try {
      const reply = await this.inner.call(call);
      // Every replay begins with a reset of its own.
      if (call.method !== 'reset') this.keep(call, reply);
      return reply;
    } catch (error) {
      this.current = undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    this.flush();
    await this.inner.close();
  }

  private keep({ method, params }: Call, { answer, events }: Reply): void {
    this.lines.push(
      JSON.stringify({ call: { method, params } }),
      JSON.stringify({ result: answer, events }),
    );
  }

  private flush(): void {
    const { current, inner } = this;
    if (current === undefined || this.lines.length < 2) return;
    const file = join(this.folder, inner.hello.profile, `${current.id}.ndjson`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${this.lines.join('\n')}\n`);
    this.current = undefined;
  }
}

/** A factory of adapters that write their recordings below `folder`. */
export function recorded(factory: AdapterFactory, folder: string): AdapterFactory {
  return async (profile) => new Recorder(await factory(profile), folder);
}
