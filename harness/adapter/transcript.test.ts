import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { AdapterFault } from '../errors.js';
import { TranscriptError } from '../replay/error.js';
import type { Adapter } from './adapter.js';
import { DEFAULT_OPTIONS } from './options.js';
import type { Call } from './protocol.js';
import { recorded } from './recorder.js';
import { reference } from './reference.js';
import { open } from './transcript.js';

const RESET: Call = { method: 'reset', params: {} };
const INSMOD: Call = { method: 'insmod', params: { module: 'mdev' } };
const LIST: Call = { method: 'list', params: { path: '/sys/bus/mdev/devices' } };
const CASE = { id: 'area.one', title: 'One' };

describe('transcript:', () => {
  let dir: string;
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'transcript-'));
    const adapter = await recorded(reference, dir)('linux-6.12');
    adapter.begin!(CASE);
    for (const call of [RESET, INSMOD, LIST]) await adapter.call(call);
    adapter.begin!({ id: 'area.faulty', title: 'Faulty' });
    await adapter.call(RESET);
    await fault(adapter, { method: 'task', params: { task: 'nobody' } });
    await adapter.close();
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  async function fault(adapter: Adapter, call: Call): Promise<unknown> {
    try {
      await adapter.call(call);
    } catch (error) {
      return error;
    }
    throw new Error('no fault');
  }
  const file = (): string => join(dir, 'linux-6.12', 'area.one.ndjson');
  const edit = (from: string, to: string, into = file()): void =>
    writeFileSync(into, readFileSync(file(), 'utf8').replace(from, to));
  async function refusal(path = dir): Promise<TranscriptError> {
    const error = await open(path, DEFAULT_OPTIONS).catch((e: unknown) => e);
    expect(error).to.be.instanceOf(TranscriptError);
    return error as TranscriptError;
  }
  async function player(): Promise<Adapter> {
    const adapter = await (await open(dir, DEFAULT_OPTIONS)).factory('linux-6.12');
    adapter.begin?.(CASE);
    return adapter;
  }

  it('has what came to its end, and nothing that ended in a fault', () => {
    expect(readdirSync(join(dir, 'linux-6.12'))).to.deep.equal(['area.one.ndjson']);
  });

  it('answers as it was answered, as often as it is asked', async () => {
    const direct = await reference('linux-6.12');
    const adapter = await player();
    expect(adapter.hello).to.deep.equal(direct.hello);
    for (let round = 0; round < 2; round++) {
      for (const call of [RESET, INSMOD, LIST]) {
        const { answer, events } = await adapter.call(call);
        expect({ answer, events }).to.deep.equal(await direct.call(call));
      }
    }
    await adapter.close();
  });

  it('has the profiles that were recorded', async () => {
    const { profiles, factory } = await open(dir, DEFAULT_OPTIONS);
    expect(await profiles()).to.deep.equal(['linux-6.12']);
    expect(await profiles(['linux-6.1'])).to.deep.equal([]);
    expect(() => factory('linux-6.1')).to.throw(AdapterFault, 'no recording is of linux-6.1');
  });

  it('says which cases it has no recording of', async () => {
    const adapter = await player();
    expect(adapter.lacks?.('area.one')).to.equal(undefined);
    expect(adapter.lacks?.('area.two')).to.equal('for lack of a recording');
  });

  it('takes another call for a fault, and one call more', async () => {
    const adapter = await player();
    await adapter.call(RESET);
    const other = (await fault(adapter, LIST)) as AdapterFault;
    expect(other.code).to.equal('E_TRANSCRIPT_CALL');
    expect(other.message).to.match(/^list .* was not recorded: .*one\.ndjson:2 has insmod mdev/);
    const more = (await fault(await player(), LIST)) as AdapterFault;
    expect(more.code).to.equal('E_TRANSCRIPT_CALL');
    const last = await player();
    for (const call of [RESET, INSMOD, LIST]) await last.call(call);
    expect(((await fault(last, LIST)) as AdapterFault).message).to.contain('has no further call');
  });

  it('is a fault where the recording is broken', async () => {
    edit('"ret":0', '"ret":"0"');
    const { factory } = await open(dir, DEFAULT_OPTIONS);
    const adapter = await factory('linux-6.12');
    expect(() => adapter.begin?.(CASE)).to.throw(TranscriptError, /ndjson:3: result: ret/);
  });

  it('refuses two recordings of one case and profile', async () => {
    edit('', '', join(dir, 'again.ndjson'));
    expect(await refusal()).to.include({ code: 'E_TRANSCRIPT_HEADER' });
    expect((await refusal()).message).to.contain('is of the same case and profile');
  });

  it('refuses recordings of two implementations', async () => {
    edit('"name":"reference"', '"name":"other"', join(dir, 'other.ndjson'));
    expect((await refusal()).message).to.contain('another implementation than the recordings');
  });

  it('refuses a header that contradicts itself', async () => {
    edit('"profile":"linux-6.12"', '"profile":"linux-6.1"');
    expect((await refusal()).message).to.contain('is of linux-6.1, its hello of linux-6.12');
  });

  it('refuses what is of no case', async () => {
    edit('"case":"area.one",', '');
    expect(await refusal()).to.include({ code: 'E_TRANSCRIPT_CASE' });
  });
});
