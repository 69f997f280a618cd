import type { JsonBody } from './hcl/from-json';

/** A resource whose SQL and columns are in files. */
interface WithFiles {
  body: JsonBody;
  /** The content of the files, by path. */
  files: Record<string, string>;
}

/** Returns SQL as a file; the module removes the newline at its end. */
function sqlFile(sql: string): string {
  if (sql !== sql.trim()) throw new Error(`SQL begins or ends with a space: ${sql.slice(0, 80)}`);
  return `${sql}\n`;
}

export { sqlFile, type WithFiles };
