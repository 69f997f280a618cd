import { trino } from '../../archive/dialects/trino';
import type { ViewColumn } from '../../archive/views/view';
import type { CatalogView } from './catalog-views';

/** The types of the Glue catalog, which are Hive's, by Trino's. */
const hiveTypes: Readonly<Record<string, string>> = {
  varchar: 'string',
  bigint: 'bigint',
  boolean: 'boolean',
  double: 'double',
  date: 'date',
  'timestamp(3)': 'timestamp',
  'array(varchar)': 'array<string>',
};

/**
 * Columns with the types that the Glue catalog gives them.
 * @throws {Error} when Hive has no type for one
 */
function hiveColumns(columns: readonly ViewColumn[]): ViewColumn[] {
  return columns.map(({ name, type }) => {
    const hiveType = hiveTypes[type];
    if (hiveType === undefined) throw new Error(`the column ${name} has the type ${type}, which Hive lacks`);
    return { name, type: hiveType };
  });
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** The end of every view's definition in base64: the database in which its query finds its tables. */
const encodedDatabase = (database: string) => base64(`"schema":${JSON.stringify(database)}}`);

/**
 * A view as Athena keeps it in the Glue catalog, its `ViewOriginalText`: JSON in base64 in a comment.
 *
 * The database comes last, and in base64 already, because only Terraform may know it: what stands before it is filled
 * up with blanks to whole groups of three bytes, so that base64 can be joined.
 *
 * @example glueViewText(view, encodedDatabase('email_events'))
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_TableInput.html
 */
function glueViewText({ sql, columns }: CatalogView, database: string): string {
  const definition = { originalSql: sql(trino).trim(), catalog: 'awsdatacatalog', columns };
  const start = `${JSON.stringify(definition).slice(0, -1)},`;
  const blanks = ' '.repeat((3 - (Buffer.byteLength(start) % 3)) % 3);
  return `/* Presto View: ${base64(start + blanks)}${database} */`;
}

export { encodedDatabase, glueViewText, hiveColumns };
