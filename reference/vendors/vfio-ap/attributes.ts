/** The files of a device, through which it is given adapters and domains. Source: vfio_ap_mdev_attrs, drivers/s390/crypto/vfio_ap_ops.c */
import { kobj_to_dev } from '../../kernel/device.js';
import { Errno } from '../../kernel/errno.js';
import type { Kernel } from '../../kernel/kernel.js';
import type { Kobject } from '../../kernel/kobject.js';
import { kstrtoull } from '../../kernel/kstrtox.js';
import type { MightSleep } from '../../kernel/scheduler.js';
import type { Attribute, AttributeGroup } from '../../kernel/sysfs.js';
import { to_mdev_device } from '../../mdev/types.js';
import { matrix_of, type ApMatrixMdev, type MaskName, type MatrixDev } from './matrix.js';

type Change = (matrix: MatrixDev, device: ApMatrixMdev, id: number) => number;

const assign =
  (mask: MaskName): Change =>
  (matrix, device, id) =>
    matrix.assign(device, mask, id);

const unassign =
  (mask: MaskName): Change =>
  (_matrix, device, id) => {
    device.masks[mask].delete(id);
    return 0;
  };

const CHANGES: readonly (readonly [string, MaskName, Change])[] = [
  ['assign_adapter', 'adapters', assign('adapters')],
  ['unassign_adapter', 'adapters', unassign('adapters')],
  ['assign_domain', 'domains', assign('domains')],
  ['unassign_domain', 'domains', unassign('domains')],
  ['assign_control_domain', 'controls', assign('controls')],
  ['unassign_control_domain', 'controls', unassign('controls')],
];

const hex = (id: number, digits: number): string => id.toString(16).padStart(digits, '0');
const sorted = (ids: Iterable<number>): number[] => [...ids].sort((a, b) => a - b);

/** Source: vfio_ap_mdev_matrix_show(): queues, or what there is without the other half */
function matrix_text(masks: { adapters: Set<number>; domains: Set<number> }): string {
  const adapters = sorted(masks.adapters).map((id) => hex(id, 2));
  const domains = sorted(masks.domains).map((id) => hex(id, 4));
  const lines =
    adapters.length === 0
      ? domains.map((domain) => `.${domain}`)
      : adapters.flatMap((adapter) =>
          (domains.length === 0 ? [''] : domains).map((domain) => `${adapter}.${domain}`),
        );
  return lines.map((line) => `${line}\n`).join('');
}

/** Runs `body` on the device behind a file, while nobody else changes what devices have. */
function* locked<R>(
  k: Kernel,
  matrix: MatrixDev,
  kobj: Kobject,
  body: (device: ApMatrixMdev) => R,
): MightSleep<R> {
  yield* matrix.lock.lock(k);
  const result = body(matrix_of(to_mdev_device(kobj_to_dev(kobj))));
  matrix.lock.unlock(k);
  return result;
}

const writable = (
  matrix: MatrixDev,
  [name, mask, change]: (typeof CHANGES)[number],
): Attribute => ({
  name,
  mode: 0o200,
  store: (k, kobj, data) =>
    locked(k, matrix, kobj, (device) => {
      if (matrix.rules.strict && device.kvm) return -Errno.EBUSY;
      const parsed = kstrtoull(data);
      if ('error' in parsed) return parsed.error;
      if (parsed.value > BigInt(matrix.max(mask))) return -Errno.ENODEV;
      return change(matrix, device, Number(parsed.value)) || data.length;
    }),
});

const shown = (
  matrix: MatrixDev,
  name: string,
  show: (device: ApMatrixMdev) => string,
): Attribute => ({
  name,
  mode: 0o444,
  show: (k, kobj) => locked(k, matrix, kobj, show),
});

/** The files of one era; those that only a guest's own matrix makes sense of come with it. */
export function matrix_groups(matrix: MatrixDev): readonly AttributeGroup[] {
  const attrs = [
    ...CHANGES.map((change) => writable(matrix, change)),
    shown(matrix, 'control_domains', ({ masks }) =>
      sorted(masks.controls)
        .map((id) => `${hex(id, 4)}\n`)
        .join(''),
    ),
    shown(matrix, 'matrix', ({ masks }) => matrix_text(masks)),
  ];
  const guest = shown(matrix, 'guest_matrix', (device) => matrix_text(matrix.guest_masks(device)));
  return [{ attrs: matrix.rules.strict ? attrs : [...attrs, guest] }];
}
