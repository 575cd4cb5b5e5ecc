/** Random walks over the user ABI of the mdev core: calls that a program might make, sensible or not. */
import type { Call } from '../protocol.js';
import { random } from './random.js';

/** Picks one of several, each as likely as the others. */
type Pick = <T>(among: readonly T[]) => T;

const uuid = (number: number): string => `0000000${number}-1111-4222-8333-44444444444${number}`;
const UUIDS = [0, 1, 2, 3].map(uuid);

const SAMPLES = ['mtty', 'mdpy', 'mbochs', 'mscript', 'mprop_mdev'];
const CORE = ['vfio', 'vfio_iommu_type1', 'mdev'];

const TYPES = [
  'class/mdev_bus/mtty/mdev_supported_types/mtty-1',
  'class/mdev_bus/mtty/mdev_supported_types/mtty-2',
  'class/mdev_bus/mdpy/mdev_supported_types/mdpy-vga',
  'class/mdev_bus/mbochs/mdev_supported_types/mbochs-large',
  'class/mdev_bus/mprop/mdev_supported_types/misc-p',
  'class/mdev_bus/mscript0/mdev_supported_types/mscript-a',
  'class/mdev_bus/mscript0/mdev_supported_types/-a',
  'devices/virtual/mscript/mscript0/mdev_supported_types/mscript-b',
  'devices/virtual/mscript/mscript1/mdev_supported_types/mscript-c',
];

/** Parameters of mscript; what Linux would crash of, or never release, isn't among them. */
const SCRIPTS = [
  ...['', 'desc', 'desc=maybe', 'nosuch=1', 'use-vfio=0', 'max_inst=0x3', 'max_inst=08'],
  ...['probe_ret=-5', 'probe_ret=5', 'probe_ret=-517', 'probe_ret=517', 'probe_ret=-4096'],
  ...['init_ret=-28', 'late_ret=-14', 'nr_parents=2', 'nr_parents=9', 'nr_types=-1', 'nr_types=7'],
  ...['dup_type=1', 'dup_type=1 nr_parents=2', 'no_api=1', 'no_probe=1', 'no_remove=1 use_vfio=0'],
  ...['use_vfio=0', 'use_avail=1 avail=2', 'max_inst=0', 'max_inst=-1', 'bus_collide=1'],
  ...['collide=driver', 'collide=remove', 'collide=mdev_type', 'collide=uevent', 'collide=power'],
  ...['collide=vfio-dev', 'collide=iommu_group', 'collide=subsystem', 'collide=harmless'],
];

const NUMBERS = ['1', '1\n', '0', '', 'x', '-1', '0x1', '09', '+1', '1\n\n', '1\0', ' 1', '2'];
const ACTIONS = ['add', 'change\n', 'nonsense', ''];

const spoilt = (text: string): string[] => [
  ...[text, text, text, `${text}\n`, `${text}\0`, `${text}xx`, text.toUpperCase()],
  ...['', text.slice(1), text.replace(/-/g, '_'), `${text.slice(0, 35)}é`],
];

const insmod = (module: string, params?: string): Call => ({
  method: 'insmod',
  params: params === undefined ? { module } : { module, params },
});
const write = (path: string, data: string): Call => ({
  method: 'write',
  params: { path: `/sys/${path}`, data },
});

const device = (pick: Pick): string => `bus/mdev/devices/${pick(UUIDS)}`;

const PLACES: readonly ((pick: Pick) => string)[] = [
  device,
  (pick) => `${device(pick)}/${pick(['driver', 'mdev_type', 'iommu_group', 'uevent', 'remove'])}`,
  (pick) => `${device(pick)}/${pick(['vendor', 'vfio-dev', 'power', 'power/control', '..'])}`,
  (pick) => `${pick(TYPES)}/${pick(['available_instances', 'name', 'description', 'devices', ''])}`,
  (pick) => `bus/mdev/${pick(['', 'devices', 'drivers', 'drivers/mtty', 'drivers_autoprobe'])}`,
  (pick) => `class/${pick(['mdev_bus', 'vfio', 'vfio-dev', 'mtty', 'mdev_bus/mscript0'])}`,
  (pick) => `module/${pick(SAMPLES)}/${pick(['holders', 'drivers', 'refcnt', 'initstate', 'x'])}`,
  (pick) => `module/${pick(CORE)}/${pick(['holders', 'refcnt'])}`,
  (pick) => `kernel/iommu_groups/${pick(['', '0', '0/name', '0/devices', '1/type'])}`,
];

type Step = (pick: Pick) => Call;
const create: Step = (pick) => write(`${pick(TYPES)}/create`, pick(UUIDS));

/** Each as likely as the others. */
const STEPS: readonly Step[] = [
  ...Array<Step>(8).fill(create),
  (pick) => write(`${pick(TYPES)}/create`, pick(spoilt(pick(UUIDS)))),
  (pick) => write(`${device(pick)}/remove`, '1'),
  (pick) => write(`bus/mdev/drivers/${pick(SAMPLES)}/unbind`, pick(UUIDS)),
  (pick) => write(`${device(pick)}/remove`, pick(NUMBERS)),
  (pick) => write(`${device(pick)}/uevent`, pick(ACTIONS)),
  (pick) => write(`bus/mdev/${pick(['uevent', 'drivers/mtty/uevent'])}`, pick(ACTIONS)),
  (pick) => write(`bus/mdev/drivers/${pick(SAMPLES)}/unbind`, pick(spoilt(pick(UUIDS)))),
  (pick) => write(`bus/mdev/drivers/${pick(SAMPLES)}/bind`, pick(UUIDS)),
  (pick) => write('bus/mdev/drivers_probe', pick(UUIDS)),
  (pick) => write('bus/mdev/drivers_autoprobe', pick(NUMBERS)),
  (pick) => write(`kernel/debug/mscript/${pick(['register', 'unregister'])}`, pick(NUMBERS)),
  (pick) => write('module/mscript/parameters/probe_ret', pick(['0', '0', '-5', '19', 'x', ''])),
  (pick) => write('module/mscript/parameters/late_ret', pick(['0', '0', '-19'])),
  (pick) => write('module/mscript/parameters/avail', pick(NUMBERS)),
  (pick) => insmod('mscript', pick(SCRIPTS)),
  (pick) => insmod(pick(['mdpy', 'mbochs']), pick(['count=1', 'count=-1', 'count=100', 'count=a'])),
  (pick) => insmod(pick([...SAMPLES, ...CORE])),
  (pick) => insmod(pick(SAMPLES)),
  (pick) => ({ method: 'rmmod', params: { module: pick([...SAMPLES, ...CORE, 'nosuch']) } }),
  (pick) => ({ method: 'tree', params: { path: `/sys/${device(pick)}`, depth: pick([0, 1, 2]) } }),
  (pick) => ({ method: 'tree', params: { path: `/sys/${pick(TYPES)}`, depth: pick([1, 2]) } }),
  (pick) => ({
    method: pick(['read', 'list', 'readlink'] as const),
    params: { path: `/sys/${pick(PLACES)(pick)}` },
  }),
];

/**
 * The calls of one walk, the same for the same seed: modules are loaded, and then anything may happen.
 * @param length how many calls, beside those that load the first modules
 */
export function walk(seed: number, length: number): Call[] {
  const next = random(seed);
  const pick: Pick = (among) => among[Math.floor(next() * among.length)]!;
  const loads = [...CORE.map((name) => insmod(name)), insmod(pick(SAMPLES))];
  const script = insmod('mscript', pick(SCRIPTS));
  return [...loads, script, ...Array.from({ length }, () => pick(STEPS)(pick))];
}
