/** Verbs for virtual machines, as far as VFIO has to do with them. */
import { object, optional } from '../builders.js';
import * as field from './fields.js';
import { call, fd, verb, type VerbCall } from './verb.js';

/** KVM_DEV_TYPE_VFIO. Source: include/uapi/linux/kvm.h, 6.1. */
const VFIO = 4;

function guest(name: string, group: string | number | undefined): VerbCall[] {
  const machine = `${name}.vm`;
  return [
    call('open', { path: '/dev/kvm' }, `${name}.kvm`),
    call('ioctl', { fd: fd(`${name}.kvm`), request: 'KVM_CREATE_VM', arg: 0 }, machine),
    call('ioctl', { fd: fd(machine), request: 'KVM_CREATE_DEVICE', arg: VFIO }, name),
    ...(group === undefined
      ? []
      : [
          call('ioctl', {
            fd: fd(name),
            request: 'KVM_DEV_VFIO_GROUP_ADD',
            arg: { fd: fd(group) },
          }),
        ]),
  ];
}

export const kvmVerbs = {
  guest: verb(
    'make a virtual machine as NAME.vm with its device for VFIO as NAME, and give it a group',
    object(
      { group: optional(field.descriptor), as: field.as },
      'the descriptor of the group, if any, and NAME',
    ),
    (value, as) => guest(as!, value.group),
    { as: 'required' },
  ),
};
