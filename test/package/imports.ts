import { posix } from 'node:path';

/**
 * The form of an import: `type` disappears in compilation, `dynamic` loads when it runs (import(), or a require in a
 * function), `path` is require.resolve, which loads nothing. All other imports are `static`.
 */
type ImportForm = 'static' | 'type' | 'dynamic' | 'path';

/** An import in a file. */
interface Import {
  specifier: string;
  form: ImportForm;
}

/** Files by path from the root of the repository, with forward slashes. */
type Sources = ReadonlyMap<string, string>;

const quoted = (name: string) =>
  String.raw`(?<${name}Quote>['"\x60])(?<${name}>[^'"\x60\n$]+)\k<${name}Quote>`;

/** Also matches comments and strings, so that imports in them are skipped. */
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

/** Checks whether a clause is `{ type A, type B }`. The compiler removes such an import. */
function containsOnlyTypes(clause: string): boolean {
  const names = /^\{([^}]*)\}$/.exec(clause.trim())?.[1]?.split(',');
  const present = names?.map((name) => name.trim()).filter((name) => name !== '') ?? [];
  return present.length > 0 && present.every((name) => name.startsWith('type '));
}

/** Whether the line of an index is indented, as every line of a function is. */
function isIndented(source: string, index: number): boolean {
  return source[source.lastIndexOf('\n', index - 1) + 1] === ' ';
}

/** Returns the imports of a TypeScript or JavaScript file, in order. */
function findImports(source: string): Import[] {
  const imports: Import[] = [];
  for (const { groups = {}, index } of source.matchAll(token)) {
    if (groups.from !== undefined) {
      const isType = groups.type !== undefined || containsOnlyTypes(groups.clause ?? '');
      imports.push({ specifier: groups.from, form: isType ? 'type' : 'static' });
    } else if (groups.effect !== undefined) imports.push({ specifier: groups.effect, form: 'static' });
    else if (groups.dynamic !== undefined) imports.push({ specifier: groups.dynamic, form: 'dynamic' });
    else if (groups.required !== undefined) {
      const form = isIndented(source, index) ? 'dynamic' : 'static';
      imports.push({ specifier: groups.required, form: groups.resolve === undefined ? form : 'path' });
    }
  }
  return imports;
}

/** Returns the file of a relative specifier, or its path if there is no such file. Undefined for a package. */
function targetOf(sources: Sources, file: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const path = posix.join(posix.dirname(file), specifier);
  return [`${path}.ts`, `${path}.tsx`, `${path}/index.ts`, path].find((name) => sources.has(name)) ?? path;
}

/** Returns the package of a specifier: `@scope/name` or `name`. Undefined for files and Node's modules. */
function packageOf(specifier: string): string | undefined {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return undefined;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

export { findImports, type Import, type ImportForm, packageOf, type Sources, targetOf };
