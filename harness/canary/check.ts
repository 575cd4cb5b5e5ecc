/**
 * Run behind the tests: fails unless the coverage report knows that one function of the canary was
 * called and the other one wasn't.
 */
import { readFileSync } from 'node:fs';

interface FileCoverage {
  fnMap: Record<string, { name: string }>;
  f: Record<string, number>;
}

const report = JSON.parse(readFileSync('coverage/coverage-final.json', 'utf8')) as Record<
  string,
  FileCoverage
>;
const [, canary] =
  Object.entries(report).find(([file]) => file.endsWith('harness/canary/canary.ts')) ?? [];
const calls = (name: string): number | undefined => {
  const id = Object.entries(canary?.fnMap ?? {}).find(([, fn]) => fn.name === name)?.[0];
  return id === undefined ? undefined : canary?.f[id];
};

if (!(calls('called')! > 0) || calls('neverCalled') !== 0) {
  console.error('coverage: the canary is not as it must be, so the figures are not real');
  process.exitCode = 1;
}
