import { createWriteStream, readFileSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import fc from 'fast-check';
import type { SheetColumn } from '../../../../consumer/cli/formats/xlsx/sheet';
import { type SheetLimits, writeXlsx } from '../../../../consumer/cli/formats/xlsx/write-xlsx';
import { Output } from '../../../../consumer/cli/output/output';
import { CommandContext } from '../../../../consumer/cli/process/context';
import type { PlainValue } from '../../../../consumer/queries/engines/plain-value';
import { runs } from '../../../property-runs';
import { KeptOutput } from '../../kept-output';
import { ScratchFolder } from '../../scratch-folder';
import { cellFormats, readWorkbook, sheetPart, workbookPart } from './read-workbook';

const scratch = new ScratchFolder();
let files = 0;

/** Writes rows to a new file. Returns its path, the number of rows, and the notes on standard error. */
async function write(
  columns: readonly SheetColumn[],
  rows: readonly (readonly PlainValue[])[],
  limits?: SheetLimits,
) {
  const path = scratch.at(`${files++}.xlsx`);
  const stream = createWriteStream(path);
  const stderr = new KeptOutput();
  const context = new CommandContext({ stdin: process.stdin, stdout: new KeptOutput(), stderr, env: {} });
  async function* each() {
    yield* rows;
  }
  try {
    const workbook = { name: 'answer', columns, rows: each() };
    const count = await writeXlsx(context, workbook, new Output(stream), limits);
    stream.end();
    await finished(stream);
    return { path, count, note: stderr.text };
  } finally {
    stream.destroy();
  }
}

const text = [{ name: 'a' }];
const day = (at: string) => new Date(`${at}T00:00:00Z`);

describe('a workbook', () => {
  it('has one sheet with the names of the columns above the rows', async () => {
    const { path, count } = await write(
      [{ name: 'address' }, { name: 'emails' }],
      [
        ['ana@example.com', 3],
        ['=bo@example.com', 0.5],
      ],
    );
    expect(await readWorkbook(path)).toEqual({
      name: 'answer',
      rows: [
        ['address', 'emails'],
        ['ana@example.com', 3],
        ['=bo@example.com', 0.5],
      ],
    });
    expect(count).toBe(2);
  });

  it.each<
    [what: string, value: PlainValue, type: SheetColumn['type'], read: unknown, format: string | undefined]
  >([
    ['NULL as an empty cell', null, undefined, null, undefined],
    ['a boolean', true, undefined, true, 'General'],
    ['a number', -1.5, undefined, -1.5, 'General'],
    ['a count', 12_345, 'count', 12_345, '#,##0'],
    ['a share', 0.0305, 'share', 0.0305, '0.000%'],
    ['milliseconds', 1500, 'milliseconds', 1500, '#,##0" ms"'],
    ['hours', 1.25, 'hours', 1.25, '#,##0.00" h"'],
    ['a day', '2026-03-01', 'day', day('2026-03-01'), 'yyyy-mm-dd'],
    ['a text that is not a day', 'unknown', 'day', 'unknown', '@'],
    ['a time', day('2026-08-07'), 'time', day('2026-08-07'), 'yyyy-mm-dd hh:mm:ss'],
    ['the first time', day('1900-03-01'), undefined, day('1900-03-01'), 'yyyy-mm-dd hh:mm:ss'],
    ['an earlier time as text', day('1900-02-28'), undefined, '1900-02-28T00:00:00.000Z', '@'],
    [
      'a time after the year 9999 as text',
      new Date(Date.UTC(10_000, 0, 1)),
      undefined,
      '+010000-01-01T00:00:00.000Z',
      '@',
    ],
    [
      'an integer beyond the exact ones as text',
      '12345678901234567890',
      undefined,
      '12345678901234567890',
      '@',
    ],
    ['not a number as text', Number.NaN, undefined, 'NaN', '@'],
    ['a list as JSON', ['a', 1], undefined, '["a",1]', '@'],
    ['an object as JSON', { a: null }, undefined, '{"a":null}', '@'],
    ['a decoded header', '=?UTF-8?B?PTErMQ==?=', 'header', '=1+1', '@'],
    ['a number in a text as text', '0012', 'text', '0012', '@'],
  ])('has %s', async (_, value, type, read, format) => {
    const { path } = await write(
      [type === undefined ? { name: 'a' } : { name: 'a', type }, { name: 'end' }],
      [[value, 1]],
    );
    const { rows } = await readWorkbook(path);
    expect(rows[1]?.[0]).toEqual(read);
    expect(cellFormats(path, 2).A).toBe(format);
  });

  it.each(['=1+1', '+1', '-1', '@x', '=cmd|1', '\t=1', "'=1", '＝1'])(
    'has %j as text, not as a formula',
    async (hostile) => {
      const { path } = await write([{ name: hostile }], [[hostile]]);
      expect((await readWorkbook(path)).rows).toEqual([[hostile], [hostile]]);
      expect(workbookPart(path, sheetPart)).not.toMatch(/<f[ >]|hyperlink/);
      expect(cellFormats(path, 2).A).toBe('@');
    },
  );

  it('has times to the millisecond', async () => {
    const times = fc.date({ min: day('1900-03-01'), max: day('9999-12-31'), noInvalidDate: true });
    await fc.assert(
      fc.asyncProperty(times, async (time) => {
        const { path } = await write(text, [[time]]);
        const [, serial] = /<v>([^<]*)<\/v>/.exec(workbookPart(path, sheetPart)) ?? [];
        // Excel counts days from 1899-12-30, for every date from March 1900.
        const since = Date.UTC(1899, 11, 30);
        expect(Math.round(Number(serial) * 86_400_000) + since).toBe(time.getTime());
      }),
    );
  });

  it('has every text unchanged', async () => {
    const texts = fc.array(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: fc.constantFrom('_', 'x', '0041', '\u0001', '\r', '\n', ' ') }),
      ),
      {
        minLength: 1,
        maxLength: 50,
      },
    );
    await fc.assert(
      fc.asyncProperty(texts, async (values) => {
        const { path } = await write(
          [{ name: 'a' }, { name: 'b' }],
          values.map((value) => [value, 1]),
        );
        const { rows } = await readWorkbook(path);
        expect(rows.slice(1).map(([read]) => read ?? '')).toEqual(values);
      }),
      { numRuns: runs(100) },
    );
  });

  it('has a frozen head, filters, and a width for each column', async () => {
    const columns = Array.from({ length: 28 }, (_, index) => ({ name: `c${index}` }));
    const { path } = await write([...columns, { name: 'x'.repeat(300) }], [columns.map(() => 1), []]);
    const xml = workbookPart(path, sheetPart);
    expect(xml).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(xml).toContain('<autoFilter ref="A1:AC3"/>');
    expect(xml).toContain('<c r="AA2" s="0"><v>1</v></c>');
    expect([...xml.matchAll(/<col .*? width="(\d+)"/g)].map(([, width]) => Number(width))).toEqual([
      ...columns.map(() => 22),
      60,
    ]);
  });

  it('has only its head without rows', async () => {
    const { path, count } = await write(text, []);
    expect([count, (await readWorkbook(path)).rows]).toEqual([0, [['a']]]);
    expect(workbookPart(path, sheetPart)).toContain('<autoFilter ref="A1:A1"/>');
  });

  it('has the same bytes for the same rows', async () => {
    const rows = [['a', 1, day('2026-03-01')]];
    const [one, other] = [await write(text, rows), await write(text, rows)];
    expect(readFileSync(one.path)).toEqual(readFileSync(other.path));
  });
});

