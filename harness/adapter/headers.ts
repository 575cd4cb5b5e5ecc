/** Headers of requests, and how those that are secret stay so. */
import { HarnessError } from '../errors.js';
import type { AdapterOptions } from './options.js';

export interface Headers {
  headers: Record<string, string>;
  /** values that must never be shown */
  secrets: string[];
}

/** Headers that are ours to set. */
const RESERVED = ['content-type', 'content-length', 'mdev-session', 'host', 'connection'];

/** @throws HarnessError `E_USAGE` for a variable that isn't set, and for a header that is ours */
export function headersOf(
  { headers, secretHeaders }: Pick<AdapterOptions, 'headers' | 'secretHeaders'>,
  env: Readonly<Record<string, string | undefined>>,
): Headers {
  const secret = secretHeaders.map(([name, variable]): [string, string] => {
    const value = env[variable];
    if (value !== undefined && /^[\x20-\x7e]+$/.test(value)) return [name, value];
    const what = value === undefined ? 'has no' : 'has no value for a header in';
    throw new HarnessError(
      'E_USAGE',
      `the environment ${what} ${variable}, for the header ${name}`,
    );
  });
  const all = [...headers, ...secret];
  const taken = all.find(([name]) => RESERVED.includes(name.toLowerCase()));
  if (taken) throw new HarnessError('E_USAGE', `the header ${taken[0]} is set by mdevct itself`);
  return { headers: Object.fromEntries(all), secrets: secret.map(([, value]) => value) };
}

/** Whatever comes back may repeat what was sent: secrets are taken out, and their parts of a word, too. */
export function masker(secrets: readonly string[]): (text: string) => string {
  const hidden = secrets
    .flatMap((secret) => [secret, ...secret.split(/\s+/).filter((part) => part.length >= 8)])
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  const longestFirst = [...new Set(hidden)].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}
