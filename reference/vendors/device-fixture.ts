/** What the tests of the sample devices share. */
import { Errno, type ErrnoName } from '../kernel/errno.js';
import { UserMemory } from '../kernel/user-memory.js';
import { VfioRequest } from '../vfio/uapi.js';
import type { DeviceLog } from './device-log.js';

interface Device {
  read(pos: number, count: number): Uint8Array | number;
  write(pos: number, data: Uint8Array): number;
  ioctl(request: number, arg: UserMemory): number;
}

const ERRNO_NAMES = new Map<number, string>(
  (Object.keys(Errno) as ErrnoName[]).map((name) => [Errno[name], name]),
);

/** @returns the value, or the name of the errno */
export function outcome(ret: number): number | string {
  return ret < 0 ? (ERRNO_NAMES.get(-ret) ?? ret) : ret;
}

/** A log that keeps its lines: those of pr_*() plain, those of dev_*() after "DEV: ". */
export function recordingLog(): DeviceLog & { readonly lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    pr: (level, message) => void lines.push(`<${level}> ${message}`),
    dev: (level, message) => void lines.push(`<${level}> DEV: ${message}`),
  };
}

/** 32-bit words, little-endian. */
export function words(...values: number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setUint32(4 * i, value >>> 0, true));
  return bytes;
}

export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** @returns the bytes in hex, or the name of the errno */
export function readHex(device: Device, pos: number, count: number): string | number {
  const result = device.read(pos, count);
  return typeof result === 'number' ? outcome(result) : toHex(result);
}

export function writeHex(device: Device, pos: number, hex: string): number | string {
  return outcome(device.write(pos, Buffer.from(hex, 'hex')));
}

/** Makes a request on a structure of 32-bit words. @returns the words after it, or the errno's name */
export function request(
  device: Device,
  name: keyof typeof VfioRequest,
  ...values: number[]
): number[] | string {
  const bytes = words(...values);
  const ret = outcome(device.ioctl(VfioRequest[name], new UserMemory(bytes)));
  if (typeof ret === 'string') return ret;
  const view = new DataView(bytes.buffer);
  return values.map((_, i) => view.getUint32(4 * i, true));
}
