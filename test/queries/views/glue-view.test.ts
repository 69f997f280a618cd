import fc from 'fast-check';
import type { CatalogView } from '../../../consumer/queries/views/catalog-views';
import { catalogViews } from '../../../consumer/queries/views/catalog-views';
import { encodedDatabase, glueViewText, hiveColumns } from '../../../consumer/queries/views/glue-view';

/** As long as the Glue catalog lets the text of a view be. */
const longestViewText = 409_600;

const viewOf = (sql: string): CatalogView => ({
  name: 'made_up',
  meaning: 'Made up.',
  columns: [{ name: 'line', type: 'varchar' }],
  sql: () => sql,
});

/** What Athena reads in the text of a view. */
function definitionIn(text: string): unknown {
  const [, encoded = ''] = /^\/\* Presto View: ([A-Za-z0-9+/]+=*) \*\/$/.exec(text) ?? [];
  return JSON.parse(Buffer.from(encoded, 'base64').toString());
}

describe('a view in the Glue catalog', () => {
  it('is JSON in base64 in a comment: the query, its columns, and where its tables are', () => {
    expect(definitionIn(glueViewText(viewOf(' SELECT 1 AS line '), encodedDatabase('mail')))).toEqual({
      originalSql: 'SELECT 1 AS line',
      catalog: 'awsdatacatalog',
      columns: [{ name: 'line', type: 'varchar' }],
      schema: 'mail',
    });
  });

  it('says the same whatever its query and its database are, though both are encoded apart', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (sql, database) => {
        expect(definitionIn(glueViewText(viewOf(sql), encodedDatabase(database)))).toMatchObject({
          originalSql: sql.trim(),
          schema: database,
        });
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
    expect(hiveColumns([{ name: 'one', type }])).toEqual([{ name: 'one', type: hiveType }]);
  });

  it('has no column of a type that Hive lacks', () => {
    expect(() => hiveColumns([{ name: 'one', type: 'json' }])).toThrow(
      'the column one has the type json, which Hive lacks',
    );
  });

  it.each(catalogViews({ events: 'event_lines', errors: 'error_lines' }).map((view) => [view.name, view]))(
    'can be %s, within the length that Glue allows and without what Terraform would replace',
    (_, view) => {
      const text = glueViewText(view, encodedDatabase('a'.repeat(255)));
      expect(text.length).toBeLessThan(longestViewText);
      expect(text).not.toMatch(/[$%]\{/);
      expect(hiveColumns(view.columns)).toHaveLength(view.columns.length);
    },
  );
});
