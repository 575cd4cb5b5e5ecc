/** The closed vocabularies of suite files: a word that is not here is an error with a hint. */
import type { StartableMethod } from '../adapter/protocol.js';
import { STARTABLE, type CAPABILITIES } from '../adapter/words.js';

/** First component of a suite's path. */
export const AREAS = [
  'registration',
  'create-remove',
  'probe-failure',
  'release-completion',
  'export-licensing',
  'driver-binding',
  'platform-binding',
  'open-close',
  'vendor-devices',
  'kconfig',
] as const;

/** What a case may need; typed by the protocol's own, so that a word added there must be described here. */
export const CAPABILITY_WORDS: Readonly<Record<(typeof CAPABILITIES)[number], string>> = {
  modules: 'loads and unloads modules',
  sysfs: 'has the files of sysfs',
  'vfio-group': 'opens the containers and groups in /dev/vfio',
  tasks: 'runs calls as other tasks',
  signals: 'sends signals to tasks',
  time: 'lets time pass',
  faults: 'makes internal steps fail',
  references: 'takes and drops references to objects',
  'driver-binding': 'has the buses whose drivers are bound in other ways than by a probe',
  'platform-bus': 'has the platform bus',
  licensing:
    'checks licences when symbols are resolved, shows taints, and has the modules of docs/licensing.md',
  kconfig: 'resolves Kconfig symbols',
};

/** Whether `start` can run a method as another task. */
export function isStartable(method: string): method is StartableMethod {
  return Object.hasOwn(STARTABLE, method);
}

export const IOCTL_REQUESTS = [
  'VFIO_GET_API_VERSION',
  'VFIO_CHECK_EXTENSION',
  'VFIO_SET_IOMMU',
  'VFIO_GROUP_GET_STATUS',
  'VFIO_GROUP_SET_CONTAINER',
  'VFIO_GROUP_UNSET_CONTAINER',
  'VFIO_GROUP_GET_DEVICE_FD',
  'VFIO_DEVICE_GET_INFO',
  'VFIO_DEVICE_GET_REGION_INFO',
  'VFIO_DEVICE_GET_IRQ_INFO',
  'VFIO_DEVICE_SET_IRQS',
  'VFIO_DEVICE_RESET',
  'VFIO_DEVICE_FEATURE',
  'VFIO_DEVICE_QUERY_GFX_PLANE',
  'VFIO_DEVICE_GET_GFX_DMABUF',
  'KVM_CREATE_VM',
  'KVM_CREATE_DEVICE',
  'KVM_DEV_VFIO_GROUP_ADD',
  'KVM_DEV_VFIO_GROUP_DEL',
  'KVM_DEV_VFIO_FILE_ADD',
  'KVM_DEV_VFIO_FILE_DEL',
] as const;

export const UEVENT_ACTIONS = [
  'add',
  'remove',
  'change',
  'move',
  'online',
  'offline',
  'bind',
  'unbind',
] as const;

/** Operations of vendor drivers that the core calls, over all eras. */
export const CALLBACK_OPS = [
  'create',
  'remove',
  'open',
  'release',
  'probe',
  'init',
  'open_device',
  'close_device',
  'request',
  'connect',
  'disconnect',
  'dma_configure',
] as const;

const ERRNO_NAMES = `
  EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES EFAULT ENOTBLK
  EBUSY EEXIST EXDEV ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE
  EROFS EMLINK EPIPE EDOM ERANGE EDEADLK ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY ELOOP ENOMSG EIDRM
  ENODATA ETIME EPROTO EBADMSG EOVERFLOW EBADFD EILSEQ ERESTART EUSERS EMSGSIZE EOPNOTSUPP
  EADDRINUSE EADDRNOTAVAIL ETIMEDOUT EALREADY EINPROGRESS ESTALE EREMOTEIO ECANCELED EKEYREJECTED
  ERESTARTSYS ERESTARTNOINTR ENOIOCTLCMD EPROBE_DEFER ENOTSUPP`;
/** Error numbers by name, with those that leak out of the kernel without a name in user space. */
export const ERRNOS: readonly string[] = ERRNO_NAMES.trim().split(/\s+/);

const MAX_ERRNO = 4095;
const KNOWN_ERRNOS = new Set(ERRNOS);

/** Whether `word` names an error: a known name, or `E<number>` for one without a name. */
export function isErrno(word: string): boolean {
  if (KNOWN_ERRNOS.has(word)) return true;
  const number = /^E([1-9][0-9]*)$/.exec(word)?.[1];
  return number !== undefined && Number(number) <= MAX_ERRNO;
}

/** Words that look like an errno are one, or a mistake; other texts are data. */
export const looksLikeErrno = (word: string): boolean => /^E[A-Z0-9_]+$/.test(word);

/** What a case expects of a Kconfig symbol. */
export const SYMBOL_VALUES = ['y', 'm', 'n', 'none'] as const;

export const TASK_STATES = ['running', 'blocked', 'done'] as const;
