import { type Expression, textOf } from './hcl/expression';
import type { JsonBody } from './hcl/from-json';
import { parseText } from './hcl/parse';
import { flat } from './hcl/print';
import { sqlFile, type WithFiles } from './sql-file';
import { withStatementFile } from './statement-files';

const isObject = (value: unknown): value is JsonBody => typeof value === 'object' && value !== null;

interface Column {
  name: string;
  type: string;
}

/** The folder of the views that read the delivered lines, and of those that read the archive too. */
const viewFolders = { lines: 'queries/views', archive: 'queries/views-with-archive' } as const;

/**
 * Returns the path of the SQL of a view as an expression. Only the views that read something else with the archive are in
 * its folder.
 */
function viewPath(hasArchive: boolean): string {
  const { lines, archive } = viewFolders;
  if (!hasArchive) return `"\${path.module}/${lines}/\${name}"`;
  const folder = `var.archive_table && fileexists("\${path.module}/${archive}/\${name}") ? "${archive}" : "${lines}"`;
  return `join("/", [path.module, ${folder}, name])`;
}

/**
 * Returns the definitions and the columns of views, which the resources use.
 * @param hasArchive whether views read something else with the archive
 */
const catalogLocals = (
  hasArchive: boolean,
): Readonly<Record<string, { comment: string; value: string }>> => ({
  catalog_columns: {
    comment: 'The columns of views: their types in Glue, and in the definition of a view.',
    value: [
      '{ for name in fileset("${path.module}/queries/columns", "*.csv") :',
      'trimsuffix(name, ".csv") => csvdecode(file("${path.module}/queries/columns/${name}")) }',
    ].join(' '),
  },
  catalog_views: {
    comment: 'The definition of each view in the form of Athena.',
    value: [
      '{ for name in fileset("${path.module}/queries/views", "*.sql") :',
      'trimsuffix(name, ".sql") => jsonencode({',
      'catalog = "awsdatacatalog",',
      'columns = [for column in local.catalog_columns[trimsuffix(name, ".sql")] : {',
      'name = column.name, type = column.view_type }],',
      `originalSql = trimspace(file(${viewPath(hasArchive)})),`,
      'schema = local.catalog_database }) }',
    ].join(' '),
  },
});

/** Writes columns as CSV, whose header names the attributes. */
function columnFile(columns: readonly Column[]): string {
  const header = Object.keys(columns[0] ?? {});
  const rows = columns.map((column) => Object.values(column));
  if (rows.flat().some((value) => /[",\n]/.test(value))) throw new Error('a column requires quotes in CSV');
  return [header, ...rows].map((row) => `${row.join(',')}\n`).join('');
}

/** Returns an entry of an object. */
function entry(expression: Expression | undefined, key: string): Expression {
  const found =
    expression?.kind === 'object' ? expression.entries.find((each) => each.key === key) : undefined;
  if (found === undefined) throw new Error(`the definition of a view has no ${key}`);
  return found.value;
}

function textIn(expression: Expression, key: string): string {
  const found = textOf(entry(expression, key));
  if (found === undefined) throw new Error(`${key} of a view is not a text`);
  return found;
}

/** The definition of a view. */
interface ViewDefinition {
  sql: string;
  columns: readonly Expression[];
}

/** Reads the definition in `base64encode(jsonencode({…}))`. */
function viewDefinition(encoded: string | Expression | undefined): ViewDefinition {
  const json = typeof encoded === 'object' && encoded.kind === 'call' ? encoded.args[0] : undefined;
  const definition = json?.kind === 'call' ? json.args[0] : undefined;
  if (definition === undefined) throw new Error('a view has no definition');
  const columns = entry(definition, 'columns');
  return { sql: textIn(definition, 'originalSql'), columns: columns.kind === 'list' ? columns.items : [] };
}

/** Reads the definitions in `/* Presto View: ${…} *\/`: one, or one with and one without the archive. */
function viewDefinitions(text: string): { lines: ViewDefinition; archive?: ViewDefinition } {
  const parsed = parseText(text);
  const encoded = parsed.kind === 'template' ? parsed.parts[1] : undefined;
  if (typeof encoded !== 'object' || encoded.kind !== 'conditional')
    return { lines: viewDefinition(encoded) };
  const { condition, yes, no } = encoded;
  if (flat(condition) !== 'var.archive_table')
    throw new Error(`a view depends on ${flat(condition)}, but only archive_table is supported`);
  return { lines: viewDefinition(no), archive: viewDefinition(yes) };
}

/** Moves the SQL and the columns of a view to files. */
function withViewFiles(body: JsonBody, text: string): WithFiles {
  const { name, storage_descriptor: storage } = body;
  if (!isObject(storage) || !Array.isArray(storage.columns))
    throw new Error(`the view ${name} has no columns`);
  const { columns: hiveColumns, ...descriptor } = storage;
  const { lines, archive } = viewDefinitions(text);
  const written = storage.columns.map((column: Column, at) => {
    const inView = lines.columns[at];
    if (inView === undefined) throw new Error(`the definition of ${name} has no column ${column.name}`);
    return { ...column, view_type: textIn(inView, 'type') };
  });
  const dynamic = {
    columns: {
      for_each: `\${local.catalog_columns.${name}}`,
      content: { name: '${columns.value.name}', type: '${columns.value.type}' },
    },
  };
  const encoded = `/* Presto View: \${base64encode(local.catalog_views.${name})} */`;
  return {
    body: { ...body, view_original_text: encoded, storage_descriptor: { ...descriptor, dynamic } },
    files: {
      [`queries/columns/${name}.csv`]: columnFile(written),
      [`${viewFolders.lines}/${name}.sql`]: sqlFile(lines.sql),
      ...(archive && { [`${viewFolders.archive}/${name}.sql`]: sqlFile(archive.sql) }),
    },
  };
}

/** Moves the SQL of a saved query to a file. */
function withQueryFile(body: JsonBody): WithFiles {
  const path = `queries/saved/${body.name}.sql`;
  return {
    body: { ...body, query: `\${trimspace(file("\${path.module}/${path}"))}` },
    files: { [path]: sqlFile(String(body.query)) },
  };
}

/** Moves the SQL and the columns of a resource of the catalog to files. */
function withFiles(type: string, body: JsonBody): WithFiles {
  const { view_original_text: text } = body;
  if (typeof text === 'string') return withViewFiles(body, text);
  if (type === 'aws_athena_named_query') return withQueryFile(body);
  if (type === 'aws_scheduler_schedule') return withStatementFile(body);
  return { body, files: {} };
}

export { catalogLocals, viewFolders, withFiles };
