/**
 * The registers with which a guest sets mbochs' video mode, and the mode that they make.
 * Source: samples/vfio-mdev/mbochs.c, mbochs_check_framebuffer, mbochs_reset, 6.1 and 6.12.
 */
import { DRM_FORMAT_XRGB8888 } from '../vfio/uapi.js';

/** Indexes of the registers, 16 bits each. */
export const Vbe = {
  ID: 0,
  XRES: 1,
  YRES: 2,
  BPP: 3,
  ENABLE: 4,
  BANK: 5,
  VIRT_WIDTH: 6,
  VIRT_HEIGHT: 7,
  X_OFFSET: 8,
  Y_OFFSET: 9,
  VIDEO_MEMORY_64K: 10,
} as const;
const VBE_COUNT = 11;

const VBE_ID5 = 0xb0c5;
export const VBE_ENABLED = 0x01;
const VIDEO_MEMORY_UNIT = 64 * 1024;
const SUPPORTED_BPP = 32;
const BYTES_PER_PIXEL = 4;
const MIN_RESOLUTION = 64;

/** A frame buffer in the video memory. */
export interface MbochsMode {
  readonly drmFormat: number;
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  readonly offset: number;
  readonly size: number;
}

/** Why the registers make no mode. */
export type ModeFault = 'disabled' | 'bpp' | 'resolution' | 'overflow';

export class VbeRegisters {
  private readonly values = new Uint16Array(VBE_COUNT);

  constructor(private readonly memorySize: number) {
    this.reset();
  }

  reset(): void {
    this.values.fill(0);
    this.values[Vbe.ID] = VBE_ID5;
    this.values[Vbe.VIDEO_MEMORY_64K] = this.memorySize / VIDEO_MEMORY_UNIT;
  }

  get(index: number): number {
    return this.values[index] ?? 0;
  }

  /** All registers can be written, ID and VIDEO_MEMORY_64K too. */
  set(index: number, value: number): void {
    this.values[index] = value;
  }

  /** @returns the mode, or what is wrong with it; the first fault in the driver's order */
  mode(): MbochsMode | ModeFault {
    if (!(this.get(Vbe.ENABLE) & VBE_ENABLED)) return 'disabled';
    if (this.get(Vbe.BPP) !== SUPPORTED_BPP) return 'bpp';
    const width = this.get(Vbe.XRES);
    const height = this.get(Vbe.YRES);
    const stride = Math.max(this.get(Vbe.VIRT_WIDTH), width) * BYTES_PER_PIXEL;
    const size = stride * height;
    const offset = this.get(Vbe.X_OFFSET) * BYTES_PER_PIXEL + this.get(Vbe.Y_OFFSET) * stride;
    if (width < MIN_RESOLUTION || height < MIN_RESOLUTION) return 'resolution';
    if (offset + size > this.memorySize) return 'overflow';
    return { drmFormat: DRM_FORMAT_XRGB8888, width, height, stride, offset, size };
  }
}
