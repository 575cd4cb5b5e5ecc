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

/** What is shorter stands in other words, too, and can't be taken out of them. */
const SHORTEST = 8;
const isLong = ({ length }: string): boolean => length >= SHORTEST;

const unfit = (what: string, variable: string, name: string): HarnessError =>
  new HarnessError('E_USAGE', `the environment ${what} ${variable}, for the header ${name}`);

/** @throws HarnessError `E_USAGE` for a variable that isn't set or holds no secret, and for a header that is ours */
export function headersOf(
  { headers, secretHeaders }: Pick<AdapterOptions, 'headers' | 'secretHeaders'>,
  env: Readonly<Record<string, string | undefined>>,
): Headers {
  const secret = secretHeaders.map(([name, variable]): [string, string] => {
    const value = env[variable];
    if (value === undefined) throw unfit('has no', variable, name);
    if (!/^[\x20-\x7e]+$/.test(value)) throw unfit('has no value for a header in', variable, name);
    if (!isLong(value)) throw unfit(`has less than ${SHORTEST} characters in`, variable, name);
    return [name, value];
  });
  const all = [...headers, ...secret];
  const taken = all.find(([name]) => RESERVED.includes(name.toLowerCase()));
  if (taken) throw new HarnessError('E_USAGE', `the header ${taken[0]} is set by mdevct itself`);
  return { headers: Object.fromEntries(all), secrets: secret.map(([, value]) => value) };
}

/**
 * Whatever comes back may repeat what was sent, and end up in a fault, a report or a recording: secrets
 * are taken out before it is read, and their parts of a word, too. (As bytes: secrets are ASCII, and what
 * comes may be anything.)
 */
export function masker(secrets: readonly string[]): (bytes: Buffer) => Buffer {
  const hidden = secrets
    .flatMap((secret) => [secret, ...secret.split(/\s+/).filter(isLong)])
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  if (hidden.length === 0) return (bytes) => bytes;
  const longestFirst = [...new Set(hidden)].sort((a, b) => b.length - a.length);
  return (bytes) => {
    const text = bytes.toString('latin1');
    const masked = longestFirst.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
    return masked === text ? bytes : Buffer.from(masked, 'latin1');
  };
}
