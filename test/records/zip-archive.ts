import { crc32, deflateRawSync } from 'node:zlib';

/** Options of a zip archive. By default it is written like by a tool that can seek. */
interface ZipOptions {
  /** @default 'deflated' */
  method?: 'stored' | 'deflated';
  /** Sizes after the data, as from a tool that cannot seek: with the usual signature, or without. */
  descriptor?: 'signed' | 'bare';
  /** Sizes of 64 bits, as for files of more than 4 GiB. */
  wide?: boolean;
  comment?: string;
}

function numbers(...fields: [bytes: 2 | 4 | 8, value: number][]): Buffer {
  return Buffer.concat(
    fields.map(([bytes, value]) => {
      const field = Buffer.alloc(bytes);
      if (bytes === 8) field.writeBigUInt64LE(BigInt(value));
      else field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );
}

function wideField(...values: number[]): Buffer {
  return numbers([2, 1], [2, values.length * 8], ...values.map((value): [8, number] => [8, value]));
}

/** A zip archive with an entry for each of the contents. */
function zip(
  contents: readonly Buffer[],
  { method = 'deflated', descriptor, wide = false, comment = '' }: ZipOptions = {},
): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  contents.forEach((content, index) => {
    const name = Buffer.from(`entry-${index}`);
    const data = method === 'deflated' ? deflateRawSync(content) : content;
    const crc = crc32(content);
    const known = descriptor === undefined;
    const sizes = known ? [content.length, data.length] : [0, 0];
    const localExtra = wide ? wideField(...sizes) : Buffer.alloc(0);
    const in32 = (value: number): [4, number] => [4, wide ? 0xffffffff : value];
    const methodNumber = method === 'deflated' ? 8 : 0;
    const flags = known ? 0 : 8;
    const before = numbers(
      [4, 0x04034b50],
      [2, 20],
      [2, flags],
      [2, methodNumber],
      [2, 0],
      [2, 0x21],
      [4, known ? crc : 0],
      in32(known ? data.length : 0),
      in32(known ? content.length : 0),
      [2, name.length],
      [2, localExtra.length],
    );
    const size: 4 | 8 = wide ? 8 : 4;
    const behind = known
      ? Buffer.alloc(0)
      : numbers([4, 0x08074b50], [4, crc], [size, data.length], [size, content.length]);
    const entry = Buffer.concat([
      before,
      name,
      localExtra,
      data,
      behind.subarray(descriptor === 'bare' ? 4 : 0),
    ]);
    const extra = wide ? wideField(content.length, data.length, offset) : Buffer.alloc(0);
    const central = numbers(
      [4, 0x02014b50],
      [2, 20],
      [2, 20],
      [2, flags],
      [2, methodNumber],
      [2, 0],
      [2, 0x21],
      [4, crc],
      in32(data.length),
      in32(content.length),
      [2, name.length],
      [2, extra.length],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      in32(offset),
    );
    directory.push(central, name, extra);
    parts.push(entry);
    offset += entry.length;
  });
  const listed = Buffer.concat(directory);
  const count = contents.length;
  const end64 = numbers(
    [4, 0x06064b50],
    [8, 44],
    [2, 45],
    [2, 45],
    [4, 0],
    [4, 0],
    [8, count],
    [8, count],
    [8, listed.length],
    [8, offset],
    [4, 0x07064b50],
    [4, 0],
    [8, offset + listed.length],
    [4, 1],
  );
  const end = numbers(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, wide ? 0xffff : count],
    [2, wide ? 0xffff : count],
    [4, wide ? 0xffffffff : listed.length],
    [4, wide ? 0xffffffff : offset],
    [2, comment.length],
  );
  return Buffer.concat([...parts, listed, ...(wide ? [end64] : []), end, Buffer.from(comment)]);
}

export { zip };