describe('the limits of Excel', () => {
  it('cut longer texts, and a note counts them', async () => {
    const long = 'x'.repeat(32_768);
    const { path, note } = await write(text, [[long], ['short'], [long]]);
    expect((await readWorkbook(path)).rows[1]).toEqual([`${'x'.repeat(32_766)}…`]);
    expect(note).toBe(
      '2 texts cut at 32,767 characters, the limit of Excel: use --format csv for the whole texts\n',
    );
    expect((await write(text, [[long.slice(1)]])).note).toBe('');
  });

  it('refuse more rows', async () => {
    const limits = { rows: 2, bytes: 1e9 };
    expect((await write(text, [[1], [2]], limits)).count).toBe(2);
    await expect(write(text, [[1], [2], [3]], limits)).rejects.toThrow(
      'xlsx can have 2 rows, and there are more: select fewer rows, or use --format csv',
    );
  });

  it('refuse a sheet that is too large for a zip', async () => {
    const limits = { rows: 1000, bytes: 200_000 };
    await expect(
      write(
        text,
        Array.from({ length: 1000 }, () => ['x'.repeat(1000)]),
        limits,
      ),
    ).rejects.toThrow(/^xlsx can have 200,000 bytes of cells: row \d+ exceeds them; select fewer rows/);
  });

  it('refuse more columns', async () => {
    const columns = Array.from({ length: 16_385 }, (_, index) => ({ name: `c${index}` }));
    await expect(write(columns, [])).rejects.toThrow(
      'xlsx can have 16,384 columns, not 16,385: use --format csv',
    );
    expect((await write(columns.slice(1), [])).count).toBe(0);
  });
});
