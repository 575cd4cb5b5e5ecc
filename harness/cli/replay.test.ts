import { expect } from 'chai';
import { Command } from 'commander';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import { altered } from '../replay/testing/alter.js';
import { KERNEL } from '../replay/testing/kernel.js';
import { define } from './replay.js';

const ORIGINAL = join(KERNEL, 'linux-6.1/lifecycle-mtty.ndjson');

/** Runs the command as main.ts does, and keeps what it says. */
async function mdevctReplay(...argv: string[]) {
  const said = { out: '', err: '', status: -1 };
  const command = new Command('replay')
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  define(command, {
    terminal: {
      out: (text) => (said.out += text),
      err: (text) => (said.err += text),
      width: 120,
      colours: pc.createColors(false),
      interactive: false,
    },
    action:
      (run) =>
      async (...args) => {
        said.status = await run(...args);
      },
  });
  await command.parseAsync(argv, { from: 'user' });
  return said;
}

describe('mdevct replay', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'replay-'))));
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  function write(step: string, change: Parameters<typeof altered>[2]): string {
    const file = join(root, 'altered.ndjson');
    writeFileSync(file, altered(ORIGINAL, step, change));
    return file;
  }

  const another: Record<number, () => string> = {
    1: () => write('create', ({ result }) => (result.ret = 35)),
    2: () =>
      write('remove', ({ events }) => {
        const event = events.find(({ ev }) => ev === 'uevent');
        if (event?.ev === 'uevent') event.action = 'change';
      }),
    3: () => write('rmmod mtty', ({ events }) => events.push(events.shift()!)),
  };
  const STEPS = ['', 'create', 'remove', 'rmmod mtty'];

  it('holds at every level for what was recorded, whatever the folder', async () => {
    copyFileSync(ORIGINAL, join(root, 'a.ndjson'));
    const { out, err, status } = await mdevctReplay(root, ORIGINAL);
    expect(out + err).to.equal('2 files: L1 2, L2 2, L3 2\n');
    expect(status).to.equal(0);
  });

  for (const level of [1, 2, 3]) {
    it(`sees at level ${level} that a copy was altered, and in which step`, async () => {
      const file = another[level]!();
      for (const asked of [1, 2, 3]) {
        const { out, status } = await mdevctReplay(file, '--json', '--level', String(asked));
        const { results } = JSON.parse(out) as { results: Record<string, unknown>[] };
        const step = asked < level ? undefined : STEPS[level];
        expect([status, results[0]!['level'], results[0]!['step']]).to.deep.equal([
          asked < level ? 0 : 1,
          level - 1,
          step,
        ]);
      }
      expect((await mdevctReplay(file)).out).to.contain(`  step       ${STEPS[level]!}\n`);
    });
  }

  it('goes on when a file cannot be read, and says so at the end', async () => {
    const truncated = join(root, 'truncated.ndjson');
    writeFileSync(truncated, '{"transcript":');
    const { out, err, status } = await mdevctReplay(truncated, ORIGINAL, join(root, 'no'));
    expect(out).to.equal('3 files: L1 1, L2 1, L3 1; 2 could not be judged\n');
    expect(err).to.contain(`${truncated}:1 E_TRANSCRIPT_TRUNCATED `);
    expect(err).to.contain(`${join(root, 'no')}:1 E_TRANSCRIPT_UNREADABLE `);
    expect(status).to.equal(2);
  });

  it('replays on another profile', async () => {
    const { out, status } = await mdevctReplay(ORIGINAL, '--profile', 'linux-6.12');
    expect(out).to.contain(': L2 holds, L3 does not\n');
    expect(status).to.equal(1);
  });

  it('refuses what there is not', async () => {
    const fail = (...argv: string[]): Promise<unknown> =>
      mdevctReplay(...argv).catch((error: unknown) => error);
    expect(await fail(ORIGINAL, '--profile', 'x')).to.have.property('code', 'E_PROFILE');
    expect(await fail(ORIGINAL, '--level', '4')).to.have.property(
      'code',
      'commander.invalidArgument',
    );
    expect(await fail()).to.have.property('code', 'commander.missingArgument');
  });
});
