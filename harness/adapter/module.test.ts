import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { AdapterFault, HarnessError } from '../errors.js';
import type { Adapter } from './adapter.js';
import { open } from './module.js';
import { DEFAULT_OPTIONS } from './options.js';
import type { Call } from './protocol.js';

const KIT = fileURLToPath(new URL('testing/kit-module.js', import.meta.url));
const A = '01abcdef-0000-4000-8000-000000000001';
const B = '01abcdef-0000-4000-8000-000000000002';
const C = '01abcdef-0000-4000-8000-000000000003';
const TYPE = '/sys/class/mdev_bus/mtty/mdev_supported_types/mtty-2';
const DEVICES = '/sys/bus/mdev/devices';

const write = (path: string, data: string): Call => ({ method: 'write', params: { path, data } });
const create = (uuid: string, type = TYPE): Call => write(`${type}/create`, uuid);
const remove = (uuid: string, data = '1'): Call => write(`${DEVICES}/${uuid}/remove`, data);
const read = (path: string): Call => ({ method: 'read', params: { path } });
const list = (path: string): Call => ({ method: 'list', params: { path } });

async function rejected(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('it was not rejected'),
    (error: unknown) => error,
  );
}

describe('module:', () => {
  describe('made with the kit', () => {
    let adapter: Adapter;
    const answer = async (call: Call) => (await adapter.call(call)).answer;
    beforeEach(async () => {
      adapter = await (await open(KIT, DEFAULT_OPTIONS)).factory('linux-6.12');
    });

    it('introduces itself with what its functions offer', () => {
      expect(adapter.hello).to.deep.equal({
        protocol: 1,
        name: 'kit-device',
        version: '1',
        profile: 'linux-6.12',
        capabilities: ['sysfs'],
        observes: ['log'],
        order: 'total',
        clock: 'virtual',
      });
    });

    it('plays its own profile, and those of the asked that it has', async () => {
      const opened = await open(KIT, DEFAULT_OPTIONS);
      expect(await opened.profiles()).to.deep.equal(['linux-6.12']);
      const asked = ['linux-5.10', 'linux-6.1', 'linux-6.12'];
      expect(await opened.profiles(asked)).to.deep.equal(['linux-6.1', 'linux-6.12']);
      const fault = await rejected(Promise.resolve(opened.factory('linux-5.10')));
      expect(fault).to.be.instanceOf(AdapterFault).with.property('code', 'E_ADAPTER_HELLO');
    });

    it('makes functions of files, refusals of exceptions, and keeps the events', async () => {
      expect(await adapter.call(create(`${A.toUpperCase()}\n`))).to.deep.equal({
        answer: { ret: 37 },
        events: [{ task: 'main', ev: 'log', level: 6, message: `made ${A}` }],
      });
      expect(await adapter.call(create(A))).to.deep.equal({
        answer: { errno: 'EEXIST' },
        events: [],
      });
      expect(await answer(create(B))).to.deep.equal({ ret: 36 });
      expect(await answer(create(C))).to.deep.equal({ errno: 'ENOSPC' });
      expect(await answer(create(C, TYPE.replace('-2', '-7')))).to.deep.equal({ errno: 'ENOENT' });
      expect(await answer(read(`${TYPE}/available_instances`))).to.deep.equal({
        ret: 2,
        data: '0\n',
      });
      expect(await answer(list(DEVICES))).to.deep.equal({ ret: 0, names: [`${A}@`, `${B}@`] });
      expect(await answer(list(`${TYPE}/devices`)))
        .to.have.property('names')
        .with.length(2);
      expect(await answer(remove(B))).to.deep.equal({ ret: 1 });
      expect(await answer(remove(B))).to.deep.equal({ errno: 'ENOENT' });
      expect(await answer(list(DEVICES))).to.deep.equal({ ret: 0, names: [`${A}@`] });
    });

    it('lists parents and types, sorted and marked', async () => {
      expect(await answer(list('/sys/class/mdev_bus'))).to.deep.equal({ ret: 0, names: ['mtty@'] });
      const types = '/sys/class/mdev_bus/mtty/mdev_supported_types';
      expect(await answer(list(types))).to.deep.equal({ ret: 0, names: ['mtty-1/', 'mtty-2/'] });
    });

    it('forgets all at reset', async () => {
      await adapter.call(create(A));
      expect(await answer({ method: 'reset', params: {} })).to.deep.equal({ ret: 0 });
      expect(await answer(list(DEVICES))).to.deep.equal({ ret: 0, names: [] });
      expect(await answer(create(A))).to.deep.equal({ ret: 36 });
    });

    for (const data of ['', 'x', A.slice(1), `${A} `, `${A}\n\n`, A.replace('0', 'g')]) {
      it(`takes no ${JSON.stringify(data)} for a uuid`, async () => {
        expect(await answer(create(data))).to.deep.equal({ errno: 'EINVAL' });
      });
    }

    const removes: Record<string, object> = {
      '0': { ret: 1 },
      '00\n': { ret: 3 },
      '+0x0': { ret: 4 },
      '': { errno: 'EINVAL' },
      yes: { errno: 'EINVAL' },
      '-1': { errno: 'EINVAL' },
      '08': { errno: 'EINVAL' },
      '0x': { errno: 'EINVAL' },
      '0x10000000000000000': { errno: 'ERANGE' },
    };
    for (const [data, wanted] of Object.entries(removes)) {
      it(`removes nothing for ${JSON.stringify(data)}`, async () => {
        await adapter.call(create(A));
        expect(await answer(remove(A, data))).to.deep.equal(wanted);
        expect(await answer(list(DEVICES))).to.deep.equal({ ret: 0, names: [`${A}@`] });
      });
    }
    for (const data of ['1', '1\n', '010', '0xff', '+7', '18446744073709551615']) {
      it(`removes for ${JSON.stringify(data)}`, async () => {
        await adapter.call(create(A));
        expect(await answer(remove(A, data))).to.deep.equal({ ret: data.length });
        expect(await answer(list(DEVICES))).to.deep.equal({ ret: 0, names: [] });
      });
    }

    it('knows no other files', async () => {
      for (const call of [read('/etc/passwd'), list('/proc'), write('/sys/x', '')]) {
        expect(await answer(call)).to.deep.equal({ errno: 'ENOENT' });
      }
    });

    it('does not offer what has no function', async () => {
      for (const call of [
        { method: 'insmod', params: { module: 'mtty' } },
        { method: 'rmmod', params: { module: 'mtty' } },
        { method: 'open', params: { path: '/dev/vfio/0' } },
      ] as const) {
        const fault = await rejected(Promise.resolve(adapter.call(call)));
        expect(fault).to.be.instanceOf(AdapterFault).with.property('code', 'E_METHOD');
      }
    });

    it('takes no bug for a refusal', async () => {
      const error = await rejected(Promise.resolve(adapter.call(read(`${TYPE}/colour`))));
      expect(error).to.be.instanceOf(TypeError);
    });
  });

  describe('loaded from', () => {
    let dir: string;
    beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'module-'))));
    afterEach(() => rmSync(dir, { recursive: true }));

    function file(text: string): string {
      const path = join(dir, 'own.mjs');
      writeFileSync(path, text);
      return path;
    }

    const broken: Record<string, [string, RegExp]> = {
      'a file that throws': ['throw new Error("bang")', /bang/],
      'no JavaScript': ['this is none', /own\.mjs cannot be loaded: SyntaxError/],
      'a file without a factory': ['export default 5', /no default export that makes/],
    };
    for (const [what, [text, sentence]] of Object.entries(broken)) {
      it(`${what}: the user is told`, async () => {
        const error = await rejected(open(file(text), DEFAULT_OPTIONS));
        expect(error).to.be.instanceOf(HarnessError).with.property('code', 'E_ADAPTER_MODULE');
        expect((error as HarnessError).message).to.match(sentence);
      });
    }

    it('a path where nothing is', async () => {
      const error = await rejected(open(join(dir, 'none.mjs'), DEFAULT_OPTIONS));
      expect((error as HarnessError).message).to.match(/none\.mjs cannot be loaded/);
    });

    const faulty: Record<string, [string, string]> = {
      'a factory of nothing right': ['export default () => ({})', 'E_ADAPTER_MODULE'],
      'an unknown word': [module('["teleport"]', ''), 'E_ADAPTER_RESULT'],
    };
    for (const [what, [text, code]] of Object.entries(faulty)) {
      it(`${what}: a fault`, async () => {
        const opened = await open(file(text), DEFAULT_OPTIONS);
        expect(await rejected(opened.profiles())).to.have.property('code', code);
      });
    }

    const results: Record<string, string> = {
      '({ret: 0})': 'E_ADAPTER_EVENTS',
      '({ret: 0, events: [], x: 1})': 'E_ADAPTER_RESULT',
      null: 'E_ADAPTER_RESULT',
      undefined: 'E_METHOD',
    };
    for (const [result, code] of Object.entries(results)) {
      it(`an implementation that answers ${result}: ${code}`, async () => {
        const opened = await open(file(module('[]', result)), DEFAULT_OPTIONS);
        const adapter = await opened.factory('linux-6.1');
        const fault = await rejected(
          Promise.resolve(adapter.call({ method: 'reset', params: {} })),
        );
        expect(fault).to.be.instanceOf(AdapterFault).with.property('code', code);
      });
    }
  });
});

/** A module that answers all calls alike. */
function module(capabilities: string, result: string): string {
  return `export default () => ({
    hello: { name: 'own', version: '', profile: 'linux-6.1', capabilities: ${capabilities},
      observes: [], order: 'total', clock: 'virtual' },
    call: () => (${result || 'undefined'}),
  });`;
}
