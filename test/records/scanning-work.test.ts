import { JsonScanner } from '../../consumer/records/json-scanner';
import { Splitter } from '../../consumer/records/splitter';

const record = '{"eventType":"Send","mail":{"messageId":"a"},"send":{}}';
const half = 30_000;
const keys = Array.from({ length: half / 10 }, (_, index) => `"k${index}":1`).join();

const filled = (piece: string) => piece.repeat(Math.ceil((2 * half) / piece.length));
const nest = (levels: number, inner: string) => '{"a":'.repeat(levels) + inner + '}'.repeat(levels);
const nestOfLists = (levels: number, inner: string) => '{"a":['.repeat(levels) + inner + ']}'.repeat(levels);

/** Inputs in which almost every brace could begin a record that ends at the end of the input. */
const traps: [string, string][] = [
  ['text before a nest just within the limit', `text ${nest(509, `{${keys}}`)}\n${record}\n`],
  ['damage before a nest just within the limit', `{"x":nul "y":${nest(509, `{${keys}}`)}\n${record}\n`],
  ['a nest with a word in it that is not JSON', `text ${nest(509, `{${keys},"z":nul}`)}\n${record}\n`],
  ['a nest of lists', `text ${nestOfLists(254, `[${filled('1,')}1]`)}\n${record}\n`],
  ['a nest of empty objects', `{"x" ${nest(505, `{"b":[${filled('{},')}1]}`)}\n${record}\n`],
  ['a nest deeper than the limit', `text ${nest(2000, `{${keys}}`)}\n${record}\n`],
  ['a nest that is left open', `text ${'{"a":'.repeat(500)}{"z":"${filled('\\u0041{')}`],
  ['objects that are left open', `text ${filled('{"a":')}`],
  ['records in lists that are left open', filled(`{"y":[${record},`)],
  ['records in lists that break off', `${filled(`{"y":[${record},`)}}`],
  ['lines of text that open objects', filled(`tru,{"a":[${'1,'.repeat(50)}\n`)],
  ['lines of text that open objects within strings', filled('tru,{"a":["{",\n')],
  ['braces within strings', `text ${filled('{"a":"{",')}`],
  ['braces alone', `text ${filled('{')}`],
];

/** Splits the text in chunks. Returns the number of scanned and parsed bytes. */
function workOn(text: string): number {
  const bytes = Buffer.from(text);
  const { scan } = JsonScanner.prototype;
  const { parse } = JSON;
  let work = 0;
  JsonScanner.prototype.scan = function (...parameters) {
    const before = this.position;
    const result = scan.apply(this, parameters);
    work += this.position - before;
    return result;
  };
  JSON.parse = (json, ...rest) => {
    work += json.length;
    return parse(json, ...rest);
  };
  try {
    const splitter = new Splitter();
    for (let at = 0; at < bytes.length; at += 4096) {
      splitter.push(bytes.subarray(at, at + 4096));
      while (splitter.next() !== undefined);
    }
    while (splitter.next(true) !== undefined);
  } finally {
    JsonScanner.prototype.scan = scan;
    JSON.parse = parse;
  }
  return work;
}

describe('the splitter', () => {
  it.each(traps)('scans each byte only a few times: %s', (_name, text) => {
    expect(workOn(text)).toBeLessThan(8 * text.length);
  });
});
