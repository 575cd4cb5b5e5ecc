/**
 * The monitor that user space describes to mbochs: struct vfio_region_gfx_edid and the blob of EDID.
 * Source: samples/vfio-mdev/mbochs.c, handle_edid_regs, handle_edid_blob, handle_mmio_read, 6.1 and 6.12.
 */
import { LittleEndian } from '../kernel/little-endian.js';
import { PAGE_SIZE } from '../vfio/uapi.js';

/** struct vfio_region_gfx_edid. */
export const EdidReg = {
  edidOffset: 0,
  edidMaxSize: 4,
  edidSize: 8,
  maxXres: 12,
  maxYres: 16,
  linkState: 20,
} as const;
const EDID_REGS_SIZE = 24;

export const GFX_LINK_STATE_UP = 1;

/** The blob begins in the middle of the region. */
export const EDID_BLOB_OFFSET = PAGE_SIZE / 2;
const EDID_BLOB_SIZE = 0x400;

const WRITABLE: ReadonlySet<number> = new Set([EdidReg.linkState, EdidReg.edidSize]);

export class MbochsEdid {
  private readonly regs = new LittleEndian(new Uint8Array(EDID_REGS_SIZE));
  private readonly blob = new Uint8Array(EDID_BLOB_SIZE);

  constructor(maxXres: number, maxYres: number) {
    this.regs.setU32(EdidReg.maxXres, maxXres);
    this.regs.setU32(EdidReg.maxYres, maxYres);
    this.regs.setU32(EdidReg.edidOffset, EDID_BLOB_OFFSET);
    this.regs.setU32(EdidReg.edidMaxSize, EDID_BLOB_SIZE);
  }

  /** User space's side. What is out of bounds, or no whole register, is ignored without an error. */
  access(offset: number, buffer: Uint8Array, count: number, isWrite: boolean): void {
    if (offset < EDID_BLOB_OFFSET) this.accessRegs(offset, buffer, count, isWrite);
    else this.accessBlob(offset - EDID_BLOB_OFFSET, buffer, count, isWrite);
  }

  /** The guest's side, through the MMIO BAR: zeroes without a link, and behind the blob's size. */
  readByGuest(offset: number, buffer: Uint8Array, count: number): void {
    const visible =
      this.regs.u32(EdidReg.linkState) === GFX_LINK_STATE_UP &&
      offset < this.regs.u32(EdidReg.edidSize);
    if (visible) buffer.set(this.blob.subarray(offset, offset + count));
    else buffer.fill(0, 0, count);
  }

  private accessRegs(offset: number, buffer: Uint8Array, count: number, isWrite: boolean): void {
    if (offset + count > EDID_REGS_SIZE || count !== 4 || offset % 4) return;
    if (!isWrite) buffer.set(this.regs.bytes.subarray(offset, offset + count));
    else if (WRITABLE.has(offset)) this.regs.bytes.set(buffer, offset);
  }

  private accessBlob(offset: number, buffer: Uint8Array, count: number, isWrite: boolean): void {
    if (offset + count > EDID_BLOB_SIZE) return;
    if (isWrite) this.blob.set(buffer.subarray(0, count), offset);
    else buffer.set(this.blob.subarray(offset, offset + count));
  }
}
