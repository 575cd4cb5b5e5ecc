/** A PCI configuration space in memory, as the sample drivers keep it. */
import { LittleEndian } from '../kernel/little-endian.js';

/** Source: include/uapi/linux/pci_regs.h, 6.1. */
export const PciConfig = {
  VENDOR_ID: 0x00,
  DEVICE_ID: 0x02,
  COMMAND: 0x04,
  STATUS: 0x06,
  REVISION: 0x08,
  CLASS_DEVICE: 0x0a,
  BASE_ADDRESS_0: 0x10,
  BASE_ADDRESS_2: 0x18,
  SUBSYSTEM_VENDOR_ID: 0x2c,
  SUBSYSTEM_ID: 0x2e,
  CAPABILITY_LIST: 0x34,
  INTERRUPT_LINE: 0x3c,
  INTERRUPT_PIN: 0x3d,
} as const;

/** Identities of QEMU's devices. Source: include/linux/pci_ids.h, 6.1. */
export const PciId = { REDHAT: 0x1b36, QUMRANET: 0x1af4, QEMU_SUBDEVICE: 0x1100 } as const;

export const PCI_COMMAND_IO_AND_MEMORY = 0x0003;
export const PCI_STATUS_CAP_LIST = 0x0010;
export const PCI_CLASS_DISPLAY_OTHER = 0x0380;
export const PCI_BASE_ADDRESS_MEM_PREFETCH = 0x08;

const MEMORY_BAR_FLAGS = 0x0f;
export const ALL_ONES = 0xffffffff;

/** What the drivers report, and check positions against. */
export const CONFIG_SPACE_SIZE = 0xff;
/** What the allocator hands out for it, zeroed: the last double word can be read to its end. */
const CONFIG_SPACE_ALLOCATED = 0x100;

/** A field's offset, its width in bytes, and its value. */
export type ConfigField = readonly [offset: number, width: 1 | 2 | 4, value: number];

/** The mask that a BAR of `size` bytes answers to a write of all ones. */
export function barMask(size: number): number {
  return -size >>> 0;
}

export class PciConfigSpace {
  private readonly bytes = new Uint8Array(CONFIG_SPACE_ALLOCATED);
  private readonly words = new LittleEndian(this.bytes);

  constructor(fields: readonly ConfigField[]) {
    for (const [offset, width, value] of fields) {
      for (let i = 0; i < width; i++) this.bytes[offset + i] = value >>> (8 * i);
    }
  }

  /** Copies `count` bytes to `buffer`. What lies behind the space is another object's memory: zeroes here. */
  read(offset: number, buffer: Uint8Array, count: number): void {
    for (let i = 0; i < count; i++) buffer[i] = this.bytes[offset + i] ?? 0;
  }

  byte(offset: number): number {
    return this.bytes[offset]!;
  }

  setByte(offset: number, value: number): void {
    this.bytes[offset] = value;
  }

  setU32(offset: number, value: number): void {
    this.words.setU32(offset, value);
  }

  /**
   * A write to a memory BAR: all ones ask for its size, all else is an address. The flags stay.
   * @param tell hears of addresses other than zero
   * Source: samples/vfio-mdev/{mdpy,mbochs}.c, handle_pci_cfg_write, 6.1 and 6.12.
   */
  writeMemoryBar(
    offset: number,
    value: number,
    mask: number,
    tell: (address: number) => void,
  ): void {
    const sizing = value === ALL_ONES;
    const address = (sizing ? value & mask : value & ~MEMORY_BAR_FLAGS) >>> 0;
    if (!sizing && address) tell(address);
    this.setU32(offset, address | (this.byte(offset) & MEMORY_BAR_FLAGS));
  }
}
