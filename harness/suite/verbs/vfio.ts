/** Verbs for containers, groups and devices of VFIO. */
import { integer, object } from '../builders.js';
import { uuidOf } from '../uuids.js';
import * as field from './fields.js';
import { call, fd, verb, type VerbCall } from './verb.js';

/** VFIO_TYPE1_IOMMU. Source: include/uapi/linux/vfio.h, 6.1. */
const TYPE1 = 1;

const group = integer('number of the group under /dev/vfio', 0);

function attach(number: number, name: string): VerbCall[] {
  const container = `${name}.container`;
  return [
    call('open', { path: '/dev/vfio/vfio' }, container),
    call('open', { path: `/dev/vfio/${number}` }, name),
    call('ioctl', {
      fd: fd(name),
      request: 'VFIO_GROUP_SET_CONTAINER',
      arg: { fd: fd(container) },
    }),
    call('ioctl', { fd: fd(container), request: 'VFIO_SET_IOMMU', arg: TYPE1 }),
  ];
}

const getDevice = (from: string | number, uuid: string, as?: string): VerbCall =>
  call('ioctl', { fd: fd(from), request: 'VFIO_GROUP_GET_DEVICE_FD', arg: uuidOf(uuid) }, as);

export const vfioVerbs = {
  attach: verb(
    'open a group as NAME and a container as NAME.container, join them, and set the type 1 IOMMU',
    object({ group, as: field.as }, 'which group, and NAME'),
    (value, as) => attach(value.group, as!),
    { as: 'required' },
  ),
  'get-device': verb(
    'get a descriptor of a device from its group',
    object({ group: field.descriptor, uuid: field.uuid, as: field.as }, 'group and device'),
    (value, as) => getDevice(value.group, value.uuid, as),
    { as: 'optional' },
  ),
  'open-device': verb(
    'attach a group as NAME.group (and NAME.group.container), and get its device as NAME',
    object({ group, uuid: field.uuid, as: field.as }, 'group, device, and NAME'),
    (value, as) => [
      ...attach(value.group, `${as}.group`),
      getDevice(`${as}.group`, value.uuid, as),
    ],
    { as: 'required' },
  ),
};
