/** An era that there never was: the links of a device are made before it is bound. */
import { mdev_6_1 } from '../mdev/register-parent.js';
import { add_device, attach_driver, link_type } from '../mdev/steps.js';
import type { Profile } from '../profile.js';
import { profiles } from '../profiles.js';
import { mnull } from './mnull.js';

const linux_6_12 = profiles.find(({ name }) => name === 'linux-6.12')!;

export const links_first: Profile = {
  ...linux_6_12,
  name: 'links-first',
  title: 'an idea: who hears that a device is bound finds its links',
  mdev: { ...mdev_6_1, create: [add_device, link_type, attach_driver] },
  modules: [...linux_6_12.modules, mnull(['mdev_register_parent', '_vfio_alloc_device'])],
};
