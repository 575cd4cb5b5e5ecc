/** A device model of somebody who has functions: one parent, one type, two instances. */
import { KernelError, fromFunctions } from '../kit/index.js';

export default fromFunctions(
  {
    name: 'kit-device',
    version: '1',
    profiles: ['linux-6.12', 'linux-6.1'],
    observes: ['log'],
    order: 'total',
    clock: 'virtual',
  },
  (emit) => {
    const left = new Set<string>();
    const requireType = (parent: string, type: string): void => {
      if (parent !== 'mtty' || type !== 'mtty-2') throw new KernelError('ENOENT');
    };
    return {
      reset: () => left.clear(),
      create(parent, type, uuid) {
        requireType(parent, type);
        if (left.has(uuid)) throw new KernelError('EEXIST');
        if (left.size === 2) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
        left.add(uuid);
        emit({ ev: 'log', level: 6, message: `made ${uuid}` });
      },
      remove: (uuid) => void left.delete(uuid),
      parents: () => ['mtty'],
      types: () => ['mtty-2', 'mtty-1'],
      attribute(parent, type, name) {
        requireType(parent, type);
        if (name === 'available_instances') return `${2 - left.size}\n`;
        throw new TypeError('no such attribute, and this is a bug');
      },
    };
  },
);
