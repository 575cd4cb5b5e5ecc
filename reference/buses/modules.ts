/** The buses beside mdev's, with their drivers: the same modules in every era. */
import type { ModuleDefinition } from '../kernel/module.js';
import { bdrv1, bdrv2, bscript } from './bscript.js';
import { idxd_bus } from './dsa.js';
import { analog, gameport } from './gameport.js';
import { mac80211_hwsim } from './mac80211_hwsim.js';
import { libphy, realtek } from './phy.js';
import { pnp, snd_sb16 } from './pnp.js';
import { atkbd, psmouse, serio } from './serio.js';
import { cdc_ether, option, usbcore } from './usb.js';

export const bus_modules: readonly ModuleDefinition[] = [
  bscript,
  bdrv1,
  bdrv2,
  serio,
  atkbd,
  psmouse,
  gameport,
  analog,
  libphy,
  realtek,
  mac80211_hwsim,
  pnp,
  snd_sb16,
  usbcore,
  cdc_ether,
  option,
  idxd_bus,
];
