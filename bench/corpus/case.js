/** One generated case: a device is created, opened, closed and removed, in 40 events. */
import { call, callback, log, sysfs, uevent } from './events.js';
import { random } from './random.js';

/** Events of each case. */
export const EVENTS = 40;
/** The profile whose trace is compared. */
export const PROFILE = 'linux-6.12';

const AREAS = ['create-remove', 'open-close', 'probe-failure', 'registration', 'vendor-devices'];
const TYPES = {
  mtty: ['mtty-1', 'mtty-2'],
  mdpy: ['mdpy-hd', 'mdpy-vga', 'mdpy-xga'],
  mbochs: ['mbochs-large', 'mbochs-medium', 'mbochs-small'],
  mscript: ['mscript-a', 'mscript-b'],
};
const DRIVERS = Object.keys(TYPES);

/** @param {number} index @returns {string} */
export const caseId = (index) =>
  `${AREAS[index % AREAS.length]}.generated-${String(index).padStart(6, '0')}`;

/** Letters and uuids as the suites have them: the same ones in every case. */
const UUIDS = {
  A: '01abcdef-0000-4000-8000-000000000001',
  B: '02abcdef-0000-4000-8000-000000000002',
};

function created({ dev, driver, type, path, group, minor }) {
  const probe = [
    ...callback(driver, 'init', dev, [log(`vfio_mdev ${dev}: MDEV: init of ${type}`)]),
    ...call('vfio_register_emulated_iommu_dev', { dev }, 0, [
      ...call('vfio_assign_device_set', { dev }, 0),
      sysfs('+', `/sys/devices/virtual/vfio/${group}`),
      uevent('add', `/devices/virtual/vfio/${group}`, {
        DEVNAME: `vfio/${group}`,
        SUBSYSTEM: 'vfio',
      }),
      ...call('iommu_group_add_device', { dev, group }, 0, [sysfs('+', `${path}/iommu_group`)]),
      log(`${driver} ${dev}: Adding to iommu group ${group}`),
      sysfs('+', `${path}/vfio-dev/vfio${minor}`),
    ]),
  ];
  return call('mdev_device_create', { type, uuid: dev }, 0, [
    ...call('device_add', { bus: 'mdev', dev, parent: driver }, 0, [
      sysfs('+', path),
      sysfs('+', `/sys/bus/mdev/devices/${dev}`),
      uevent('add', path.slice(4), { SUBSYSTEM: 'mdev' }),
    ]),
    ...call('really_probe', { dev, driver }, 0, [sysfs('+', `${path}/driver`), ...probe]),
    ...call('driver_bound', { dev, driver }),
    uevent('bind', path.slice(4), { DRIVER: driver, SUBSYSTEM: 'mdev' }),
  ]);
}

function removed({ dev, driver, path, group }) {
  return call('mdev_device_remove', { dev }, 0, [
    ...call('vfio_unregister_group_dev', { dev }, undefined, [
      sysfs('-', `/sys/devices/virtual/vfio/${group}`),
    ]),
    ...callback(driver, 'release', dev),
    sysfs('-', path),
    uevent('remove', path.slice(4), { SUBSYSTEM: 'mdev' }),
  ]);
}

/**
 * The case of a number: always the same one, and no two of them equal.
 *
 * @param {number} index
 * @returns {{ id: string, uuids: Record<string, string>, trace: object[] }}
 */
export function makeCase(index) {
  const next = random(index + 1);
  const driver = DRIVERS[next(DRIVERS.length)];
  const type = TYPES[driver][next(TYPES[driver].length)];
  const [group, minor] = [next(64), index];
  const { A, B } = UUIDS;
  const dev = A;
  const path = `/sys/devices/virtual/${driver}/${driver}/${dev}`;
  const facts = { dev, driver, type, path, group, minor };
  const types = `/sys/class/mdev_bus/${driver}/mdev_supported_types/${type}`;
  const step = (method, params, answer, events = []) => ({
    call: { method, params },
    answer,
    events,
  });
  const trace = [
    step('write', { path: `${types}/create`, data: A }, { ret: 36 }, created(facts)),
    step('write', { path: `${types}/create`, data: A }, { errno: 'EEXIST' }),
    step('list', { path: '/sys/bus/mdev/devices' }, { ret: 0, names: [`${A}@`] }),
    step('open', { path: `/dev/vfio/${group}` }, { ret: 11 }, callback(driver, 'open_device', A)),
    step('close', { fd: 11 }, { ret: 0 }, callback(driver, 'close_device', A)),
    step('write', { path: `${path}/remove`, data: '1' }, { ret: 1 }, removed(facts)),
    step('read', { path: `/sys/bus/mdev/devices/${B}/uevent` }, { errno: 'ENOENT' }),
  ];
  return { id: caseId(index), uuids: UUIDS, trace };
}
