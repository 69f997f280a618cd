import { posix } from 'node:path';

/**
 * How a file names a module: `type` disappears when compiled, `dynamic` loads when it is reached, `path`
 * is require.resolve, which loads nothing; all else is `static`.
 */
type ImportForm = 'static' | 'type' | 'dynamic' | 'path';

/** One import as it stands in a file. */
interface Import {
  specifier: string;
  form: ImportForm;
}

/** Files by their path from the repository's root, with forward slashes. */
type Sources = ReadonlyMap<string, string>;

const quoted = (name: string) =>
  String.raw`(?<${name}Quote>['"\x60])(?<${name}>[^'"\x60\n$]+)\k<${name}Quote>`;

/** Comments and strings are matched too, so that an import inside one is passed over. */
const token = new RegExp(
  [
    String.raw`//[^\n]*`,
    String.raw`/\*[\s\S]*?\*/`,
    String.raw`^(?:import|export)\b\s*(?<type>type\s+(?!from\b))?(?<clause>[\w$*{},\s]+?)\bfrom\s*${quoted('from')}`,
    String.raw`^import\s*${quoted('effect')}`,
    String.raw`\bimport\(\s*(?:/\*[\s\S]*?\*/\s*)?${quoted('dynamic')}`,
    String.raw`\brequire(?<resolve>\.resolve)?\(\s*${quoted('required')}`,
    String.raw`'(?:\\.|[^'\\\n])*'`,
    String.raw`"(?:\\.|[^"\\\n])*"`,
    String.raw`\x60(?:\\[\s\S]|[^\x60\\])*\x60`,
  ].join('|'),
  'gm',
);

/** Whether a clause is `{ type A, type B }`: the compiler drops such an import. */
function namesOnlyTypes(clause: string): boolean {
  const names = /^\{([^}]*)\}$/.exec(clause.trim())?.[1]?.split(',');
  const given = names?.map((name) => name.trim()).filter((name) => name !== '') ?? [];
  return given.length > 0 && given.every((name) => name.startsWith('type '));
}

/** The imports of a TypeScript or JavaScript file, in their order. */
function findImports(source: string): Import[] {
  const imports: Import[] = [];
  for (const { groups = {} } of source.matchAll(token)) {
    if (groups.from !== undefined) {
      const isType = groups.type !== undefined || namesOnlyTypes(groups.clause ?? '');
      imports.push({ specifier: groups.from, form: isType ? 'type' : 'static' });
    } else if (groups.effect !== undefined) imports.push({ specifier: groups.effect, form: 'static' });
    else if (groups.dynamic !== undefined) imports.push({ specifier: groups.dynamic, form: 'dynamic' });
    else if (groups.required !== undefined)
      imports.push({ specifier: groups.required, form: groups.resolve === undefined ? 'static' : 'path' });
  }
  return imports;
}

/** The file that a relative specifier names, or the bare path when there is no such file; undefined for a package. */
function targetOf(sources: Sources, file: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const path = posix.join(posix.dirname(file), specifier);
  return [`${path}.ts`, `${path}/index.ts`, path].find((name) => sources.has(name)) ?? path;
}

/** The package that a specifier names: `@scope/name` or `name`; undefined for files and Node's own modules. */
function packageOf(specifier: string): string | undefined {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return undefined;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

export { findImports, type Import, type ImportForm, packageOf, type Sources, targetOf };
