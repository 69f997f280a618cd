import { isAscii } from 'node:buffer';
import { isJsonObject, jsonValue } from '../../events/json-object';
import { type EnvelopeContent, openEnvelope } from '../../records/envelope';
import { recordFamily } from '../../records/family';
import { noLimits } from '../../records/limits';
import { memberSpan } from '../../records/member-span';
import { parseRecord } from '../../records/parse-record';
import { Splitter } from '../../records/splitter';
import { inString } from './erase-json';
import { type Erasure, settle } from './erase-outcome';
import { inBytes, replacedBytes, textOf } from './spellings/lossless-text';
import { type Replacement, settled, shifted } from './spellings/replacement';

/** A record in an envelope, by the place of its value. */
interface Embedded {
  start: number;
  end: number;
  /** The value in the envelope: a JSON object, or a text with its quotation marks. */
  value: Buffer;
  isBase64: boolean;
}

/** Encoded texts within texts, beyond which nothing is opened. */
const deepest = 8;

/** The bytes of the value that contains a record, in the part of the envelope for this record alone. */
function embeddedValue({ path, entry }: EnvelopeContent): Buffer | undefined {
  const key = path.at(-1);
  return typeof key === 'string' ? memberSpan(entry, key) : entry;
}

/** The records in an envelope; none when the bytes are not an envelope. */
function embeddedIn(bytes: Buffer): Embedded[] {
  const value = jsonValue(bytes.toString());
  const opened = isJsonObject(value) ? openEnvelope(value, recordFamily(value), bytes) : undefined;
  const isBase64 = opened?.envelope === 'firehose-error' || opened?.envelope === 'firehose-batch';
  return (opened?.contents ?? []).flatMap((content) => {
    const found = content.bytes && embeddedValue(content);
    if (found === undefined) return [];
    const start = found.byteOffset - bytes.byteOffset; // a part of the same memory
    return [{ start, end: start + found.length, value: found, isBase64 }];
  });
}

/** Moves replacements in the UTF-8 bytes of a text, which are in order, to their places in the text. */
function inCharacters(bytes: Buffer, replacements: readonly Replacement[]): readonly Replacement[] {
  if (isAscii(bytes)) return replacements;
  let [byte, index] = [0, 0];
  const indexOf = (end: number) => {
    index += bytes.toString('utf8', byte, end).length;
    byte = end;
    return index;
  };
  return replacements.map((next) => ({ ...next, start: indexOf(next.start), end: indexOf(next.end) }));
}

/** Erases people from records as they were delivered: from each record in an envelope, and from the envelope around it. */
class DeliveredErasure {
  constructor(private readonly erasure: Erasure) {}

  /** Erases people from a record, in any envelopes, or from bytes that are not a record. */
  bytes(delivered: Buffer): Buffer {
    return settle(delivered, (bytes) => {
      const found = this.inRecord(bytes, 0);
      return found.length === 0 ? bytes : replacedBytes(bytes, found);
    });
  }

  /** Whether all events in a record or an envelope are about one person alone whose events are removed. */
  removes(delivered: Buffer): boolean {
    const outcomes = parseRecord(delivered, { limits: noLimits });
    return outcomes.length > 0 && outcomes.every((outcome) => this.erasure.outcome(outcome) === undefined);
  }

  private inRecord(bytes: Buffer, depth: number): Replacement[] {
    const records = depth < deepest ? embeddedIn(bytes) : [];
    const found = this.erasure.find(bytes);
    if (records.length === 0) return found;
    // In base64 the places of a replacement depend on the bytes before it, so each text is replaced in one way only.
    const around = found.filter(({ start, end }) =>
      records.every((record) => !record.isBase64 || end <= record.start || record.end <= start),
    );
    const inside = records.flatMap((record) => shifted(this.inValue(record, depth + 1), record.start));
    return [...settled(bytes.toString('latin1'), [...inside, ...around])];
  }

  private inValue({ value, isBase64 }: Embedded, depth: number): readonly Replacement[] {
    const token = textOf(value);
    const text = jsonValue(token);
    if (typeof text !== 'string') return this.inRecord(value, depth);
    const found = isBase64 ? this.inBase64(text, depth) : this.inText(text, depth);
    return inBytes(token, inString(token, found));
  }

  private inText(text: string, depth: number): readonly Replacement[] {
    const bytes = Buffer.from(text);
    return inCharacters(bytes, this.inRecords(bytes, depth));
  }

  /** The rest of the text from the first change on is encoded again. */
  private inBase64(text: string, depth: number): readonly Replacement[] {
    const bytes = Buffer.from(text, 'base64');
    const found = this.inRecords(bytes, depth);
    const [first] = found;
    if (first === undefined) return [];
    const group = Math.floor(first.start / 3);
    const encoded = replacedBytes(bytes, found, 3 * group).toString('base64');
    return [{ start: 4 * group, end: text.length, text: encoded }];
  }

  /** Finds the replacements in the records of a text, and in all that is not a record. */
  private inRecords(bytes: Buffer, depth: number): Replacement[] {
    const splitter = new Splitter({ limits: noLimits });
    splitter.push(bytes);
    const found: Replacement[] = [];
    for (let frame = splitter.next(true); frame !== undefined; frame = splitter.next(true)) {
      const { offset } = frame;
      const length = frame.frame === 'record' ? frame.end - frame.start : frame.length;
      found.push(...shifted(this.inRecord(bytes.subarray(offset, offset + length), depth), offset));
    }
    return found;
  }
}

export { DeliveredErasure };
