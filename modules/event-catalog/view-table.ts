import { Fn, Token } from 'cdktf';
import { trino } from '../../consumer/archive/dialects/trino';
import type { View, ViewColumn } from '../../consumer/archive/views/view';
import { catalogViews } from '../../consumer/queries/views/athena-views';
import { type Condition, choose } from '../cdktf/condition';
import { type Table, tableNames } from './catalog-tables';
import { terraformJson } from './terraform-json';

/** A view of the catalog, in its two definitions. They have the same columns. */
interface ChosenView {
  /** Reads the delivered lines. */
  lines: View;
  /** Reads the archive too. */
  archive: View;
}

/** Returns the views in the order of their creation. */
function chosenViews(): readonly ChosenView[] {
  const withArchive = catalogViews({ ...tableNames, source: 'both' });
  return catalogViews(tableNames).map((lines, index) => ({ lines, archive: withArchive[index] ?? lines }));
}

/** The types of the Glue catalog, which are Hive's, by Trino's type. */
const hiveTypes: Readonly<Record<string, string>> = {
  varchar: 'string',
  bigint: 'bigint',
  boolean: 'boolean',
  double: 'double',
  date: 'date',
  'timestamp(3)': 'timestamp',
  'array(varchar)': 'array<string>',
  varbinary: 'binary',
};

/**
 * Converts columns to the types of the Glue catalog.
 * @throws {Error} when Hive has no type for a column
 */
function hiveColumns(columns: readonly ViewColumn[]): ViewColumn[] {
  return columns.map(({ name, type }) => {
    const hiveType = hiveTypes[type];
    if (hiveType === undefined)
      throw new Error(`column ${name} has the type ${type}, which Hive does not support`);
    return { name, type: hiveType };
  });
}

/** Encodes the definition of a view, so that the text is the same whether the database is known or not. */
function encodedDefinition({ sql, columns }: View, database: string): string {
  const definition = {
    catalog: 'awsdatacatalog',
    columns: columns.map(({ name, type }) => ({ name, type })),
    originalSql: sql(trino).trim(),
    schema: database,
  };
  if (Token.isUnresolved(database)) {
    // CDKTF escapes quotes and newlines in an object only in a raw string, and never backslashes.
    const originalSql = Fn.rawString(definition.originalSql.replaceAll('\\', '\\\\'));
    return Fn.base64encode(Fn.jsonencode({ ...definition, originalSql }));
  }
  return Buffer.from(terraformJson(definition)).toString('base64');
}

/**
 * Creates a view in Athena's form: JSON in base64 in a comment.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_TableInput.html
 */
function viewTable({ lines, archive }: ChosenView, database: string, withArchive: Condition): Table {
  const { meaning, columns, sql } = lines;
  const isSame = sql(trino) === archive.sql(trino);
  const encoded = (view: View) => encodedDefinition(view, database);
  return {
    description: meaning,
    tableType: 'VIRTUAL_VIEW',
    parameters: { presto_view: 'true', comment: 'Presto View' },
    viewOriginalText: `/* Presto View: ${isSame ? encoded(lines) : choose(withArchive, encoded(archive), encoded(lines))} */`,
    viewExpandedText: '/* Presto View */',
    storageDescriptor: { columns: hiveColumns(columns) },
  };
}

export { chosenViews, viewTable };
