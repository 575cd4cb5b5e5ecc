import { expect } from 'chai';
import { firstMissing } from './examples.js';
import { refreshedDocument, refreshedOutput } from './refresh.js';

const printed = `head: 12 cases
  10  the same
   2  the result
   1  the log

 1  first
    a
    b

 2  second
    a
    b
total in 0.42 s
`;

describe('refreshedOutput', () => {
  const refreshed = (...shown: string[]): string[] => {
    const fresh = refreshedOutput(shown, printed);
    expect(firstMissing(fresh, printed)).to.equal(undefined);
    return fresh;
  };

  it('shows all that is printed where nothing is left out', () => {
    expect(refreshed('head: 9 cases', 'gone').slice(0, 3)).to.deep.equal([
      'head: 12 cases',
      '  10  the same',
      '   2  the result',
    ]);
  });

  it('keeps the ellipses, and finds its lines whatever their numbers and widths are', () => {
    expect(
      refreshed('head: 9 cases', ' 9  the same', ' 1  the log', '…', '4  second', '   a', '…'),
    ).to.deep.equal([
      'head: 12 cases',
      '  10  the same',
      '   2  the result',
      '   1  the log',
      '…',
      ' 2  second',
      '    a',
      '…',
    ]);
  });

  it('takes what stands there unchanged for the beginning, not what looks like it', () => {
    const twice = 'x 1\nx 2\ny\n';
    expect(refreshedOutput(['…', 'x 2', '…'], twice)).to.deep.equal(['…', 'x 2', '…']);
  });

  it('ends behind as many lines like the last one as there were', () => {
    const shown = ['…', '1  first', '    a', '    b', '', '2  second', '    a', '    b', '…'];
    expect(refreshed(...shown)).to.have.length(shown.length);
  });

  it('keeps times, so that nothing changes for nothing', () => {
    expect(refreshed('…', 'total in 0.10 s')).to.deep.equal(['…', 'total in 0.10 s']);
  });

  for (const shown of [
    ['…', 'third', '…'],
    ['…', '1  first', '    z', '…'],
  ]) {
    it(`refuses what is printed no more: ${shown.join(' / ')}`, () => {
      expect(() => refreshedOutput(shown, printed)).to.throw(/^nothing like this is printed any/);
    });
  }
});

describe('refreshedDocument', () => {
  const text = 'a\n```console\n$ one\nold 1\n$ two\nold 2\n…\n```\nz\n';

  it('writes each output in its place and nothing else', async () => {
    const outputs: Record<string, string> = { one: 'new\nnew\n', two: 'old 3\nmore\n' };
    const fresh = await refreshedDocument(text, 'f', async (command) => outputs[command]!);
    expect(fresh).to.equal('a\n```console\n$ one\nnew\nnew\n$ two\nold 3\n…\n```\nz\n');
  });

  it('leaves an example alone that cannot be run here', async () => {
    expect(await refreshedDocument(text, 'f', async () => undefined)).to.equal(text);
  });

  it('says which example has to be mended', async () => {
    const failure = await refreshedDocument(text, 'f', async () => 'else\n').then(
      () => undefined,
      (error: Error) => error.message,
    );
    expect(failure).to.equal(
      'f:5: nothing like this is printed any more: old 2; mend the example by hand',
    );
  });
});
