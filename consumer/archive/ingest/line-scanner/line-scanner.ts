import { isUtf8 } from 'node:buffer';
import { ExpectedText, firstMarked, unusualBytes, viewOf } from '../../../records/four-bytes';
import { byte } from '../../../records/json-scanner';
import { fieldColumns } from '../../store/columns';
import { type FieldShape, keyHash, type ObjectShape, recordShapes, type Shape } from './shape';

/** The form of a column's value on the line: absent, byte for byte, with escapes, or a list of several. */
const form = { absent: 0, verbatim: 1, escaped: 2, list: 3 } as const;

const { quote, backslash, comma, colon, openBrace, closeBrace, openBracket, closeBracket } = byte;
const zero = 0x30;
const letterN = 0x6e;

/**
 * The class of a byte within a text: plain, the closing quote, the beginning of an escape, beyond ASCII, or not
 * allowed.
 */
const byteClass = new Uint8Array(256);
byteClass.fill(3, 0x80);
byteClass.fill(4, 0, 0x20);
byteClass[quote] = 1;
byteClass[backslash] = 2;

/** The escapes that JSON.stringify writes, without those with hexadecimal digits. */
const plainEscapes: ReadonlySet<number> = new Set([...Buffer.from('"\\bfnrt')]);

const lineStart = new ExpectedText('{"eventType":"');
const trueBytes = new ExpectedText('true');
const nullBytes = new ExpectedText('null');
const falseBytes = new ExpectedText('false');
const configurationSetKey = new ExpectedText('ses:configuration-set');
const tagsColumn = fieldColumns.findIndex(({ name }) => name === 'tags');

/** A line with more keys than this in one map takes the slow path. */
const maxKeys = 64;

const kindNames = [...recordShapes].map(([kind, shape]) => ({ kind, shape, name: new ExpectedText(kind) }));

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= zero && byte <= 0x39;
}

/**
 * Scans a line in the usual form of SES, without parsing it: finds the place of each column's value, and checks the
 * line like the schemas. It rejects anything unusual (an unknown field, two nulls, a space, an unnecessary escape, a
 * duplicate key). Such a line takes the slow path, the full parser.
 */
class LineScanner {
  /** For each of `fieldColumns`: the start and end of its value, and its form. */
  readonly starts = new Int32Array(fieldColumns.length);
  readonly ends = new Int32Array(fieldColumns.length);
  readonly forms = new Uint8Array(fieldColumns.length);
  kind = '';
  /** The part of the line without a column: an explicit null, of which a line may have one. */
  extra = '';
  /** The place of the name of the configuration set among the tags; -1 without one. */
  configurationSetStart = -1;
  configurationSetEnd = -1;

  private bytes: Buffer = Buffer.alloc(0);
  /** The same bytes, to read four of them at once. */
  view: DataView = viewOf(this.bytes);
  private at = 0;
  private end = 0;
  private isBeyondAscii = false;
  private hasEscape = false;
  /** Items of the list that was read last. */
  private listItems = 0;
  private readonly keyHashes = new Int32Array(maxKeys);

  /** Scans the bytes from `start` to `end`. Returns false when the line has to take the slow path. */
  scan(bytes: Buffer, start: number, end: number): boolean {
    if (bytes !== this.bytes) {
      this.bytes = bytes;
      this.view = viewOf(bytes);
    }
    this.end = end;
    this.at = start;
    this.isBeyondAscii = false;
    this.configurationSetStart = -1;
    this.extra = '';
    this.forms.fill(form.absent);
    const shape = this.recordShape();
    if (shape === undefined || !this.object(shape) || this.at !== end) return false;
    return !this.isBeyondAscii || isUtf8(bytes.subarray(start, end));
  }

  /** The shape of the line's kind, from its first bytes. */
  private recordShape(): ObjectShape | undefined {
    const { bytes, view, at } = this;
    if (!lineStart.isAt(view, at, bytes.length)) return undefined;
    const kindStart = at + lineStart.length;
    for (const { kind, shape, name } of kindNames) {
      if (bytes[kindStart + name.length] === quote && name.isAt(view, kindStart, bytes.length)) {
        this.kind = kind;
        return shape;
      }
    }
    return undefined;
  }

