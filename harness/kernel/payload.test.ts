import { expect } from 'chai';
import { payloadOf } from './payload.js';

/** A bzImage with two sectors of setup behind the first, and a payload 16 bytes into the rest. */
function image(magic: string, packed: Buffer): Buffer {
  const head = Buffer.alloc(3 * 512 + 16);
  head[0x1f1] = 2;
  head.write('HdrS', 0x202);
  const bytes = Buffer.concat([Buffer.from(magic, 'hex'), packed]);
  head.writeUInt32LE(16, 0x248);
  head.writeUInt32LE(bytes.length + 4, 0x24c);
  return Buffer.concat([head, bytes, Buffer.from('size'), Buffer.from('what follows')]);
}

describe('payloadOf', () => {
  const packed = Buffer.from('kernel');
  const formats: Readonly<Record<string, string>> = { fd377a58: 'xz', '28b52ffd': 'zstd' };
  for (const [magic, program] of Object.entries(formats)) {
    it(`finds what ${program} packed, without the size behind it`, () => {
      const { bytes, command } = payloadOf(image(magic, packed));
      expect(bytes.toString('latin1')).to.equal(
        `${Buffer.from(magic, 'hex').toString('latin1')}kernel`,
      );
      expect(command?.[0]).to.equal(program);
    });
  }

  it('leaves a kernel as it is that is not packed', () => {
    const elf = Buffer.from('\x7fELF and so on', 'latin1');
    expect(payloadOf(elf)).to.deep.equal({ bytes: elf });
  });

  for (const [what, bytes] of Object.entries({
    'an empty file': Buffer.alloc(0),
    'a text': Buffer.from('hello '.repeat(1000)),
    'an unknown way of packing': image('00112233', packed),
  })) {
    it(`refuses ${what}`, () => {
      expect(() => payloadOf(bytes))
        .to.throw(/^the image is /)
        .with.property('code', 'E_KERNEL_IMAGE');
    });
  }
});
