import { TerraformOutput, TerraformVariable } from 'cdktf';
import fc from 'fast-check';
import type { View } from '../../../consumer/archive/views/view';
import type { Table } from '../../../modules/event-catalog/catalog-tables';
import { chosenViews, viewTable } from '../../../modules/event-catalog/view-table';
import { synthesizeWith } from '../synthesize';

/** Maximum length of the text of a view in the Glue catalog. */
const longestViewText = 409_600;

const viewOf = (sql: string, type = 'varchar'): View => ({
  name: 'made_up',
  meaning: 'Made up.',
  columns: [{ name: 'line', type }],
  sql: () => sql,
});

/** The same view with and without the archive. */
const tableOf = (view: View, database = 'mail') => viewTable({ lines: view, archive: view }, database, false);

const columnsOf = ({ storageDescriptor }: Table) => storageDescriptor?.columns;

/** Decodes the definition in the text of a view. */
function definitionIn({ viewOriginalText = '' }: Table): unknown {
  const [, encoded = ''] = /^\/\* Presto View: ([A-Za-z0-9+/]+=*) \*\/$/.exec(viewOriginalText) ?? [];
  return JSON.parse(Buffer.from(encoded, 'base64').toString());
}

describe('a view in the Glue catalog', () => {
  it('is base64-encoded JSON in a comment: the query, its columns, and the database', () => {
    expect(definitionIn(tableOf(viewOf(' SELECT 1 AS line ')))).toEqual({
      originalSql: 'SELECT 1 AS line',
      catalog: 'awsdatacatalog',
      columns: [{ name: 'line', type: 'varchar' }],
      schema: 'mail',
    });
  });

  it('is valid JSON for any query and database, and escapes the same characters as jsonencode of Terraform', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (sql, database) => {
        const table = tableOf(viewOf(sql), database);
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
    expect(columnsOf(tableOf(viewOf('SELECT 1', type)))).toEqual([{ name: 'line', type: hiveType }]);
  });

  it('rejects a column type that Hive does not support', () => {
    expect(() => tableOf(viewOf('SELECT 1', 'json'))).toThrow(
      'column line has the type json, which Hive does not support',
    );
  });

  it('reads the archive only if there is one', () => {
    const view = { lines: viewOf('SELECT 1 AS line'), archive: viewOf('SELECT 2 AS line') };
    const sqlWith = (archive: boolean) => definitionIn(viewTable(view, 'mail', archive));
    expect(sqlWith(false)).toMatchObject({ originalSql: 'SELECT 1 AS line' });
    expect(sqlWith(true)).toMatchObject({ originalSql: 'SELECT 2 AS line' });
  });

  it('is chosen by Terraform if only Terraform knows whether there is an archive', () => {
    const textOf = (archive: View) => {
      const { output } = synthesizeWith((scope) => {
        const archiveTable = new TerraformVariable(scope, 'archive_table', {}).value;
        const table = viewTable({ lines: viewOf('SELECT 1 AS line'), archive }, 'mail', archiveTable);
        new TerraformOutput(scope, 'view', { value: table.viewOriginalText });
      });
      return String(output.view?.value);
    };
    expect(textOf(viewOf('SELECT 2 AS line'))).toMatch(
      /^\/\* Presto View: \$\{var\.archive_table \? "[A-Za-z0-9+/=]+" : "[A-Za-z0-9+/=]+"\} \*\/$/,
    );
    expect(textOf(viewOf('SELECT 1 AS line'))).toMatch(/^\/\* Presto View: [A-Za-z0-9+/=]+ \*\/$/);
  });

  it.each(chosenViews().map((view) => [view.lines.name, view] as const))(
    'can be %s, within the limit of Glue and without Terraform expressions',
    (_, view) => {
      for (const archive of [true, false]) {
        const table = viewTable(view, 'a'.repeat(255), archive);
        const text = table.viewOriginalText ?? '';
        expect(text).not.toBe('');
        expect(text.length).toBeLessThan(longestViewText);
        expect(text).not.toMatch(/[$%]\{/);
        expect(columnsOf(table)).toHaveLength(view.lines.columns.length);
      }
    },
  );

  it.each(chosenViews().map(({ lines, archive }) => [lines.name, lines, archive] as const))(
    'has the same name, meaning and columns with and without the archive: %s',
    (_, lines, archive) => {
      const described = ({ name, meaning, columns }: View) => ({ name, meaning, columns });
      expect(described(archive)).toEqual(described(lines));
    },
  );
});
