/** Verbs for the files of sysfs and debugfs that mdev is driven by. */
import { either, integer, object, text } from '../builders.js';
import { substitute } from '../uuids.js';
import * as field from './fields.js';
import { call, deviceDir, typeDir, verb, uuidOf, writeTo } from './verb.js';

const BUS = '/sys/bus/mdev';

const probeAt = (description: string, expects: 'exists' | 'absent') =>
  // readlink tells what is there without opening it: EINVAL for anything but a link, ENOENT for nothing.
  verb(description, field.path, (path) => call('readlink', { path: substitute(path) }), {
    expects,
  });

const onDriver = (file: 'bind' | 'unbind', description: string) =>
  verb(
    description,
    object({ driver: field.driver, uuid: field.uuid }, 'driver and device'),
    ({ driver, uuid }) => writeTo(`${BUS}/drivers/${driver}/${file}`, uuidOf(uuid)),
  );

const onParent = (file: 'register' | 'unregister', description: string) =>
  verb(description, integer('number of the parent', 0), (parent) =>
    writeTo(`/sys/kernel/debug/mscript/${file}`, parent),
  );

export const sysfsVerbs = {
  create: verb(
    'create a mediated device: write its uuid to the create file of a type',
    object({ type: field.type, uuid: field.uuid }, 'type and uuid'),
    ({ type, uuid }) => writeTo(`${typeDir(type)}/create`, uuidOf(uuid)),
  ),
  remove: verb(
    'remove a mediated device: write 1 (or another value) to its remove file',
    either(
      'which device',
      text('its letter', 'letter'),
      object({ uuid: text('its letter', 'letter'), value: field.data }, 'and what is written'),
    ),
    (device) =>
      typeof device === 'string'
        ? writeTo(`${deviceDir(device)}/remove`, 1)
        : writeTo(`${deviceDir(device.uuid)}/remove`, device.value),
  ),
  available: verb('read available_instances of a type', field.type, (type) =>
    call('read', { path: `${typeDir(type)}/available_instances` }),
  ),
  devices: verb('list the devices of a type', field.type, (type) =>
    call('list', { path: `${typeDir(type)}/devices` }),
  ),
  exists: probeAt('there is something at that path, whatever it is', 'exists'),
  absent: probeAt('there is nothing at that path', 'absent'),
  bind: onDriver('bind', 'bind a device to a driver of the mdev bus'),
  unbind: onDriver('unbind', 'unbind a device from its driver'),
  'drivers-probe': verb('have the mdev bus look for a driver of a device', field.uuid, (uuid) =>
    writeTo(`${BUS}/drivers_probe`, uuidOf(uuid)),
  ),
  autoprobe: verb(
    'write drivers_autoprobe of the mdev bus',
    either('the value', integer('0 or 1'), text('another text', 'text')),
    (value) => writeTo(`${BUS}/drivers_autoprobe`, value),
  ),
  register: onParent('register', 'have mscript register a parent'),
  unregister: onParent('unregister', 'have mscript unregister a parent'),
  param: verb(
    'set a parameter of a loaded module',
    object(
      {
        module: text('name of the module', 'name'),
        name: text('name of the parameter', 'name'),
        value: field.data,
      },
      'which parameter and its value',
    ),
    ({ module, name, value }) => writeTo(`/sys/module/${module}/parameters/${name}`, value),
  ),
};