  private value(shape: Shape): boolean {
    switch (shape.shape) {
      case 'text':
        return this.text();
      case 'object':
        return this.object(shape);
      case 'list':
        return this.list(shape.item);
      case 'map':
        return this.map(shape.value, false);
      case 'timestamp':
        return this.timestamp();
      case 'integer':
        return this.integer();
      case 'boolean':
        return this.boolean();
    }
  }

  private object(shape: ObjectShape): boolean {
    const { bytes } = this;
    const { required, mayBeEmpty } = shape;
    if (bytes[this.at] !== openBrace) return false;
    this.at++;
    if (bytes[this.at] === closeBrace) {
      this.at++;
      return mayBeEmpty && required === 0;
    }
    let seen = 0;
    let last: FieldShape | undefined;
    while (true) {
      const guess = last === undefined ? shape.first : last.next;
      const field = guess !== undefined && this.skips(guess.key) ? guess : this.field(shape);
      if (field === undefined || (seen & field.bit) !== 0) return false;
      if (field !== guess) {
        if (last === undefined) shape.first = field;
        else last.next = field;
      }
      last = field;
      seen |= field.bit;
      if (!this.fieldValue(field)) return false;
      const next = bytes[this.at++];
      if (next === closeBrace) return (seen & required) === required;
      if (next !== comma) return false;
    }
  }

  /** Skips the expected bytes. Returns false when there are others. */
  private skips(expected: ExpectedText): boolean {
    const isPresent = expected.isAt(this.view, this.at, this.bytes.length);
    if (isPresent) this.at += expected.length;
    return isPresent;
  }

  /** The field whose key is at this place, with its colon; undefined for an unknown one. */
  private field({ fields }: ObjectShape): FieldShape | undefined {
    const { bytes, end } = this;
    let hash = 0;
    for (let at = this.at + 1; at < end && bytes[at] !== quote; at++) {
      hash = keyHash(hash, bytes[at] as number); // in bounds
    }
    const field = fields.get(hash);
    return field !== undefined && this.skips(field.key) ? field : undefined;
  }

  private fieldValue({ shape, column, columnType, nullExtra }: FieldShape): boolean {
    if (column === -1) return this.value(shape);
    const start = this.at;
    if (nullExtra !== undefined && this.bytes[start] === letterN) {
      if (this.extra !== '' || !this.skips(nullBytes)) return false;
      this.extra = nullExtra;
      return true;
    }
    this.hasEscape = false;
    const isRead =
      column === tagsColumn && shape.shape === 'map' ? this.map(shape.value, true) : this.value(shape);
    if (!isRead) return false;
    const isQuoted = columnType === 'text' || columnType === 'timestamp';
    this.starts[column] = isQuoted ? start + 1 : start;
    this.ends[column] = isQuoted ? this.at - 1 : this.at;
    this.forms[column] = form.verbatim;
    if (columnType === 'text' && this.hasEscape) this.forms[column] = form.escaped;
    if (columnType === 'texts') return this.texts(column);
    return true;
  }

  /** Reads a list that becomes a column: usually of one plain text, otherwise of several. */
  private texts(column: number): boolean {
    const start = this.starts[column] as number; // just set, like the end
    const end = this.ends[column] as number;
    if (end - start === 2) return false; // an empty list has no cell
    if (this.hasEscape || this.listItems > 1) {
      this.forms[column] = form.list;
    } else {
      this.starts[column] = start + 2;
      this.ends[column] = end - 2;
    }
    return true;
  }

  private text(): boolean {
    const { bytes, end } = this;
    if (bytes[this.at] !== quote) return false;
    let at = this.plainEnd(this.at + 1);
    while (at < end) {
      const found = byteClass[bytes[at] as number]; // in bounds
      if (found === 0) at = this.plainEnd(at + 1);
      else if (found === 1) {
        this.at = at + 1;
        return true;
      } else if (found === 2) {
        if (!plainEscapes.has(bytes[at + 1] as number)) return false; // undefined is not an escape
        this.hasEscape = true;
        at = this.plainEnd(at + 2);
      } else if (found === 3) {
        this.isBeyondAscii = true;
        at++;
      } else return false;
    }
    return false;
  }

