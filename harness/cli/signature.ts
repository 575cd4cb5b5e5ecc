import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.js';

/** The version in package.json, read when it is asked for. */
export function version(): string {
  const text = readFileSync(join(ROOT, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** What a report of a bug must say of us and of where we run. */
export function signature(): string {
  const { platform, arch } = process;
  return `mdevct ${version()}, node ${process.version}, ${platform} ${arch}`;
}
