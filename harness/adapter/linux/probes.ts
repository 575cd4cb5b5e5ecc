/**
 * The kernel's functions that are watched, as kprobe events (Documentation/trace/kprobetrace.rst). Functions
 * of modules name their arguments by registers: `$arg1` is only understood once the module is there.
 * Offsets are those of 6.1 and 6.12, as pahole shows them: kobject.name 0, .parent 24, .sd 48;
 * device.kobj.name 0, .parent 64, .bus 96, .driver 104; vfio_device.dev 0; mdev_parent.dev 0;
 * mdev_type.kobj 24; mdev_driver.device_api 0, .driver.name 48; sk_buff.data 208.
 */

/** What a function returns: nothing, a number, or a pointer that may be an error. */
export type Returns = 'void' | 's32' | 'u8' | 'pointer';

/** A function of the core: a trace point of protocol 1. */
export interface Point {
  /** `module:function`, or `function` of the kernel itself */
  symbol: string;
  args: string;
  returns: Returns;
}

/** A function of a vendor driver that the core calls. */
export interface Callback extends Point {
  driver: string;
  op: string;
}

/** The group that our events are in. */
export const GROUP = 'mdevct';

const text = (name: string, at: string): string => `${name}=${at}:string`;
/** The name of an object that begins with a pointer to its name, as kobject and device do. */
const nameOf = (name: string, object: string): string => text(name, `+0(+0(${object}))`);
/** The same for what may not be there: a text of nothing can't be told from one that can't be read. */
const nameIfAny = (name: string, pointer: string): string =>
  `${name}_pointer=${pointer}:x64 ${nameOf(name, pointer)}`;
/** The device that a vfio_device or an mdev_parent is of: their first field. */
const itsDevice = (object: string): string => nameOf('dev', `+0(${object})`);

const point = (symbol: string, args = '', returns: Returns = 's32'): [string, Point] => [
  functionOf(symbol),
  { symbol, args, returns },
];

const functionOf = (symbol: string): string => symbol.replace(/^.*:/, '');

/** By the name of the function. */
export const POINTS: Readonly<Record<string, Point>> = Object.fromEntries([
  point('mdev:mdev_register_parent', `${nameOf('dev', '%si')} nr_types=%r8:u32`),
  point('mdev:mdev_unregister_parent', itsDevice('%di'), 'void'),
  point(
    'mdev:mdev_register_driver',
    `${text('driver', '+0(+48(%di))')} ${text('api', '+0(+0(%di))')}`,
  ),
  point('mdev:mdev_unregister_driver', text('driver', '+0(+48(%di))'), 'void'),
  point('mdev:mdev_device_create', `${text('type', '+0(+24(%di))')} uuid=+0(%si):x8[16]`),
  point('mdev:mdev_device_remove', nameOf('dev', '%di')),
  point('mdev:mdev_device_release', nameOf('dev', '%di'), 'void'),
  point('mdev:mdev_probe', `${nameOf('dev', '%di')} ${nameOf('driver', '+104(%di)')}`),
  point('mdev:mdev_remove', `${nameOf('dev', '%di')} ${nameOf('driver', '+104(%di)')}`, 'void'),
  point(
    'device_add',
    `${nameOf('dev', '$arg1')} ${nameIfAny('bus', '+96($arg1)')} ${nameIfAny('parent', '+64($arg1)')}`,
  ),
  point('device_del', nameOf('dev', '$arg1'), 'void'),
  point('device_driver_attach', `${nameOf('driver', '$arg1')} ${nameOf('dev', '$arg2')}`),
  point('really_probe', `${nameOf('dev', '$arg1')} ${nameOf('driver', '$arg2')}`),
  point('driver_bound', nameOf('dev', '$arg1'), 'void'),
  point(
    'device_release_driver_internal',
    `${nameOf('dev', '$arg1')} ${nameIfAny('driver', '+104($arg1)')}`,
    'void',
  ),
  point('device_release', nameOf('dev', '$arg1'), 'void'),
  point('device_remove_file_self', `${nameOf('dev', '$arg1')} ${nameOf('attr', '$arg2')}`, 'u8'),
  point('driver_register', nameOf('driver', '$arg1')),
  point('driver_unregister', nameOf('driver', '$arg1'), 'void'),
  point('iommu_group_alloc', '', 'pointer'),
  point('iommu_group_add_device', `${nameOf('group', '$arg1')} ${nameOf('dev', '$arg2')}`),
  point('iommu_group_remove_device', nameOf('dev', '$arg1'), 'void'),
  point('iommu_group_release', nameOf('group', '$arg1'), 'void'),
  point('vfio:_vfio_alloc_device', `${nameOf('dev', '%si')} ${nameOf('ops', '%dx')}`, 'pointer'),
  point('vfio:vfio_init_device', nameOf('dev', '%si')),
  point('vfio:vfio_register_emulated_iommu_dev', itsDevice('%di')),
  point('vfio:vfio_unregister_group_dev', itsDevice('%di'), 'void'),
  point('vfio:vfio_device_put_registration', itsDevice('%di'), 'void'),
  point('vfio:vfio_device_release', nameOf('dev', '%di'), 'void'),
  point('vfio:vfio_group_release', nameOf('dev', '%di'), 'void'),
  point('vfio:vfio_assign_device_set', itsDevice('%di')),
  point('vfio:vfio_release_device_set', itsDevice('%di'), 'void'),
]);