  /** The end of the plain bytes from a place, or a place before the last few bytes of the buffer. */
  private plainEnd(start: number): number {
    const { view } = this;
    let at = start;
    for (const last = this.bytes.length - 4; at <= last; at += 4) {
      const marks = unusualBytes(view.getInt32(at, true));
      if (marks !== 0) return at + firstMarked(marks);
    }
    return at;
  }

  private list(item: Shape): boolean {
    const { bytes } = this;
    if (bytes[this.at] !== openBracket) return false;
    this.at++;
    if (bytes[this.at] === closeBracket) {
      this.at++;
      return true;
    }
    for (let items = 1; ; items++) {
      if (!this.value(item)) return false;
      const next = bytes[this.at++];
      if (next === closeBracket) {
        this.listItems = items;
        return true;
      }
      if (next !== comma) return false;
    }
  }

  /** Reads a map. In the tags, it notes the configuration set. */
  private map(shape: Shape, areTags: boolean): boolean {
    const { bytes } = this;
    if (bytes[this.at] !== openBrace) return false;
    this.at++;
    if (bytes[this.at] === closeBrace) {
      this.at++;
      return true;
    }
    for (let keys = 0; keys < maxKeys; keys++) {
      const start = this.at + 1;
      // JSON.parse moves keys that are numbers to the front.
      if (isDigit(bytes[start]) || !this.text() || bytes[this.at] !== colon) return false;
      const keyEnd = this.at - 1;
      if (!this.isNewKey(start, keyEnd, keys)) return false;
      this.at++;
      const valueStart = this.at;
      if (!this.value(shape)) return false;
      if (
        areTags &&
        keyEnd - start === configurationSetKey.length &&
        configurationSetKey.isAt(this.view, start, bytes.length)
      ) {
        if (!this.noteConfigurationSet(valueStart)) return false;
      }
      const next = bytes[this.at++];
      if (next === closeBrace) return true;
      if (next !== comma) return false;
    }
    return false;
  }

  /** Whether no earlier key of the map has the same hash. */
  private isNewKey(start: number, end: number, keys: number): boolean {
    const { bytes, keyHashes } = this;
    let hash = 0;
    for (let at = start; at < end; at++) hash = keyHash(hash, bytes[at] as number); // in bounds
    for (let i = 0; i < keys; i++) if (keyHashes[i] === hash) return false;
    keyHashes[keys] = hash;
    return true;
  }

  /** Notes the only text of the list that begins at `start`. A list of another length is unusual. */
  private noteConfigurationSet(start: number): boolean {
    const isEmpty = this.at - start === 2;
    if (isEmpty || this.listItems > 1 || this.hasEscape) return false;
    this.configurationSetStart = start + 2;
    this.configurationSetEnd = this.at - 2;
    return true;
  }

  /** Reads a time such as `2026-03-04T05:06:07.890Z`, whose day exists. */
  private timestamp(): boolean {
    const { bytes, at } = this;
    const start = at + 1;
    if (bytes[at] !== quote || bytes[start + 24] !== quote) return false;
    for (let i = 0; i < 24; i++) {
      const expected = timestampForm[i];
      const byte = bytes[start + i];
      if (expected === zero ? !isDigit(byte) : byte !== expected) return false;
    }
    const year = this.number(start, 4);
    const month = this.number(start + 5, 2);
    const day = this.number(start + 8, 2);
    if (year < 1000 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return false;
    if (this.number(start + 11, 2) > 23 || this.number(start + 14, 2) > 59 || this.number(start + 17, 2) > 59)
      return false;
    this.at = start + 25;
    return true;
  }

  private number(start: number, digits: number): number {
    let number = 0;
    for (let i = 0; i < digits; i++) number = number * 10 + (this.bytes[start + i] as number) - zero; // digits
    return number;
  }

  /** Reads a whole number of at most 15 digits, without sign or leading zero. */
  private integer(): boolean {
    const { bytes } = this;
    const start = this.at;
    while (isDigit(bytes[this.at])) this.at++;
    const digits = this.at - start;
    return digits > 0 && digits <= 15 && (digits === 1 || bytes[start] !== zero);
  }

  private boolean(): boolean {
    return this.skips(trueBytes) || this.skips(falseBytes);
  }
}

const timestampForm = Buffer.from('0000-00-00T00:00:00.000Z');

function daysOf(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

export { form, LineScanner };
