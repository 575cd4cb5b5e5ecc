/** The files of the user ABI, mapped to functions: one row for each path and what can be done with it. */
import type { Call } from '../protocol.js';
import { KernelError, type MdevFunctions } from './functions.js';
import { isTrue, uuidOf } from './numbers.js';

/** What a machine made of functions is. */
export interface Machine {
  functions: MdevFunctions;
  /** the devices that were created and not removed: uuid → parent and type */
  devices: Map<string, { parent: string; type: string }>;
}

type Answer = Record<string, unknown>;
type FileCall = Extract<Call, { method: 'write' | 'read' | 'list' }>;

interface Row<M extends FileCall['method']> {
  method: M;
  path: RegExp;
  answer(
    machine: Machine,
    groups: Readonly<Record<string, string>>,
    call: Extract<FileCall, { method: M }>,
  ): Promise<Answer>;
}

const row = <M extends FileCall['method']>(
  method: M,
  path: RegExp,
  answer: Row<M>['answer'],
): Row<M> => ({ method, path, answer });

const written = (data: string): Answer => ({ ret: Buffer.byteLength(data) });
const listed = (names: readonly string[]): Answer => ({ ret: 0, names: [...names].sort() });

function requireDevice({ devices }: Machine, uuid: string): void {
  if (!devices.has(uuid)) throw new KernelError('ENOENT');
}

const TYPE = '/sys/class/mdev_bus/(?<parent>[^/]+)/mdev_supported_types/(?<type>[^/]+)';
const DEVICE = '/sys/bus/mdev/devices/(?<uuid>[^/]+)';

const ROWS: readonly Row<FileCall['method']>[] = [
  row('write', new RegExp(`^${TYPE}/create$`), async (machine, { parent, type }, { params }) => {
    const uuid = uuidOf(params.data);
    await machine.functions.create(parent!, type!, uuid);
    machine.devices.set(uuid, { parent: parent!, type: type! });
    return written(params.data);
  }),
  row('write', new RegExp(`^${DEVICE}/remove$`), async (machine, { uuid }, { params }) => {
    requireDevice(machine, uuid!);
    if (isTrue(params.data)) {
      await machine.functions.remove(uuid!);
      machine.devices.delete(uuid!);
    }
    return written(params.data);
  }),
  row('read', new RegExp(`^${TYPE}/(?<name>[a-z_]+)$`), async (machine, { parent, type, name }) => {
    const { attribute } = machine.functions;
    if (!attribute) throw new KernelError('ENOENT');
    const data = await attribute.call(machine.functions, parent!, type!, name!);
    return { ret: Buffer.byteLength(data), data };
  }),
  row('list', /^\/sys\/bus\/mdev\/devices$/, async ({ devices }) =>
    listed([...devices.keys()].map((uuid) => `${uuid}@`)),
  ),
  row('list', /^\/sys\/class\/mdev_bus$/, async ({ functions }) =>
    listed(((await functions.parents?.()) ?? []).map((name) => `${name}@`)),
  ),
  row(
    'list',
    /^\/sys\/class\/mdev_bus\/(?<parent>[^/]+)\/mdev_supported_types$/,
    async ({ functions }, { parent }) =>
      listed(((await functions.types?.(parent!)) ?? []).map((name) => `${name}/`)),
  ),
  row('list', new RegExp(`^${TYPE}/devices$`), async ({ devices }, { parent, type }) => {
    const own = [...devices].filter(([, of]) => of.parent === parent && of.type === type);
    return listed(own.map(([uuid]) => `${uuid}@`));
  }),
] as unknown as readonly Row<FileCall['method']>[];

/** Answers a call on a file. @returns undefined for a path that isn't mapped */
export function onFile(machine: Machine, call: FileCall): Promise<Answer> | undefined {
  for (const { method, path, answer } of ROWS) {
    const match = method === call.method ? path.exec(call.params.path) : null;
    if (match) return answer(machine, match.groups ?? {}, call);
  }
  return undefined;
}
