import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { MAIN } from './testing/mdevct.js';

function serve(args: readonly string[], input = '', env: Record<string, string> = {}) {
  return spawnSync(process.execPath, [MAIN, 'serve', ...args], {
    input,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
}

describe('mdevct serve', () => {
  it('answers over standard input and output, and ends with its input', () => {
    const request = { jsonrpc: '2.0', id: 1, method: 'hello', params: { protocol: 1 } };
    const { stdout, stderr, status } = serve(['--stdio'], `${JSON.stringify(request)}\n`);
    expect([stderr, status]).to.deep.equal(['', 0]);
    expect(JSON.parse(stdout)).to.have.nested.property('result.name', 'reference');
  });

  const refused: Record<string, [string[], RegExp]> = {
    'no way to talk': [[], /E_USAGE serve takes one of --stdio and --http/],
    'two ways to talk': [['--stdio', '--http'], /E_USAGE serve takes one of/],
    'a profile that there isn’t': [
      ['--stdio', '--profile', 'linux-9'],
      /E_PROFILE unknown profile/,
    ],
    'a port that there isn’t': [['--http', '--port', '65536'], /E_USAGE --port takes a number/],
    'a token that is not set': [
      ['--http', '--token-env', 'SERVE_TEST_NONE'],
      /E_USAGE the environment has no SERVE_TEST_NONE/,
    ],
    'all addresses without a token': [
      ['--http', '--port', '0', '--host', '0.0.0.0'],
      /E_USAGE others can reach 0\.0\.0\.0: --token-env must name a token/,
    ],
  };
  for (const [what, [args, sentence]] of Object.entries(refused)) {
    it(`refuses ${what}`, () => {
      const { stdout, stderr, status } = serve(args);
      expect([stdout, status]).to.deep.equal(['', 2]);
      expect(stderr).to.match(sentence);
    });
  }
});
