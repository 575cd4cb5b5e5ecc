/** `linux:<version>`: a real kernel in a virtual machine, made ready by `mdevct kernel prepare`. */
import { KERNELS, kernelNamed } from '../../kernel/kernels.js';
import { cacheFolder, readyKernel } from '../../kernel/manifest.js';
import type { Open } from '../kinds.js';
import { Remote } from '../remote.js';
import { LinuxTransport } from './transport.js';

/** @throws HarnessError `E_KERNEL`, `E_KERNEL_UNPREPARED` */
export const open: Open = async (named, options) => {
  const version = kernelNamed(named);
  const remote = new Remote(new LinuxTransport(readyKernel(cacheFolder(), version)), options);
  const { inlined } = KERNELS[version];
  return {
    profiles: (asked) => remote.profiles(asked),
    factory: async (profile) => ({ ...(await remote.factory(profile)), inlined }),
    exchange: (request, ms) => remote.exchange(request, ms),
    close: () => remote.close(),
  };
};
