import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { AdapterFault } from '../../errors.js';
import type { Adapter } from '../adapter.js';
import type { Opened } from '../kinds.js';
import { DEFAULT_OPTIONS } from '../options.js';
import type { Call, Reply } from '../protocol.js';
import { open } from './open.js';
import { QEMU } from './qemu.js';

const STAND_IN = fileURLToPath(new URL('testing/qemu.js', import.meta.url));
const RESET: Call = { method: 'reset', params: {} };
const read = (path: string): Call => ({ method: 'read', params: { path } });

describe('a live kernel', function () {
  this.timeout(30_000);
  let dir: string;
  let opened: Opened;
  let adapter: Adapter;
  const before = { ...process.env };
  const ready = (): string => join(dir, 'mdev-conformance', '6.1', 'ready');
  const states = (): string[] => readdirSync(ready()).filter((name) => name.startsWith('state-'));
  const began = async (): Promise<string | undefined> =>
    ((await adapter.call(read('/began'))) as Reply).answer.data;

  async function faultAt(call: Call): Promise<AdapterFault> {
    try {
      await adapter.call(call);
    } catch (error) {
      return error as AdapterFault;
    }
    throw new Error('no fault');
  }

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'mdevct-test-'));
    mkdirSync(ready(), { recursive: true });
    const manifest = {
      version: '6.1',
      release: '6.1.0-test',
      profile: 'linux-6.1',
      vendors: ['mtty'],
    };
    writeFileSync(join(ready(), 'kernel.json'), JSON.stringify(manifest));
    const program = join(dir, QEMU);
    writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${STAND_IN}" "$@"\n`);
    chmodSync(program, 0o755);
    mkdirSync(join(dir, 'tmp'));
    process.env['PATH'] = `${dir}:${before['PATH'] ?? ''}`;
    process.env['XDG_CACHE_HOME'] = dir;
    process.env['TMPDIR'] = join(dir, 'tmp');
    opened = await open('6.1', { ...DEFAULT_OPTIONS, timeoutMs: 2000 });
    adapter = await opened.factory('linux-6.1');
  });

  afterEach(async () => {
    await opened.close();
    expect(readdirSync(join(dir, 'tmp')), 'what is left of machines').to.deep.equal([]);
    for (const name of ['PATH', 'XDG_CACHE_HOME', 'TMPDIR']) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
    rmSync(dir, { recursive: true });
  });

  it('plays the profile of its kernel, and says what it can do, before it boots', async () => {
    expect(await opened.profiles()).to.deep.equal(['linux-6.1']);
    expect(await opened.profiles(['linux-6.12'])).to.deep.equal([]);
    expect(adapter.hello).to.include({ version: '6.1.0-test', order: 'total', clock: 'real' });
    expect(adapter.hello.capabilities).to.include('vendor:mtty').and.not.include('references');
    expect(states()).to.deep.equal([]);
  });

  it('boots once, and begins each reset with the state of then', async () => {
    await adapter.call(RESET);
    expect(await began()).to.equal('restored');
    expect(states()).to.have.length(1);
    await adapter.call(RESET);
    expect(await began()).to.equal('restored');
  });

  it('makes events of what the guest recorded', async () => {
    await adapter.call(RESET);
    const { events } = (await adapter.call(read('/x'))) as Reply;
    expect(events).to.deep.equal([
      { ev: 'call', task: 'main', fn: 'device_del', args: { dev: 'A' } },
    ]);
  });

  it('refuses what is no call before it asks the kernel', async () => {
    const params = { path: '/x', colour: 'red' };
    const request = JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'read', params });
    const { id, error } = JSON.parse(await opened.exchange!(request, 2000)) as {
      id: number;
      error: { code: number; message: string };
    };
    expect([id, error.code]).to.deep.equal([7, -32602]);
    expect(error.message).to.match(/no parameter "colour"/);
    expect(states()).to.deep.equal([]);
  });

  it('boots anew when a saved state is of no use', async () => {
    await adapter.call(RESET);
    const [state] = states();
    writeFileSync(join(ready(), state!), 'of no use');
    await adapter.call(RESET);
    expect(await began()).to.equal('restored');
  });

  it('tells of a panic with the end of the console, and goes on', async () => {
    await adapter.call(RESET);
    const fault = await faultAt(read('/panic'));
    expect(fault.code).to.equal('E_ADAPTER_EXIT');
    expect(fault.stderr).to.match(/Kernel panic - not syncing: asked to/);
    await adapter.call(RESET);
    expect(await began()).to.equal('restored');
  });

  it('gives up a machine that hangs, or talks nonsense, and goes on', async () => {
    for (const [path, code] of [
      ['/hang', 'E_ADAPTER_TIMEOUT'],
      ['/nonsense', 'E_ADAPTER_JSON'],
    ] as const) {
      await adapter.call(RESET);
      expect((await faultAt(read(path))).code).to.equal(code);
    }
    await adapter.call(RESET);
    expect(await began()).to.equal('restored');
  });

  it('says which kernels there are, and how one is prepared', async () => {
    for (const [version, code, sentence] of [
      ['2.4', 'E_KERNEL', /one of 6\.1, 6\.12/],
      ['6.12', 'E_KERNEL_UNPREPARED', /mdevct kernel prepare 6\.12/],
    ] as const) {
      const error: unknown = await open(version, DEFAULT_OPTIONS).catch(
        (caught: unknown) => caught,
      );
      expect(error).to.have.property('code', code);
      expect(error).to.have.property('message').that.matches(sentence);
    }
  });
});