const ofMdev = nameOf('dev', '%di');
const ofVfio = itsDevice('%di');

/** The callbacks of one driver: function → what the core knows it as. */
function callbacks(
  driver: string,
  rows: Readonly<Record<string, readonly [op: string, args: string, returns: Returns]>>,
): [string, Callback][] {
  return Object.entries(rows).map(([fn, [op, args, returns]]) => [
    fn,
    { driver, op, symbol: `${driver}:${fn}`, args, returns },
  ]);
}

const ofSample = (name: string): [string, Callback][] =>
  callbacks(name, {
    [`${name}_probe`]: ['probe', ofMdev, 's32'],
    [`${name}_remove`]: ['remove', ofMdev, 'void'],
    [`${name}_init_dev`]: ['init', ofVfio, 's32'],
    [`${name}_release_dev`]: ['release', ofVfio, 'void'],
  });

/** By the name of the function. */
export const CALLBACKS: Readonly<Record<string, Callback>> = Object.fromEntries([
  ...['mtty', 'mdpy', 'mbochs'].flatMap(ofSample),
  ...callbacks('mbochs', { mbochs_close_device: ['close_device', ofVfio, 'void'] }),
  // only in 6.12
  ...callbacks('mtty', { mtty_close: ['close_device', ofVfio, 'void'] }),
  ...callbacks('mscript', {
    ms_probe: ['probe', ofMdev, 's32'],
    ms_remove: ['remove', ofMdev, 'void'],
    ms_init: ['init', ofVfio, 's32'],
    ms_release: ['release', ofVfio, 'void'],
    ms_open: ['open_device', ofVfio, 's32'],
    ms_close: ['close_device', ofVfio, 'void'],
    ms_request: ['request', `${ofVfio} count=%si:u32`, 'void'],
  }),
  ...callbacks('mprop_mdev', {
    pr_probe: ['probe', ofMdev, 's32'],
    pr_remove: ['remove', ofMdev, 'void'],
  }),
]);

/** How deep an object of sysfs may lie. */
const DEPTH = 9;

/** The names of an object and of what it lies in, from the inside. */
function path(kobject: string): string {
  const names: string[] = [];
  for (let at = kobject; names.length < DEPTH; at = `+24(${at})`) {
    names.push(nameOf(`n${names.length}`, at));
  }
  return names.join(' ');
}

const entry = (fn: string, { symbol, args }: Omit<Point, 'returns'>): string =>
  `p:${GROUP}/${fn} ${symbol} ${args}`.trim();

const FETCH: Readonly<Record<Returns, string>> = {
  void: '',
  s32: ' ret=$retval:s32',
  u8: ' ret=$retval:u8',
  pointer: ' ret=$retval:x64',
};

/** What the name of an event ends in that is a return. */
export const RETURN = '__return';

const exit = (fn: string, { symbol, returns }: Omit<Point, 'args'>): string =>
  `r:${GROUP}/${fn}${RETURN} ${symbol}${FETCH[returns]}`;

const both = (fn: string, probed: Point): string[] => [entry(fn, probed), exit(fn, probed)];

/** Functions that make a change of sysfs: it is told when they return that it was made. */
const making = (fn: string, args: string): string[] =>
  both(fn, { symbol: fn, args, returns: 's32' });

/** Functions that take something of sysfs away, of which the calling is told. */
const taking = (fn: string, args: string): string => entry(fn, { symbol: fn, args });

/** What is written to `dynamic_events`, a line each. A kernel lacks some: it has inlined them. */
export const PROBES: readonly string[] = [
  ...Object.entries({ ...POINTS, ...CALLBACKS }).flatMap(([fn, probed]) => both(fn, probed)),
  // lib/ can't be probed: a uevent is seen on its way to the listeners.
  taking('netlink_broadcast', text('uevent', '+0(+208($arg2))')),
  ...making('sysfs_create_dir_ns', path('$arg1')),
  ...making('sysfs_create_link', `${text('name', '+0($arg3)')} ${path('$arg1')}`),
  ...making('sysfs_create_link_nowarn', `${text('name', '+0($arg3)')} ${path('$arg1')}`),
  taking('sysfs_remove_dir', `sd=+48($arg1):x64 ${path('$arg1')}`),
  taking('sysfs_remove_link', `${text('name', '+0($arg2)')} ${path('$arg1')}`),
  taking('sysfs_delete_link', `${text('name', '+0($arg3)')} ${path('$arg1')}`),
  exit('kernfs_remove_by_name_ns', { symbol: 'kernfs_remove_by_name_ns', returns: 's32' }),
];
