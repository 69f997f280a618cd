import { readFileSync } from 'node:fs';
import { UsageError } from '../process/exit-code';

/** What the outputs of a deployment say of its catalog. */
interface CatalogOutputs {
  workgroup: string;
  database: string;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** An output's text: by itself, or as Terraform writes it, beside its type. */
function textOf(output: unknown): string | undefined {
  const value = isObject(output) && 'value' in output ? output.value : output;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The catalogs in outputs, each with the names of what it stands in: a stack, or an output of a module. */
function catalogsIn(value: unknown, path: readonly string[] = []): [path: string, CatalogOutputs][] {
  if (!isObject(value)) return [];
  const workgroup = textOf(value.athena_workgroup);
  const database = textOf(value.catalog_database);
  if (workgroup !== undefined && database !== undefined) return [[path.join('.'), { workgroup, database }]];
  return Object.entries(value).flatMap(([name, inner]) => catalogsIn(inner, [...path, name]));
}

/**
 * The catalog in a file of outputs: of `terraform output -json`, or of `cdktf output` or `cdktf deploy`
 * with `--outputs-file`, which nest them by stack.
 *
 * @throws {UsageError} when the file cannot be read, or has no catalog or several
 */
function catalogOutputs(file: string): CatalogOutputs {
  let outputs: unknown;
  try {
    outputs = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const code = error instanceof SyntaxError ? 'no JSON' : (error as NodeJS.ErrnoException).code; // of readFileSync
    throw new UsageError(
      `${file}: ${code}: --terraform-outputs takes what terraform output -json prints, or cdktf output --outputs-file writes`,
    );
  }
  const [found, ...others] = catalogsIn(outputs);
  if (found === undefined) {
    throw new UsageError(
      `${file}: there are no outputs athena_workgroup and catalog_database: deploy the catalog (docs/catalog.md), or give --workgroup and --database`,
    );
  }
  if (others.length > 0) {
    const stacks = [found, ...others].map(([path]) => path).join(', ');
    throw new UsageError(
      `${file}: there are several catalogs (${stacks}): give --workgroup and --database of one`,
    );
  }
  return found[1];
}

export { catalogOutputs };
