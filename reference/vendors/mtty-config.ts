/** The configuration space of mtty. */
import { LogLevel } from '../kernel/printk.js';
import type { DeviceLog } from './device-log.js';
import { LittleEndian } from '../kernel/little-endian.js';
import { ALL_ONES, PciConfigSpace, barMask, type ConfigField } from './pci-config-space.js';

export const MTTY_IO_BAR_SIZE = 8;

const IO_BAR_FLAGS = 0x03;
const IO_BAR: ConfigField[2] = 0x01;
const BAR_1 = 0x14;

/** Vendor-specific text at 0x60. */
const TEXT_OFFSET = 0x60;
const TEXT = 'PCI Serial/UART';

/**
 * What a guest reads before it wrote anything.
 * Source: samples/vfio-mdev/mtty.c, mtty_create_config_space, 6.1 and 6.12.
 */
const FIELDS: readonly ConfigField[] = [
  [0x00, 4, 0x32534348],
  [0x04, 2, 0x0001],
  [0x06, 2, 0x0200],
  [0x08, 1, 0x10],
  [0x09, 1, 0x02],
  [0x0b, 1, 0x07],
  [0x10, 4, IO_BAR],
  [0x2c, 4, 0x32534348],
  [0x3d, 1, 0x01],
  [0x40, 1, 0x23],
  [0x43, 1, 0x80],
  [0x44, 1, 0x23],
  [0x48, 1, 0x23],
  [0x4c, 1, 0x23],
  ...[...TEXT].map((char, i): ConfigField => [TEXT_OFFSET + i, 1, char.charCodeAt(0)]),
];

const SECOND_PORT_FIELDS: readonly ConfigField[] = [[BAR_1, 4, IO_BAR]];

type ConfigWrite = (offset: number, buffer: Uint8Array) => void;

export class MttyConfig {
  private readonly space: PciConfigSpace;
  private readonly writes: ReadonlyMap<number, ConfigWrite>;

  constructor(
    ports: number,
    private readonly log: DeviceLog,
  ) {
    this.space = new PciConfigSpace(ports === 2 ? [...FIELDS, ...SECOND_PORT_FIELDS] : FIELDS);
    const ignore: ConfigWrite = () => undefined;
    const zero: ConfigWrite = (offset) => this.space.setU32(offset, 0);
    this.writes = new Map<number, ConfigWrite>([
      [0x04, ignore],
      [0x06, ignore],
      [0x10, (offset, buffer) => this.writeBar(0, offset, buffer)],
      [BAR_1, ports === 1 ? zero : (offset, buffer) => this.writeBar(1, offset, buffer)],
      [0x18, zero],
      [0x1c, zero],
      [0x20, zero],
      [0x3c, (offset, buffer) => this.space.setByte(offset, buffer[0]!)],
      [0x3d, ignore],
    ]);
  }

  read(offset: number, buffer: Uint8Array, count: number): void {
    this.space.read(offset, buffer, count);
  }

  /** Source: samples/vfio-mdev/mtty.c, handle_pci_cfg_write, 6.1 and 6.12. */
  write(offset: number, buffer: Uint8Array, count: number): void {
    const write = this.writes.get(offset);
    if (write) {
      write(offset, buffer);
      return;
    }
    const where = `PCI config write @0x${offset.toString(16)}`;
    this.log.pr(LogLevel.INFO, `${where} of ${count} bytes not handled`);
  }

  private writeBar(bar: number, offset: number, buffer: Uint8Array): void {
    const value = new LittleEndian(buffer).u32(0);
    this.log.pr(LogLevel.INFO, `BAR${bar} addr 0x${value.toString(16)}`);
    const address = value === ALL_ONES ? barMask(MTTY_IO_BAR_SIZE) : value;
    this.space.setU32(offset, address | (this.space.byte(offset) & IO_BAR_FLAGS));
  }
}
