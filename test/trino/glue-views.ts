import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ViewColumn } from '../../consumer/archive/views/view';
import { catalogViews } from '../../consumer/queries/views/athena-views';
import { tableNames } from '../../modules/event-catalog/catalog-tables';
import { EventCatalog } from '../../modules/event-catalog/event-catalog';
import { resourceAt, synthesizeWith } from '../modules/synthesize';
import { trinoVersion } from './installation';
import { schema, type Trino } from './trino';

/** A view of the Glue catalog, as in the Terraform configuration. */
interface GlueView {
  name: string;
  tableType: unknown;
  parameters: unknown;
  viewOriginalText: string;
  viewExpandedText: unknown;
  /** With Hive's types. */
  columns: unknown;
  /** The decoded text: the query, and its columns with Trino's types. */
  definition: { originalSql: string; columns: readonly ViewColumn[] };
}

/**
 * Returns the views of the Terraform configuration, in the order of their creation.
 * @param archiveTable whether the catalog has an archive
 */
function emittedViews({ archiveTable = false } = {}): GlueView[] {
  const wiring = { bucketName: 'archive', bucketArn: 'arn:aws:s3:::archive', catalogFrom: '2026-08-01' };
  const stack = synthesizeWith(
    (scope) => new EventCatalog(scope, 'catalog', { ...wiring, catalogDatabase: schema, archiveTable }),
  );
  return catalogViews(tableNames).map(({ name }) => {
    const table = resourceAt(stack, `aws_glue_catalog_table.catalog_${name}`);
    const viewOriginalText = String(table.view_original_text);
    const [, encoded = ''] = /^\/\* Presto View: (\S+) \*\/$/.exec(viewOriginalText) ?? [];
    return {
      ...{ name, viewOriginalText },
      tableType: table.table_type,
      parameters: table.parameters,
      viewExpandedText: table.view_expanded_text,
      columns: (table.storage_descriptor as { columns: unknown }).columns, // as in the provider's schema
      definition: JSON.parse(Buffer.from(encoded, 'base64').toString()),
    };
  });
}

/** Writes a view to the metastore without Trino, as Terraform writes it to the Glue catalog. */
function putView(trino: Trino, view: GlueView): void {
  const { name, tableType, parameters, viewOriginalText, viewExpandedText, columns } = view;
  const file = {
    ...{ writerVersion: trinoVersion, owner: 'test', tableType, parameters },
    ...{ dataColumns: columns, partitionColumns: [], originalStorageFormat: {}, serdeParameters: {} },
    ...{ viewOriginalText, viewExpandedText, columnStatistics: {} },
  };
  const folder = join(trino.metastore, schema, name);
  mkdirSync(folder);
  writeFileSync(join(folder, '.trinoSchema'), JSON.stringify(file));
}

/** A text of a known length has the same type for Athena. */
const withoutLength = (type: string) => type.replace(/varchar\(\d+\)/g, 'varchar');

/** Returns the columns of a view as the catalog has them, and as its query has them. */
async function columnsOfView(
  trino: Trino,
  { name, definition }: GlueView,
): Promise<Record<'catalog' | 'query', ViewColumn[]>> {
  const described = await trino.query(`DESCRIBE ${name}`);
  const result = await trino.query(`SELECT * FROM (${definition.originalSql}) LIMIT 0`);
  return {
    catalog: described.rows.map(([column, type]) => ({ name: String(column), type: String(type) })),
    query: result.columns.map((column) => ({ name: column.name, type: withoutLength(column.type) })),
  };
}

export { columnsOfView, emittedViews, putView };
