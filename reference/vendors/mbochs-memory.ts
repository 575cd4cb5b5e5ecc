import { PAGE_SIZE } from '../vfio/uapi.js';

/**
 * mbochs' video memory: pages that come into being when touched, and go when the device is closed.
 * Source: samples/vfio-mdev/mbochs.c, mdev_access, __mbochs_get_page, mbochs_put_pages, 6.1 and 6.12.
 */
export class MbochsMemory {
  private readonly pages = new Map<number, Uint8Array>();

  /** An access never crosses a page, since its pieces are aligned. */
  access(offset: number, buffer: Uint8Array, count: number, isWrite: boolean): void {
    const page = this.page(Math.floor(offset / PAGE_SIZE));
    const start = offset % PAGE_SIZE;
    if (isWrite) page.set(buffer.subarray(0, count), start);
    else buffer.set(page.subarray(start, start + count));
  }

  putPages(): void {
    this.pages.clear();
  }

  private page(index: number): Uint8Array {
    const page = this.pages.get(index) ?? new Uint8Array(PAGE_SIZE);
    this.pages.set(index, page);
    return page;
  }
}
