/** From packages to a kernel that boots with everything that cases load: a list of stages. */
import { join } from 'node:path';
import {
  CORE_MODULES,
  KERNELS,
  OUR_MODULES,
  PORT_MODULES,
  SAMPLES,
  type KernelVersion,
} from './kernels.js';
import { MANIFEST, type Manifest } from './manifest.js';
import type { Command, Stage, Step } from './step.js';

/** Where everything is that a plan starts from. */
export interface Origins {
  version: KernelVersion;
  release: string;
  /** the image's package, with its modules */
  image: string;
  /** packages of headers, or a folder in which modules can be built as it is */
  headers: { packages: readonly string[] } | { folder: string };
  /** the source's package, or an archive */
  source: string;
  /** the project's folder linux/ */
  guest: string;
  /** the folder for this version */
  folder: string;
}

/** What is unpacked, built and finished, by its place. */
const places = (folder: string) => {
  const work = join(folder, 'work');
  return {
    image: join(work, 'image'),
    headers: join(work, 'headers'),
    source: join(work, 'source'),
    build: join(work, 'build'),
    root: join(work, 'root'),
    modules: join(work, 'root', 'm'),
    ready: join(work, 'ready'),
    work,
  };
};
type Places = ReturnType<typeof places>;

const unpacked = (file: string): Command => ['dpkg-deb', '--fsys-tarfile', file];

function unpackImage({ image }: Origins, at: Places): Stage {
  // What a pattern doesn't find is an error to tar; each of these finds something in any kernel.
  const wanted = ['vfio', 'virtio', 'char'].map(
    (name) => `./lib/modules/*/kernel/drivers/${name}/*`,
  );
  return {
    title: 'unpack the kernel',
    steps: [
      { do: 'folder', path: at.image },
      {
        do: 'run',
        commands: [
          unpacked(image),
          ['tar', '-x', '-C', at.image, '--wildcards', './boot/vmlinuz-*', ...wanted],
        ],
      },
    ],
  };
}

const headersFolder = ({ headers, release }: Origins, at: Places): string =>
  'folder' in headers ? headers.folder : join(at.headers, 'usr', 'src', `linux-headers-${release}`);

function unpackHeaders(origins: Origins, at: Places): Stage {
  const { headers } = origins;
  const title = 'unpack the headers';
  if ('folder' in headers) return { title, steps: [] };
  const unpack = headers.packages.map((file): Step => ({
    do: 'run',
    commands: [['dpkg-deb', '-x', file, at.headers]],
  }));
  const moved: Step = {
    do: 'replace',
    // The one place where the headers say where they are installed.
    path: join(headersFolder(origins, at), 'Makefile'),
    from: 'include /usr/src/',
    to: `include ${at.headers}/usr/src/`,
  };
  return { title, steps: [{ do: 'folder', path: at.headers }, ...unpack, moved] };
}

function unpackSamples({ source }: Origins, at: Places): Stage {
  const into = ['-C', at.source, '--strip-components=1', '--wildcards', '*/samples/vfio-mdev/*'];
  const commands: readonly Command[] = source.endsWith('.deb')
    ? [
        unpacked(source),
        ['tar', '-x', '-O', '--wildcards', './usr/src/linux-source-*.tar.xz'],
        ['tar', '-x', '-J', ...into],
      ]
    : [['tar', '-x', '-f', source, ...into]];
  return {
    title: 'unpack the samples out of the source',
    steps: [
      { do: 'folder', path: at.source },
      { do: 'run', commands },
    ],
  };
}

/** Builds what a folder's Kbuild names. Type information for debuggers would take a tool of its own. */
const buildIn = (headers: string, folder: string): Step => ({
  do: 'run',
  commands: [['make', '-C', headers, `M=${folder}`, 'CONFIG_DEBUG_INFO_BTF_MODULES=', 'modules']],
});

const stripped = (from: string, name: string, at: Places): Step => ({
  do: 'run',
  commands: [
    ['strip', '--strip-debug', '-o', join(at.modules, `${name}.ko`), join(from, `${name}.ko`)],
  ],
});

