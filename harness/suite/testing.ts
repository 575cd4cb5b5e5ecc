/** The world that the tests of suites live in. */
import type { World } from './formats.js';

export const WORLD: World = {
  profiles: [
    'linux-5.10',
    'linux-5.13',
    'series-01',
    'series-02',
    'series-09',
    'series-11',
    'linux-5.14',
    'linux-6.0',
    'ccw-2022',
    'linux-6.1',
    'linux-6.12',
  ],
  vendors: ['mtty', 'mdpy', 'mbochs', 'vfio_ccw', 'vfio_ap', 'kvmgt', 'mscript', 'mprop_mdev'],
};
