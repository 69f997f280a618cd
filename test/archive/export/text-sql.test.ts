import fc from 'fast-check';
import { sqlText } from '../../../consumer/archive/dialects/literals';
import { csvCell, csvCellSql } from '../../../consumer/archive/export/csv-cell';
import { isoTimeSql, jsonArraySql, jsonStringSql } from '../../../consumer/archive/export/text-sql';
import { Database } from '../../../consumer/archive/store/database';

let database: Database;
beforeAll(async () => {
  database = await Database.create({});
});
afterAll(() => database.close());

/** Evaluates an expression over the column `value` for each value, in their order. */
async function evaluate(expression: string, type: string, values: readonly string[]): Promise<unknown[]> {
  const list = values.map((value, index) => `(${index}, ${value}::${type})`).join(', ');
  const rows = await database.rows<{ text: unknown }>(
    `SELECT ${expression} AS text FROM (VALUES ${list}) t (number, value) ORDER BY number`,
  );
  return rows.map(({ text }) => text);
}

/** Characters that begin a formula, are white space somewhere, or are special in JSON or CSV. */
const special = fc.constantFrom(
  ...Array.from({ length: 32 }, (_, code) => String.fromCharCode(code + 1)),
  ...['"', "'", '\\', ',', '=', '+', '-', '@', '＝', '＋', '－', '＠', '/', '\x7f', '\x85', '\xa0', '\ufeff'],
  ...['\u1680', '\u180e', '\u2000', '\u200a', '\u200b', '\u2028', '\u2029', '\u202f', '\u205f', '\u3000'],
);

/** Any text that the archive can store: without NUL and lone surrogates. */
const text = fc
  .array(fc.oneof(special, special, fc.string({ unit: 'binary', minLength: 1, maxLength: 3 })), {
    maxLength: 8,
  })
  .map((parts) => parts.join('').replaceAll('\0', '0'));

const texts = fc.array(text, { minLength: 1, maxLength: 60 });

describe('the engine formats text as JavaScript does', () => {
  it('in JSON strings', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (values) => {
        const found = await evaluate(jsonStringSql('value'), 'VARCHAR', values.map(sqlText));
        expect(found).toEqual(values.map((value) => JSON.stringify(value)));
      }),
    );
  });

  it('in JSON arrays', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(texts, { minLength: 1, maxLength: 10 }), async (lists) => {
        const literals = lists.map((list) => `[${list.map(sqlText).join(', ')}]`);
        const found = await evaluate(jsonArraySql('value'), 'VARCHAR[]', literals);
        expect(found).toEqual(lists.map((list) => JSON.stringify(list)));
      }),
    );
  });

  it('in CSV cells', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (values) => {
        const found = await evaluate(csvCellSql('value'), 'VARCHAR', values.map(sqlText));
        expect(found).toEqual(values.map(csvCell));
      }),
    );
  });

  it('in timestamps', async () => {
    const [min, max] = [new Date('0001-01-01T00:00:00Z'), new Date('9999-12-31T23:59:59.999Z')];
    const time = fc.date({ min, max, noInvalidDate: true }).map((date) => date.toISOString());
    await fc.assert(
      fc.asyncProperty(fc.array(time, { minLength: 1, maxLength: 60 }), async (times) => {
        expect(await evaluate(isoTimeSql('value'), 'TIMESTAMP', times.map(sqlText))).toEqual(times);
      }),
    );
  });

  it.each([
    ['jsonStringSql', jsonStringSql, 'VARCHAR'],
    ['jsonArraySql', jsonArraySql, 'VARCHAR[]'],
    ['isoTimeSql', isoTimeSql, 'TIMESTAMP'],
  ])('as NULL where there is no value (%s)', async (_, sql, type) => {
    expect(await evaluate(sql('value'), type, ['NULL'])).toEqual([null]);
  });

  it('as an empty CSV cell where there is no value', async () => {
    expect(await evaluate(csvCellSql('value'), 'VARCHAR', ['NULL'])).toEqual(['']);
  });
});
