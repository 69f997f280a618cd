import { type Expression, textOf } from './hcl/expression';
import type { JsonBody } from './hcl/from-json';
import { parseText } from './hcl/parse';

/** A resource whose SQL and columns are in files. */
interface WithFiles {
  body: JsonBody;
  /** The content of the files, by path. */
  files: Record<string, string>;
}

const isObject = (value: unknown): value is JsonBody => typeof value === 'object' && value !== null;

interface Column {
  name: string;
  type: string;
  /** The type in a view's definition, which is Trino's. */
  view_type?: string;
}

/** The definitions of views and the columns of tables, which the resources use. */
const catalogLocals: Readonly<Record<string, { comment: string; value: string }>> = {
  catalog_columns: {
    comment: 'The columns of views and tables: their types in Glue, and in the definition of a view.',
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
      'originalSql = trimspace(file("${path.module}/queries/views/${name}")),',
      'schema = local.catalog_database }) }',
    ].join(' '),
  },
};

/** Writes columns as CSV, whose header names the attributes. */
function columnFile(columns: readonly Column[]): string {
  const header = Object.keys(columns[0] ?? {});
  const rows = columns.map((column) => Object.values(column));
  if (rows.flat().some((value) => /[",\n]/.test(value))) throw new Error('a column requires quotes in CSV');
  return [header, ...rows].map((row) => `${row.join(',')}\n`).join('');
}

/** Returns SQL as a file; the module removes the newline at its end. */
function sqlFile(sql: string): string {
  if (sql !== sql.trim()) throw new Error(`SQL begins or ends with a space: ${sql.slice(0, 80)}`);
  return `${sql}\n`;
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

/** Reads the definition in `/* Presto View: ${base64encode(jsonencode({…}))} *\/`. */
function viewDefinition(text: string): { sql: string; columns: readonly Expression[] } {
  const parsed = parseText(text);
  const encoded = parsed.kind === 'template' ? parsed.parts[1] : undefined;
  const json = typeof encoded === 'object' && encoded.kind === 'call' ? encoded.args[0] : undefined;
  const definition = json?.kind === 'call' ? json.args[0] : undefined;
  if (definition === undefined) throw new Error('a view has no definition');
  const columns = entry(definition, 'columns');
  return { sql: textIn(definition, 'originalSql'), columns: columns.kind === 'list' ? columns.items : [] };
}

/** Tables with few columns keep them. */
const fewColumns = 5;

/** Moves the SQL of a view and the columns of a table to files. */
function withTableFiles(body: JsonBody): WithFiles {
  const { name, view_original_text: text, storage_descriptor: storage } = body;
  if (!isObject(storage) || !Array.isArray(storage.columns)) return { body, files: {} };
  const { columns: hiveColumns, ...descriptor } = storage;
  const isView = typeof text === 'string';
  if (!isView && storage.columns.length <= fewColumns) return { body, files: {} };
  const { sql = '', columns = [] } = isView ? viewDefinition(text) : {};
  const written = storage.columns.map((column: Column, at) => {
    const inView = columns[at];
    return { ...column, ...(inView !== undefined && { view_type: textIn(inView, 'type') }) };
  });
  const dynamic = {
    columns: {
      for_each: `\${local.catalog_columns.${name}}`,
      content: { name: '${columns.value.name}', type: '${columns.value.type}' },
    },
  };
  const encoded = `/* Presto View: \${base64encode(local.catalog_views.${name})} */`;
  return {
    body: {
      ...body,
      ...(isView && { view_original_text: encoded }),
      storage_descriptor: { ...descriptor, dynamic },
    },
    files: {
      [`queries/columns/${name}.csv`]: columnFile(written),
      ...(isView && { [`queries/views/${name}.sql`]: sqlFile(sql) }),
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
  if (type === 'aws_glue_catalog_table') return withTableFiles(body);
  if (type === 'aws_athena_named_query') return withQueryFile(body);
  return { body, files: {} };
}

export { catalogLocals, withFiles };
