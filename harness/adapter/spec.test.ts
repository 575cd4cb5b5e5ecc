import { expect } from 'chai';
import { HarnessError } from '../errors.js';
import { parseSpec } from './spec.js';

describe('parseSpec', () => {
  const good: Record<string, [string, string]> = {
    reference: ['reference', ''],
    'reference:linux-6.1': ['reference', 'linux-6.1'],
    'exec:./device --at 1:2': ['exec', './device --at 1:2'],
    'http://[::1]:80/x': ['http', 'http://[::1]:80/x'],
    'https://host/': ['https', 'https://host/'],
    'module:./x.js': ['module', './x.js'],
  };
  for (const [text, [kind, target]] of Object.entries(good)) {
    it(`reads ${text}`, () => {
      expect(parseSpec(text)).to.deep.equal({ kind, target, text, shown: text });
    });
  }

  it('shows no query of a URL', () => {
    const { target, shown } = parseSpec('https://host/a?key=secret#x');
    expect(target).to.contain('?key=secret');
    expect(shown).to.equal('https://host/a');
  });

  for (const text of ['', ':', 'exec', 'exec:', 'module:', 'Exec:x', 'ftp://x', 'toString:x']) {
    it(`refuses ${JSON.stringify(text)} and names the forms`, () => {
      expect(() => parseSpec(text))
        .to.throw(HarnessError, /is no adapter; it is one of reference\[:profile\], exec:/)
        .with.property('code', 'E_USAGE');
    });
  }
});
