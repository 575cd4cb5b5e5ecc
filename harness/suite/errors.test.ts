import { expect } from 'chai';
import { renderSuiteError, type SuiteError } from './errors.js';

const error: SuiteError = {
  code: 'E_SUITE_UNKNOWN_VERB',
  file: 'suites/a/b.yaml',
  line: 12,
  column: 9,
  message: 'craete is no verb',
  hint: 'did you mean create?',
  text: '      - craete: A',
  width: 6,
};

describe('rendering an error of a suite', () => {
  it('shows place, code, sentence, line, caret and hint', () => {
    expect(renderSuiteError(error).split('\n')).to.deep.equal([
      'suites/a/b.yaml:12:9 E_SUITE_UNKNOWN_VERB craete is no verb',
      '  12 |       - craete: A',
      '     |         ^^^^^^',
      '  hint: did you mean create?',
    ]);
  });

  it('cuts a long line around the caret', () => {
    const long = { ...error, text: `${'x'.repeat(5000)}HERE${'x'.repeat(5000)}`, column: 5001 };
    const [, line = '', caret = ''] = renderSuiteError(long).split('\n');
    expect(line.length).to.be.lessThan(120);
    expect(line.slice(caret.indexOf('^')).startsWith('HERE')).to.equal(true);
  });

  it('lets no control character of a file reach the terminal', () => {
    const evil = { ...error, text: '\u001b[2J- craete', message: 'a\u001b]0;x\u0007' };
    // eslint-disable-next-line no-control-regex
    expect(renderSuiteError(evil)).not.to.match(/[\u0000-\u0009\u000b-\u001f]/);
  });

  it('is one line where there is no place', () => {
    const whole = { code: error.code, file: 'x', line: 0, column: 1, message: 'y' };
    expect(renderSuiteError(whole)).to.equal('x E_SUITE_UNKNOWN_VERB y');
  });
});
