import fc from 'fast-check';
import type { View } from '../../../consumer/archive/views/view';
import { catalogViews } from '../../../consumer/queries/views/athena-views';
import { type Table, viewTable } from '../../../modules/event-catalog/catalog-tables';
import { resourcesInConfigurations } from '../in-configurations';
import { isTable } from './catalog-parts';

describe('the tables of the catalog', () => {
  it('match their snapshot in every configuration', () => {
    expect(resourcesInConfigurations('catalog', isTable)).toMatchSnapshot();
  });
});

/** Maximum length of the text of a view in the Glue catalog. */
const longestViewText = 409_600;

const viewOf = (sql: string, type = 'varchar'): View => ({
  name: 'made_up',
  meaning: 'Made up.',
  columns: [{ name: 'line', type }],
  sql: () => sql,
});

const columnsOf = ({ storageDescriptor }: Table) => storageDescriptor?.columns;

/** Decodes the definition in the text of a view. */
function definitionIn({ viewOriginalText = '' }: Table): unknown {
  const [, encoded = ''] = /^\/\* Presto View: ([A-Za-z0-9+/]+=*) \*\/$/.exec(viewOriginalText) ?? [];
  return JSON.parse(Buffer.from(encoded, 'base64').toString());
}

describe('a view in the Glue catalog', () => {
  it('is base64-encoded JSON in a comment: the query, its columns, and the database', () => {
    expect(definitionIn(viewTable(viewOf(' SELECT 1 AS line '), 'mail'))).toEqual({
      originalSql: 'SELECT 1 AS line',
      catalog: 'awsdatacatalog',
      columns: [{ name: 'line', type: 'varchar' }],
      schema: 'mail',
    });
  });

  it('is valid JSON for any query and database, and escapes the same characters as jsonencode of Terraform', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (sql, database) => {
        const table = viewTable(viewOf(sql), database);
        expect(definitionIn(table)).toMatchObject({ originalSql: sql.trim(), schema: database });
        const [, encoded = ''] = /: (\S+) /.exec(table.viewOriginalText ?? '') ?? [];
        expect(Buffer.from(encoded, 'base64').toString()).not.toMatch(/[<>&\u2028\u2029]/);
      }),
    );
  });

  it.each([
    ['varchar', 'string'],
    ['bigint', 'bigint'],
    ['boolean', 'boolean'],
    ['double', 'double'],
    ['date', 'date'],
    ['timestamp(3)', 'timestamp'],
    ['array(varchar)', 'array<string>'],
  ])('has columns of the type %s as %s', (type, hiveType) => {
    expect(columnsOf(viewTable(viewOf('SELECT 1', type), 'mail'))).toEqual([
      { name: 'line', type: hiveType },
    ]);
  });

  it('rejects a column type that Hive does not support', () => {
    expect(() => viewTable(viewOf('SELECT 1', 'json'), 'mail')).toThrow(
      'column line has the type json, which Hive does not support',
    );
  });

  it.each(catalogViews({ events: 'event_lines', errors: 'error_lines' }).map((view) => [view.name, view]))(
    'can be %s, within the limit of Glue and without Terraform expressions',
    (_, view) => {
      const table = viewTable(view, 'a'.repeat(255));
      const text = table.viewOriginalText ?? '';
      expect(text).not.toBe('');
      expect(text.length).toBeLessThan(longestViewText);
      expect(text).not.toMatch(/[$%]\{/);
      expect(columnsOf(table)).toHaveLength(view.columns.length);
    },
  );
});
