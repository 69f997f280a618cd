import type { Expression } from './hcl/expression';
import type { JsonBody } from './hcl/from-json';
import { parseText } from './hcl/parse';
import { flat } from './hcl/print';
import { simplify } from './hcl/simplify';
import { withNames } from './named-expressions';
import { sqlFile, type WithFiles } from './sql-file';

/** The request of a schedule to Athena. */
interface StatementRequest {
  QueryExecutionContext: { Catalog: string; Database: string };
  QueryString: string;
  WorkGroup: string;
}

/** The place of an expression in a text: its number between two characters of private use. */
const placeholder = /\uE000(\d+)\uE000/g;

/** Returns the name of a variable or local. */
function nameOf(expression: Expression): string {
  if (expression.kind === 'attribute' && expression.of.kind === 'name') return expression.name;
  throw new Error(`name ${flat(expression)} in named-expressions.ts: a statement contains it`);
}

/** Writes a text with placeholders as an expression. */
function textExpression(text: string, expressions: readonly Expression[]): string {
  const parts = text.split(placeholder).map((part, at): string | Expression => {
    const expression = expressions[Number(part)];
    return at % 2 === 1 && expression !== undefined ? expression : part;
  });
  return flat(simplify({ kind: 'template', parts: parts.filter((part) => part !== '') }));
}

/** Moves the statement of a schedule to a file, a template with the variables of the module that it contains. */
function withStatementFile(body: JsonBody): WithFiles {
  const target = body.target as JsonBody & { input: string }; // each schedule has one target with an input
  const parsed = parseText(target.input);
  const parts = parsed.kind === 'template' ? parsed.parts : [parsed];
  const expressions = parts.flatMap((part) => (typeof part === 'string' ? [] : [withNames(simplify(part))]));
  let count = 0;
  const json = parts.map((part) => (typeof part === 'string' ? part : `\uE000${count++}\uE000`)).join('');
  const request: StatementRequest = JSON.parse(json);
  const variables = new Map<string, string>();
  const sql = request.QueryString.replace(/([$%])(?=\{)/g, '$1$1').replace(placeholder, (_, at) => {
    const expression = expressions[Number(at)];
    if (expression === undefined) throw new Error(`the statement ${body.name} has no expression ${at}`);
    variables.set(nameOf(expression), flat(expression));
    return `\${${nameOf(expression)}}`;
  });
  const path = `queries/archive/${body.name}.sql`;
  const file = `"\${path.module}/${path}"`;
  const values = [...variables].sort().map(([name, value]) => `${name} = ${value}`);
  const text = variables.size === 0 ? `file(${file})` : `templatefile(${file}, { ${values.join(', ')} })`;
  const { Catalog, Database } = request.QueryExecutionContext;
  const entries = [
    `QueryExecutionContext = { Catalog = ${JSON.stringify(Catalog)}, Database = ${textExpression(Database, expressions)} }`,
    `QueryString = trimspace(${text})`,
    `WorkGroup = ${textExpression(request.WorkGroup, expressions)}`,
  ];
  return {
    body: { ...body, target: { ...target, input: `\${jsonencode({ ${entries.join(', ')} })}` } },
    files: { [path]: sqlFile(sql) },
  };
}

export { withStatementFile };
