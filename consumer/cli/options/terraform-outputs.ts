import { readFileSync } from 'node:fs';
import { pageAddress } from '../../pages/page-address';
import { UsageError } from '../process/exit-code';

/** Outputs of a deployment that describe its catalog. */
interface CatalogOutputs {
  workgroup: string;
  database: string;
  /** The folder of the Iceberg tables; undefined if they are off. */
  archiveLocation?: string;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Returns an output's value: the output itself, or what Terraform writes beside its type. */
function outputValue(output: unknown): unknown {
  return isObject(output) && 'type' in output && 'value' in output ? output.value : output;
}

/** Returns an output's text, unless it is empty or has another type. */
function textOf(output: unknown): string | undefined {
  const value = outputValue(output);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Finds the catalogs in outputs, each with its path: the names of a stack, or of a module's output. */
function catalogsIn(value: unknown, path: readonly string[] = []): [path: string, CatalogOutputs][] {
  if (!isObject(value)) return [];
  const workgroup = textOf(value.athena_workgroup);
  const database = textOf(value.catalog_database);
  const archiveLocation = textOf(value.archive_table_location);
  if (workgroup !== undefined && database !== undefined)
    return [
      [path.join('.'), { workgroup, database, ...(archiveLocation !== undefined && { archiveLocation }) }],
    ];
  return Object.entries(value).flatMap(([name, inner]) => catalogsIn(outputValue(inner), [...path, name]));
}

/**
 * Reads the catalog from a file of outputs: of `terraform output -json`, or of `cdktf output` or `cdktf
 * deploy` with `--outputs-file`, which nest them by stack.
 *
 * @throws {UsageError} when the file cannot be read, or does not contain exactly one catalog
 */
function catalogOutputs(file: string): CatalogOutputs {
  let outputs: unknown;
  try {
    outputs = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'not JSON' : (error as NodeJS.ErrnoException).code; // thrown by readFileSync
    throw new UsageError(
      `${file}: ${reason}: --terraform-outputs requires the output of terraform output -json or cdktf output --outputs-file`,
    );
  }
  const [found, ...others] = catalogsIn(outputs);
  if (found === undefined) {
    throw new UsageError(
      `${file}: the outputs athena_workgroup and catalog_database are missing: deploy the catalog, or add --workgroup and --database. See ${pageAddress('catalog')}`,
    );
  }
  if (others.length > 0) {
    const stacks = [found, ...others].map(([path]) => path).join(', ');
    throw new UsageError(
      `${file}: there are several catalogs (${stacks}): select one with --workgroup and --database`,
    );
  }
  return found[1];
}

export { catalogOutputs };
