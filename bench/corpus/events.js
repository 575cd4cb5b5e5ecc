/** Events as the reference reports them, made from little. */
const main = { task: 'main' };

export const sysfs = (change, path) => ({ ev: 'sysfs', ...main, change, path });
export const uevent = (action, devpath, env) => ({ ev: 'uevent', ...main, action, devpath, env });
export const log = (message) => ({ ev: 'log', ...main, level: 6, message });

/** A trace point around what happens inside it. */
export const call = (fn, args, ret, inside = []) => [
  { ev: 'call', ...main, fn, args },
  ...inside,
  ret === undefined ? { ev: 'return', ...main, fn } : { ev: 'return', ...main, fn, ret },
];

/** A callback of a vendor driver around what happens inside it. */
export const callback = (driver, op, dev, inside = []) => [
  { ev: 'callback', ...main, driver, op, args: { dev } },
  ...inside,
  { ev: 'callback-return', ...main, driver, op, ret: 0 },
];
