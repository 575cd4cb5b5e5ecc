import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { HarnessError } from '../errors.js';
import { carryOut } from './carry-out.js';
import { run, type Run } from './runner.js';
import type { Step } from './step.js';

describe('carryOut', () => {
  let dir: string;
  const at = (name: string): string => join(dir, name);
  const put = (name: string, text: string): void => writeFileSync(at(name), text);
  const got = (name: string): string => readFileSync(at(name), 'utf8');
  const steps = (...list: Step[]): Promise<void> =>
    carryOut([{ title: 'it', steps: list }], run, () => undefined);

  async function failure(...list: Step[]): Promise<HarnessError> {
    try {
      await steps(...list);
    } catch (error) {
      return error as HarnessError;
    }
    throw new Error('it went well');
  }

  beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'mdevct-kernel-'))));
  afterEach(() => rmSync(dir, { recursive: true }));

  it('tells each title before its steps', async () => {
    const told: string[] = [];
    const stages = ['a', 'b'].map((title) => ({
      title,
      steps: [{ do: 'write', path: at(title), text: '' } satisfies Step],
    }));
    await carryOut(stages, run, (title) => {
      expect(() => got(title)).to.throw('ENOENT');
      told.push(title);
    });
    expect(told).to.deep.equal(['a', 'b']);
    expect(got('b')).to.equal('');
  });

  it('runs commands in a row, in a folder, into a file', async () => {
    put('x', 'one\ntwo\n');
    await steps({
      do: 'run',
      commands: [
        ['cat', 'x'],
        ['grep', 'w'],
      ],
      cwd: dir,
      into: at('out'),
    });
    expect(got('out')).to.equal('two\n');
  });

  it('tells which command of a row failed, and what it said', async () => {
    const error = await failure({
      do: 'run',
      commands: [['sh', '-c', 'echo no disk >&2; exit 3'], ['cat']],
    });
    expect(error.code).to.equal('E_KERNEL_COMMAND');
    expect(error.message).to.equal(
      'sh -c echo no disk >&2; exit 3 ended with status 3; it said:\nno disk',
    );
  });

  it('tells of a command that is not there', async () => {
    const error = await failure({ do: 'run', commands: [['no-such-program']] });
    expect(error.message).to.match(/^no-such-program cannot be run: .*ENOENT/);
  });

  it('does nothing behind a step that failed', async () => {
    await failure({ do: 'run', commands: [['false']] }, { do: 'write', path: at('x'), text: '' });
    expect(() => got('x')).to.throw('ENOENT');
  });

  it('replaces bytes that are there once, and no others', async () => {
    writeFileSync(at('x'), Buffer.from([0xff, 0x41, 0x42, 0x00]));
    await steps({ do: 'replace', path: at('x'), from: 'AB', to: 'CD' });
    expect([...readFileSync(at('x'))]).to.deep.equal([0xff, 0x43, 0x44, 0x00]);
    for (const [text, times] of [
      ['a', 0],
      ['ABAB', 2],
    ] as const) {
      put('x', text);
      const error = await failure({ do: 'replace', path: at('x'), from: 'AB', to: 'CD' });
      expect(error.message).to.equal(`${at('x')} has "AB" ${times} times, not once`);
    }
  });

  it('puts modules, whatever their place and however they are packed', async () => {
    mkdirSync(at('lib/deep'), { recursive: true });
    mkdirSync(at('m'));
    put('lib/deep/virtio-pci.ko', 'plain');
    put('lib/mdev.ko.xz', '');
    const noting: Run = async ([command], { into } = {}) => {
      writeFileSync(into!, command!.join(' '));
      return '';
    };
    const both: Step[] = [
      { do: 'modules', names: ['mdev'], below: at('lib'), into: at('m') },
      {
        do: 'loadable',
        names: ['virtio', 'virtio_pci'],
        below: at('lib'),
        into: at('m'),
        list: at('list'),
      },
    ];
    await carryOut([{ title: 'it', steps: both }], noting, () => undefined);
    expect(got('m/mdev.ko')).to.equal(`xz -d -c ${at('lib/mdev.ko.xz')}`);
    expect(got('m/virtio_pci.ko')).to.equal(`cat ${at('lib/deep/virtio-pci.ko')}`);
    expect(got('list')).to.equal('/m/virtio_pci.ko\n');
  });

  it('misses modules that must be there', async () => {
    const error = await failure({ do: 'modules', names: ['mdev', 'vfio'], below: dir, into: dir });
    expect(error.message).to.match(/no module mdev, vfio; flavours for clouds have none$/);
  });

  it('puts a folder in the place of another', async () => {
    mkdirSync(at('old'));
    mkdirSync(at('new'));
    put('old/x', '1');
    put('new/y', '2');
    await steps({ do: 'replace-folder', from: at('new'), to: at('old') });
    expect(got('old/y')).to.equal('2');
    expect(() => got('old/x')).to.throw('ENOENT');
  });
});
