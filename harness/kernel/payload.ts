/** The kernel inside of a bzImage. */
import { HarnessError } from '../errors.js';
import type { Command } from './step.js';

/** Offsets of the boot protocol's header (Documentation/arch/x86/boot.rst). */
const SETUP_SECTORS = 0x1f1;
const MAGIC = 0x202;
const PAYLOAD_OFFSET = 0x248;
const PAYLOAD_LENGTH = 0x24c;
const SECTOR = 512;
/** A payload ends with its size when uncompressed, which is no part of the compressed stream. */
const SIZE_BYTES = 4;

/** First bytes of a stream → what uncompresses it. */
const FORMATS: readonly (readonly [magic: string, command: Command])[] = [
  ['fd377a58', ['xz', '-d', '-c', '--single-stream']],
  ['28b52ffd', ['zstd', '-d', '-c']],
  ['1f8b', ['gzip', '-d', '-c']],
];

const ELF = '7f454c46';

/**
 * What is to be booted of an image's file.
 * @returns the bytes, and what uncompresses them; no command: they are a kernel already
 * @throws HarnessError `E_KERNEL_IMAGE` for what is no kernel of x86
 */
export function payloadOf(image: Buffer): { bytes: Buffer; command?: Command } {
  const starts = (bytes: Buffer, hex: string): boolean =>
    bytes.subarray(0, hex.length / 2).toString('hex') === hex;
  if (starts(image, ELF)) return { bytes: image };
  if (image.length <= PAYLOAD_LENGTH + 4 || image.toString('latin1', MAGIC, MAGIC + 4) !== 'HdrS') {
    throw new HarnessError('E_KERNEL_IMAGE', 'the image is no kernel of x86');
  }
  const setup = (image[SETUP_SECTORS]! || 4) + 1;
  const start = setup * SECTOR + image.readUInt32LE(PAYLOAD_OFFSET);
  const length = image.readUInt32LE(PAYLOAD_LENGTH);
  const bytes = image.subarray(start, start + length - SIZE_BYTES);
  const [, command] = FORMATS.find(([magic]) => starts(bytes, magic)) ?? [];
  if (command) return { bytes, command };
  throw new HarnessError('E_KERNEL_IMAGE', 'the image is compressed in a way that is not known');
}
