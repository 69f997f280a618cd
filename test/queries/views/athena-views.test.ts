import { DuckDBInstance } from '@duckdb/node-api';
import { trino } from '../../../consumer/archive/dialects/trino';
import { createTable, tables } from '../../../consumer/archive/store/schema';
import { columnsOfEvents } from '../../../consumer/archive/views/view';
import { createViews } from '../../../consumer/queries/engines/session-views';
import { catalogViews } from '../../../consumer/queries/views/athena-views';

const all = catalogViews({ events: 'event_lines', errors: 'error_lines' });

/** DuckDB's types, by Trino's type. */
const duckdbTypes: Readonly<Record<string, string>> = {
  varchar: 'VARCHAR',
  bigint: 'BIGINT',
  boolean: 'BOOLEAN',
  'timestamp(3)': 'TIMESTAMP',
  'array(varchar)': 'VARCHAR[]',
};

describe('the views of the catalog', () => {
  it('have unique names and unique columns', () => {
    const names = all.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { columns } of all) {
      expect(columns.length).toBeGreaterThan(0);
      expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length);
    }
  });

  it('only read the tables of lines and earlier views', () => {
    const known = new Set(['event_lines', 'error_lines']);
    const names = new Set(all.map(({ name }) => name));
    for (const { name, sql } of all) {
      const read = [...sql(trino).matchAll(/\b(?:FROM|JOIN) ([a-z_]+)/g)].map(([, table = '']) => table);
      expect(read.filter((table) => names.has(table) && !known.has(table))).toEqual([]);
      expect(read.some((table) => known.has(table))).toBe(true);
      known.add(name);
    }
  });

  it('cannot copy a column that events do not have', () => {
    expect(() => columnsOfEvents(['event_id', 'nothing'])).toThrow('the view events has no column nothing');
  });

  it('have the columns of their queries, in order, if DuckDB can run them', async () => {
    const instance = await DuckDBInstance.create();
    const connection = await instance.connect();
    await connection.run([...Object.keys(tables).map(createTable), createViews].join('\n'));
    // DuckDB has no lines, and its events have another type of identity.
    const ofAthena = ['events', 'unreadable_lines', 'unique_events'];
    for (const { name, columns } of all.filter((view) => !ofAthena.includes(view.name))) {
      const described = await connection.runAndReadAll(`DESCRIBE ${name}`);
      const found = described.getRows().map(([column, type]) => ({ column, type: String(type) }));
      expect([name, found]).toEqual([
        name,
        columns.map((column) => ({ column: column.name, type: duckdbTypes[column.type] })),
      ]);
    }
    connection.closeSync();
    instance.closeSync();
  });
});
