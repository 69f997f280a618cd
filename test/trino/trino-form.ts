import { icebergCatalog, schema } from './trino';

/** Athena's names of types, each with Trino's. */
const types: readonly (readonly [athena: RegExp, trino: string])[] = [
  [/\bmap<string, bigint>/g, 'map(varchar, bigint)'],
  [/\barray<string>/g, 'array(varchar)'],
  [/ string\b/g, ' varchar'],
  [/ binary\b/g, ' varbinary'],
  [/ timestamp\b/g, ' timestamp(6)'],
];

const nameOf = (table: string) => `${icebergCatalog}.${schema}.${table}`;

/** Converts Athena's CREATE TABLE. The location is that of the schema. */
function createTable(sql: string): string {
  const [, name = '', columns = '', partitions = '', properties = ''] =
    /^CREATE TABLE IF NOT EXISTS (\w+) \(\n(.*?)\n\)\n(?:PARTITIONED BY \((.*)\)\n)?LOCATION 's3:.*\/'\nTBLPROPERTIES \((.*)\)$/s.exec(
      sql,
    ) ?? [];
  if (!/'table_type' = 'ICEBERG'.*'format' = 'parquet'/.test(properties))
    throw new Error(`not a table that Athena creates: ${sql}`);
  const defined = types.reduce((text, [athena, trino]) => text.replace(athena, trino), columns);
  const list = partitions
    .split(/, (?=\w+\()/)
    .filter((partition) => partition !== '')
    .map((partition) => `'${partition.replace(/bucket\((\d+), (\w+)\)/, 'bucket($2, $1)')}'`);
  return `CREATE TABLE IF NOT EXISTS ${nameOf(name)} (${defined}) WITH (format = 'PARQUET', partitioning = ARRAY[${list.join(', ')}])`;
}

/** Converts a statement of Athena to the statements of Trino. Only the creation and the upkeep of tables differ. */
function trinoForm(sql: string): readonly string[] {
  if (sql.startsWith('CREATE TABLE')) return [createTable(sql)];
  const optimized = /^OPTIMIZE (\w+) REWRITE DATA USING BIN_PACK$/.exec(sql)?.[1];
  if (optimized !== undefined) return [`ALTER TABLE ${nameOf(optimized)} EXECUTE optimize`];
  const vacuumed = /^VACUUM (\w+)$/.exec(sql)?.[1];
  if (vacuumed === undefined) return [sql];
  return ['expire_snapshots', 'remove_orphan_files'].map(
    (procedure) => `ALTER TABLE ${nameOf(vacuumed)} EXECUTE ${procedure}(retention_threshold => '0s')`,
  );
}

export { trinoForm };