function buildSamples(origins: Origins, at: Places): Stage {
  const folder = join(at.build, 'samples');
  const names = Object.keys(SAMPLES);
  const files = Object.entries(SAMPLES).flatMap(([name, more]) => [`${name}.c`, ...more]);
  const objects = names.map((name) => `${name}.o`).join(' ');
  return {
    title: `build the samples ${names.join(', ')}`,
    steps: [
      { do: 'folder', path: folder },
      ...files.map((name): Step => ({
        do: 'copy',
        from: join(at.source, 'samples', 'vfio-mdev', name),
        to: join(folder, name),
      })),
      { do: 'write', path: join(folder, 'Kbuild'), text: `obj-m := ${objects}\n` },
      buildIn(headersFolder(origins, at), folder),
      ...names.map((name) => stripped(folder, name, at)),
    ],
  };
}

/** modpost would not build it, so the licence is changed in what it built; the lengths are the same. */
const proprietary = (at: Places): Step => ({
  do: 'replace',
  path: join(at.build, 'mprop', 'mprop_vfio.ko'),
  from: 'license=Dual BSD/GPL\0',
  to: 'license=Proprietary\0\0',
});

function buildOurs(origins: Origins, at: Places): Stage {
  const folders = Object.keys(OUR_MODULES);
  const headers = headersFolder(origins, at);
  return {
    title: `build ${Object.values(OUR_MODULES).flat().join(', ')}`,
    steps: [
      ...folders.map((name): Step => ({
        do: 'copy',
        from: join(origins.guest, name),
        to: join(at.build, name),
      })),
      ...folders.map((name) => buildIn(headers, join(at.build, name))),
      proprietary(at),
      ...Object.entries(OUR_MODULES).flatMap(([folder, names]) =>
        names.map((name) => stripped(join(at.build, folder), name, at)),
      ),
    ],
  };
}

function buildAgent({ guest }: Origins, at: Places): Stage {
  return {
    title: 'build the agent',
    steps: [
      { do: 'run', commands: [['make', '-C', join(guest, 'agent'), `OUT=${at.build}`]] },
      { do: 'copy', from: join(at.build, 'agent'), to: join(at.root, 'init') },
    ],
  };
}

function packInitramfs(at: Places): Stage {
  const folders = ['proc', 'sys', 'dev'].map((name): Step => ({
    do: 'folder',
    path: join(at.root, name),
  }));
  return {
    title: 'pack the initramfs',
    steps: [
      ...folders,
      { do: 'modules', names: CORE_MODULES, below: at.image, into: at.modules },
      {
        do: 'loadable',
        names: PORT_MODULES,
        below: at.image,
        into: at.modules,
        list: join(at.root, 'etc', 'modules'),
      },
      {
        do: 'run',
        commands: [
          ['find', '.'],
          ['cpio', '--quiet', '-o', '-H', 'newc', '-R', '0:0'],
        ],
        cwd: at.root,
        into: join(at.ready, 'initramfs.cpio'),
      },
      { do: 'uncompress', below: join(at.image, 'boot'), to: join(at.ready, 'vmlinux') },
    ],
  };
}

function finish({ version, release, folder }: Origins, at: Places): Stage {
  const manifest: Manifest = {
    version,
    release,
    profile: KERNELS[version].profile,
    vendors: [...Object.keys(SAMPLES), ...Object.values(OUR_MODULES).flat()],
  };
  return {
    title: 'put it in its place',
    steps: [
      {
        do: 'write',
        path: join(at.ready, MANIFEST),
        text: `${JSON.stringify(manifest, null, 2)}\n`,
      },
      { do: 'replace-folder', from: at.ready, to: join(folder, 'ready') },
    ],
  };
}

/**
 * The stages from packages to a kernel that is ready to boot. What is unfinished is in `work/` of the
 * version's folder, what is finished in `ready/`.
 */
export function planKernel(origins: Origins): Stage[] {
  const at = places(origins.folder);
  const folders = [at.work, at.build, at.modules, join(at.root, 'etc'), at.ready];
  const start: Step[] = folders.map((path) => ({ do: 'folder', path }));
  const image = unpackImage(origins, at);
  return [
    { ...image, steps: [...start, ...image.steps] },
    unpackHeaders(origins, at),
    unpackSamples(origins, at),
    buildSamples(origins, at),
    buildOurs(origins, at),
    buildAgent(origins, at),
    packInitramfs(at),
    finish(origins, at),
  ];
}

/** What is in the way once a kernel is ready. */
export const workFolder = (folder: string): string => places(folder).work;
