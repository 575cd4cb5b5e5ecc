/** `linux:<version>`: a real kernel in a virtual machine, made ready by `mdevct kernel prepare`. */
import { kernelNamed } from '../../kernel/kernels.js';
import { cacheFolder, readyKernel } from '../../kernel/manifest.js';
import type { Open } from '../kinds.js';
import { Remote } from '../remote.js';
import { LinuxTransport } from './transport.js';

/** @throws HarnessError `E_KERNEL`, `E_KERNEL_UNPREPARED` */
export const open: Open = async (version, options) =>
  new Remote(new LinuxTransport(readyKernel(cacheFolder(), kernelNamed(version))), options);
