/** Hands out the lowest free number. Source: lib/idr.c, ida_alloc_range(), 6.1 */
export class Ida {
  private readonly used = new Set<number>();

  alloc(): number {
    let id = 0;
    while (this.used.has(id)) id++;
    this.used.add(id);
    return id;
  }

  free(id: number): void {
    this.used.delete(id);
  }

  get empty(): boolean {
    return this.used.size === 0;
  }
}
