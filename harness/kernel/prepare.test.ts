import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { readyKernel } from './manifest.js';
import { prepareKernel, type Own } from './prepare.js';
import type { Run } from './runner.js';
import type { Command } from './step.js';

const RELEASE = '6.1.0-56-amd64';

/** A machine on which every program does the least that the next step needs. */
class Machine {
  readonly cache = mkdtempSync(join(tmpdir(), 'mdevct-kernel-'));
  readonly guest = join(this.cache, 'linux');
  readonly told: string[] = [];
  readonly ran: string[] = [];
  /** whose make fails */
  broken = '';

  constructor() {
    for (const folder of ['agent', 'mscript', 'mprop']) this.put(join(this.guest, folder, 'x.c'));
  }

  put(path: string, text = ''): void {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  async prepare(own: Own = {}): Promise<string> {
    const { cache, guest, run } = this;
    const tell = (title: string): void => void this.told.push(title);
    return prepareKernel({ version: '6.1', own, cache, guest, run, tell });
  }

  readonly run: Run = async (commands, { cwd, into, input } = {}) => {
    this.ran.push(commands.map((command) => command.join(' ')).join(' | '));
    const output = commands.map((command) => this.does(command, cwd)).at(-1)!;
    if (into !== undefined) this.put(into, input ? 'uncompressed' : output);
    return output;
  };

  private does([program, ...args]: Command, cwd?: string): string {
    const last = args.at(-1)!;
    const after = (flag: string): string => args[args.indexOf(flag) + 1]!;
    switch (program) {
      case 'apt-cache':
        return args[0] === 'pkgnames'
          ? `linux-image-${RELEASE}\n`
          : '  Depends: linux-headers-6.1.0-56-common\n  Depends: linux-kbuild-6.1\n';
      case 'apt-get':
        this.put(join(cwd!, `${last}_1_amd64.deb`));
        return '';
      case 'dpkg-deb':
        if (args[0] === '-f') return `linux-image-${RELEASE}\n`;
        if (args[0] === '-x' && args[1]!.includes(`headers-${RELEASE}_`)) {
          const makefile = join(last, `usr/src/linux-headers-${RELEASE}/Makefile`);
          this.put(makefile, 'include /usr/src/linux-headers-6.1.0-56-common/Makefile\n');
        }
        return '';
      case 'tar':
        this.unpack(after('-C'), last);
        return '';
      case 'make':
        this.make(args);
        return '';
      case 'strip':
        this.put(after('-o'), readFileSync(last, 'latin1'));
        return '';
      default:
        return '';
    }
  }

  private unpack(folder: string, what: string): void {
    if (what.includes('samples')) {
      const names = ['mtty.c', 'mdpy.c', 'mdpy-defs.h', 'mbochs.c'];
      for (const name of names) this.put(join(folder, 'samples/vfio-mdev', name));
    } else if (what.includes('drivers')) {
      this.put(join(folder, 'boot/vmlinuz-x'), '\x7fELF');
      const names = ['vfio', 'vfio_iommu_type1', 'mdev', 'virtio_console'];
      for (const name of names) this.put(join(folder, 'lib', `${name}.ko`));
    }
  }

  private make(args: readonly string[]): void {
    const folder = args.find((arg) => arg.startsWith('M='))?.slice(2);
    if (this.broken !== '' && folder?.endsWith(this.broken)) throw new Error('make failed');
    const out = args.find((arg) => arg.startsWith('OUT='))?.slice(4);
    if (out !== undefined) this.put(join(out, 'agent'));
    const built = ['mtty', 'mdpy', 'mbochs', 'mscript', 'mprop_mdev', 'mprop_vfio'];
    const names = folder === undefined ? [] : built;
    for (const name of names) this.put(join(folder!, `${name}.ko`), 'license=Dual BSD/GPL\0');
  }
}

describe('prepareKernel', () => {
  let machine: Machine;
  beforeEach(() => void (machine = new Machine()));
  afterEach(() => rmSync(machine.cache, { recursive: true }));

  it('makes a kernel ready, and leaves nothing else behind but the packages', async () => {
    expect(await machine.prepare()).to.equal(RELEASE);
    const kernel = readyKernel(machine.cache, '6.1');
    expect(kernel).to.include({ version: '6.1', release: RELEASE, profile: 'linux-6.1' });
    expect(kernel.vendors).to.include.members(['mtty', 'mscript', 'mprop_vfio']);
    expect(readFileSync(kernel.vmlinux, 'latin1')).to.equal('\x7fELF');
    expect(existsSync(kernel.initramfs)).to.equal(true);
    expect(existsSync(join(machine.cache, '6.1/work'))).to.equal(false);
  });

  it('downloads each package by its name, once', async () => {
    await machine.prepare();
    await machine.prepare();
    const packages = [
      `linux-image-${RELEASE}`,
      `linux-headers-${RELEASE}`,
      'linux-headers-6.1.0-56-common',
      'linux-kbuild-6.1',
      'linux-source-6.1',
    ];
    const downloads = machine.ran.filter((line) => line.startsWith('apt-get'));
    expect(downloads).to.have.members(packages.map((name) => `apt-get -q download ${name}`));
    expect(machine.told.filter((title) => title.startsWith('download'))).to.have.length(5);
  });

  it('asks nobody for packages when it has all files', async () => {
    const source = 'linux.tar.xz';
    await machine.prepare({ image: 'image.deb', headers: '/headers', source });
    expect(machine.ran.filter((line) => line.startsWith('apt'))).to.deep.equal([]);
    const builds = machine.ran.filter((line) => line.startsWith('make') && line.includes('M='));
    expect(builds).to.have.length(3);
    for (const line of builds) expect(line).to.match(/^make -C \/headers M=/);
  });

  it('keeps what was ready when building anew fails', async () => {
    await machine.prepare();
    machine.broken = 'mprop';
    let failed = false;
    await machine.prepare().catch(() => (failed = true));
    expect(failed).to.equal(true);
    expect(readyKernel(machine.cache, '6.1').release).to.equal(RELEASE);
  });

  it('says how to prepare a kernel that is not', () => {
    expect(() => readyKernel(machine.cache, '6.12'))
      .to.throw('the kernel 6.12 is not prepared; mdevct kernel prepare 6.12 does it')
      .with.property('code', 'E_KERNEL_UNPREPARED');
  });
});
