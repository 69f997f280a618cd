import fc from 'fast-check';
import { anyRecordText } from '../records';

/** The place of a record in an object. */
interface Place {
  offset: number;
  length: number;
}

/** An undamaged object, with the places of its records. */
interface FramedObject {
  bytes: Buffer;
  records: Place[];
}

/** A layout of records: the text before, between and after them, and the indentation. */
interface Layout {
  before: string;
  between: string;
  after: string;
  indent?: number | string;
}

const layouts: readonly Layout[] = [
  { before: '', between: '\n', after: '\n' },
  { before: '', between: '', after: '' },
  { before: '', between: '', after: '', indent: 2 },
  { before: '', between: '\n', after: '\n', indent: '\t' },
  { before: '[', between: ',', after: ']' },
  { before: '[\n', between: ',\n', after: '\n]\n', indent: 1 },
  { before: '\uFEFF', between: '\r\n', after: '\r\n' },
  { before: '', between: '\\n', after: '\\n' },
  { before: '\n\n', between: '\n\n', after: '' },
  { before: '', between: ' ', after: ' ' },
];

/** Creates an object with a layout. Separators replace the text between records. */
function framed(records: readonly string[], layout: Layout, separators: readonly string[]): FramedObject {
  const places: Place[] = [];
  const parts: Buffer[] = [Buffer.from(layout.before)];
  let offset = parts[0]?.length ?? 0;
  const add = (text: string) => {
    const bytes = Buffer.from(text);
    parts.push(bytes);
    offset += bytes.length;
    return bytes.length;
  };
  for (const [index, record] of records.entries()) {
    const start = offset;
    // Unless the layout requires it, do not parse: JSON.parse rounds numbers of records in envelopes.
    const length = add(
      layout.indent === undefined ? record : JSON.stringify(JSON.parse(record), undefined, layout.indent),
    );
    places.push({ offset: start, length });
    add(index === records.length - 1 ? layout.after : (separators[index] ?? layout.between));
  }
  return { bytes: Buffer.concat(parts), records: places };
}

/** An object of records of all families, with one or several separators. */
const framedObject: fc.Arbitrary<FramedObject> = fc
  .tuple(
    fc.array(anyRecordText, { minLength: 1, maxLength: 12 }),
    fc.constantFrom(...layouts),
    fc.option(fc.array(fc.constantFrom(...layouts.map(({ between }) => between)), { maxLength: 12 }), {
      freq: 4,
    }),
  )
  .map(([records, layout, separators]) => framed(records, layout, separators ?? []));

export { type FramedObject, framedObject, type Place };
