/** The file of a device, from GET_DEVICE_FD. Source: drivers/vfio/vfio_main.c, 6.1 */
import { Errno } from '../kernel/errno.js';
import { File, type FileOperations } from '../kernel/file.js';
import type { Kernel } from '../kernel/kernel.js';
import { module_put, try_module_get } from '../kernel/module.js';
import { vfio_ioctl_device_feature } from './device-feature.js';
import { vfio } from './state.js';
import type { VfioDevice } from './types.js';
import { VfioRequest } from './uapi.js';

const of = (file: File): VfioDevice => file.private_data as VfioDevice;

const vfio_device_fops: FileOperations = {
  kind: 'vfio-device',
  *read(k, file, count, pos) {
    return of(file).ops.read?.(k, of(file), count, pos) ?? -Errno.EINVAL;
  },
  *write(k, file, data, pos) {
    return of(file).ops.write?.(k, of(file), data, pos) ?? -Errno.EINVAL;
  },
  *ioctl(k, file, request, arg) {
    if (request === VfioRequest.VFIO_DEVICE_FEATURE && k.profile.vfio.answersFeature)
      return vfio_ioctl_device_feature(arg.memory);
    return of(file).ops.ioctl?.(k, of(file), request, arg) ?? -Errno.EINVAL;
  },
  *mmap(k, file, offset, length) {
    return of(file).ops.mmap?.(k, of(file), offset, length) ?? -Errno.EINVAL;
  },
  *release(k, file) {
    yield* k.profile.vfio.close(k, of(file));
    k.profile.vfio.put(k, of(file));
  },
};

/**
 * The file of a device that was opened; it holds the reference to the registration, and pins the
 * core's module. Source: anon_inode_getfile()
 */
export function vfio_device_file(k: Kernel, device: VfioDevice): File {
  const { module } = vfio(k);
  try_module_get(module);
  const file = new File(vfio_device_fops, { read: true, write: true });
  file.private_data = device;
  file.on_release = function* () {
    module_put(module);
  };
  return file;
}
