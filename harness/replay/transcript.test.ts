import { expect } from 'chai';
import { TranscriptError } from './error.js';
import { parseTranscript } from './transcript.js';

const HEADER = JSON.stringify({
  transcript: 1,
  scenario: 's',
  title: '',
  kernel: '0',
  profile: 'linux-6.1',
  points: [],
  modules: [],
});
const CALL = '{"call":{"method":"read","params":{"path":"/a"}}}';
const RESULT = '{"result":{"errno":"ENOENT"},"events":[]}';

function parse(...lines: string[]) {
  return parseTranscript(lines.map((line) => `${line}\n`).join(''), 'f');
}

describe('parseTranscript', () => {
  it('says of each call where it stands and to which step it belongs', () => {
    const { calls } = parse(HEADER, CALL, RESULT, '{"step":"one"}', CALL, RESULT, CALL, RESULT);
    expect(calls.map(({ line, step }) => [line, step])).to.deep.equal([
      [2, undefined],
      [5, 'one'],
      [7, 'one'],
    ]);
    expect(calls[0]!.answer).to.deep.equal({ errno: 'ENOENT' });
  });

  const places: Record<string, [string[], string]> = {
    'a line of another kind': [[HEADER, CALL, CALL], 'f:3: a call where a result must stand'],
    'a file that ends': [[HEADER, CALL], 'f:2: the file ends after this line, where a result must'],
    'a bad parameter': [
      [HEADER, CALL.replace('/a', 'a')],
      "f:2: params of read: path: expected string to match '^/'",
    ],
    'a bad event': [
      [HEADER, CALL, RESULT.replace('[]', '[{"ev":"log","task":"main","level":6}]')],
      'f:3: event 1, log: message: expected required property',
    ],
  };
  for (const [what, [lines, message]] of Object.entries(places)) {
    it(`names the line of ${what}`, () => {
      expect(() => parse(...lines)).to.throw(TranscriptError, message);
    });
  }

  it('takes nothing but the whole for the whole', () => {
    const text = `${HEADER}\n${CALL}\n${RESULT}`;
    for (let length = 0; length < text.length; length++) {
      expect(() => parseTranscript(text.slice(0, length), 'f'), String(length))
        .to.throw(TranscriptError)
        .with.property('code')
        .match(/^E_TRANSCRIPT_(EMPTY|TRUNCATED)$/);
    }
    expect(parseTranscript(text, 'f').calls).to.have.length(1);
  });
});
