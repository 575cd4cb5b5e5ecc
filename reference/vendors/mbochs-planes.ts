/**
 * Frame buffers of mbochs as dma-bufs: VFIO_DEVICE_QUERY_GFX_PLANE and VFIO_DEVICE_GET_GFX_DMABUF.
 * Source: samples/vfio-mdev/mbochs.c, mbochs_query_gfx_plane, mbochs_get_gfx_dmabuf, 6.1 and 6.12.
 */
import { Errno } from '../kernel/errno.js';
import { LogLevel } from '../kernel/printk.js';
import type { DeviceLog } from './device-log.js';
import type { LittleEndian } from '../kernel/little-endian.js';
import { Vbe, type MbochsMode, type ModeFault, type VbeRegisters } from './mbochs-vbe.js';
import { RateLimit } from '../kernel/rate-limit.js';
import { DRM_PLANE_TYPE_PRIMARY, GfxPlaneFlag, GfxPlaneInfo, PAGE_SIZE } from '../vfio/uapi.js';

/** An exported frame buffer, as whoever gives out descriptors for it sees it. */
export interface DmaBuf {
  readonly size: number;
  /** To be called when the last descriptor is closed. Source: mbochs_release_dmabuf. */
  release(): void;
}

/** dma_buf_fd(): a new descriptor for the buffer, or a negative errno. */
export type DmaBufFd = (buf: DmaBuf) => number;

interface Framebuffer {
  readonly id: number;
  readonly mode: MbochsMode;
  exported: DmaBuf | null;
}

const NO_PLANE = { drmFormat: 0, width: 0, height: 0, stride: 0, size: 0 } as const;

const sameMode = (a: MbochsMode, b: MbochsMode): boolean =>
  a.width === b.width &&
  a.height === b.height &&
  a.stride === b.stride &&
  a.offset === b.offset &&
  a.size === b.size;

/** One limit for each place that complains, shared by the devices of one loaded module. */
export class MbochsRateLimits {
  private readonly limits: Readonly<
    Record<Exclude<ModeFault, 'disabled'> | 'unaligned', RateLimit>
  >;

  /** @param nowMs the kernel's clock */
  constructor(nowMs: () => number) {
    const check = () => new RateLimit('mbochs_check_framebuffer', nowMs);
    this.limits = {
      bpp: check(),
      resolution: check(),
      overflow: check(),
      unaligned: new RateLimit('mbochs_dmabuf_export', nowMs),
    };
  }

  /** dev_info_ratelimited() */
  devInfo(log: DeviceLog, place: keyof MbochsRateLimits['limits'], message: string): void {
    if (this.limits[place].allows(log)) log.dev(LogLevel.INFO, message);
  }
}

export class MbochsPlanes {
  private framebuffers: Framebuffer[] = [];
  private nextId = 1;

  constructor(
    private readonly vbe: VbeRegisters,
    private readonly log: DeviceLog,
    private readonly limits: MbochsRateLimits,
    private readonly dmaBufFd: DmaBufFd,
  ) {}

  /** Fills struct vfio_device_gfx_plane_info. @returns 0 or a negative errno */
  query(plane: LittleEndian): number {
    const flags = plane.u32(GfxPlaneInfo.flags);
    if (flags === (GfxPlaneFlag.PROBE | GfxPlaneFlag.DMABUF)) return 0;
    if (flags !== GfxPlaneFlag.DMABUF) return -Errno.EINVAL;
    const primary = plane.u32(GfxPlaneInfo.drmPlaneType) === DRM_PLANE_TYPE_PRIMARY;
    const mode = primary ? this.checkFramebuffer() : null;
    const framebuffer = mode && this.findByMode(mode);
    if (mode && !framebuffer) {
      // The driver makes one, forgets it, and reports that it couldn't: asking again finds it.
      this.framebuffers.push({ id: this.nextId++, mode, exported: null });
      return -Errno.ENOMEM;
    }
    putPlane(plane, framebuffer?.mode ?? NO_PLANE, framebuffer?.id ?? 0);
    return 0;
  }

  /** @returns a descriptor, -ENOENT for an unknown id, -EINVAL for a frame buffer off page bounds */
  getDmaBuf(id: number): number {
    const framebuffer = this.framebuffers.find((candidate) => candidate.id === id);
    if (!framebuffer) return -Errno.ENOENT;
    framebuffer.exported ??= this.export(framebuffer);
    return framebuffer.exported ? this.dmaBufFd(framebuffer.exported) : -Errno.EINVAL;
  }

  /** Forgets all frame buffers; ids go on. Source: mbochs_close_device. */
  close(): void {
    this.framebuffers = [];
  }

  private findByMode(mode: MbochsMode): Framebuffer | undefined {
    return this.framebuffers.find((candidate) => sameMode(candidate.mode, mode));
  }

  /** Source: mbochs_check_framebuffer. @returns the mode, null if the registers make none */
  private checkFramebuffer(): MbochsMode | null {
    const mode = this.vbe.mode();
    if (typeof mode !== 'string') return mode;
    if (mode !== 'disabled') this.complain(mode);
    return null;
  }

  private complain(fault: Exclude<ModeFault, 'disabled'>): void {
    const resolution = `${this.vbe.get(Vbe.XRES)}x${this.vbe.get(Vbe.YRES)}`;
    const sentences = {
      bpp: `bpp ${this.vbe.get(Vbe.BPP)} not supported`,
      resolution: `invalid resolution ${resolution}`,
      overflow: 'framebuffer memory overflow',
    };
    this.limits.devInfo(this.log, fault, `mbochs_check_framebuffer: ${sentences[fault]}`);
  }

  /** Source: mbochs_dmabuf_export. */
  private export(framebuffer: Framebuffer): DmaBuf | null {
    if (framebuffer.mode.offset % PAGE_SIZE) {
      const message = 'mbochs_dmabuf_export: framebuffer not page-aligned';
      this.limits.devInfo(this.log, 'unaligned', message);
      return null;
    }
    return { size: framebuffer.mode.size, release: () => void (framebuffer.exported = null) };
  }
}

function putPlane(plane: LittleEndian, mode: Omit<MbochsMode, 'offset'>, id: number): void {
  plane.setU32(GfxPlaneInfo.drmFormat, mode.drmFormat);
  plane.setU64(GfxPlaneInfo.drmFormatMod, 0);
  plane.setU32(GfxPlaneInfo.width, mode.width);
  plane.setU32(GfxPlaneInfo.height, mode.height);
  plane.setU32(GfxPlaneInfo.stride, mode.stride);
  plane.setU32(GfxPlaneInfo.size, mode.size);
  plane.setU32(GfxPlaneInfo.dmabufId, id);
  for (const field of ['xPos', 'yPos', 'xHot', 'yHot'] as const) {
    plane.setU32(GfxPlaneInfo[field], 0);
  }
}
