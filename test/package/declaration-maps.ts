import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, join, relative } from 'node:path';

/** The properties of a declaration map that the checks use. */
interface DeclarationMap {
  sourceRoot?: string;
  sources: readonly string[];
}

const isTypeScript = (path: string) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts');

/** Returns the constants, functions and classes of a declaration whose names a map finds on another line of the source. */
function displacedNames(declaration: string, map: string, source: string): string[] {
  // The type lacks the optional properties that the map lacks too.
  const entries = new SourceMap(JSON.parse(map) as ConstructorParameters<typeof SourceMap>[0]);
  const sourceLines = source.split('\n');
  return declaration.split('\n').flatMap((line, index) => {
    const [before, name] =
      /^(?:export )?declare (?:const|function|(?:abstract )?class) (\w+)/.exec(line) ?? [];
    if (before === undefined || name === undefined) return [];
    const entry = entries.findEntry(index, before.length - name.length);
    const found = 'originalLine' in entry ? sourceLines[entry.originalLine] : undefined;
    return found?.includes(name) === true ? [] : [name];
  });
}

/**
 * Returns problems that prevent an editor from navigating from the types of an installed package to TypeScript:
 * declarations without a map, and maps whose source is not a TypeScript file of the package or whose lines do not match.
 *
 * @param folder folder of the package
 */
function declarationMapFaults(folder: string): string[] {
  const paths = readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' });
  const declarations = paths.filter((path) => path.endsWith('.d.ts')).map((path) => join('dist', path));
  if (declarations.length === 0) return ['there are no declarations'];
  return declarations.flatMap((declaration) => {
    const text = readFileSync(join(folder, declaration), 'utf8');
    const [, name = ''] = /\/\/# sourceMappingURL=(.+)\s*$/.exec(text) ?? [];
    const map = join(dirname(declaration), name);
    if (name === '' || !existsSync(join(folder, map))) return [`${declaration} has no map`];
    const mapText = readFileSync(join(folder, map), 'utf8');
    const { sourceRoot = '', sources } = JSON.parse(mapText) as DeclarationMap; // the compiler wrote it
    const targets = sources.map((source) => join(folder, dirname(map), sourceRoot, source));
    const isInPackage = (target: string) => !relative(folder, target).startsWith('..');
    return targets.flatMap((target) => {
      if (!isInPackage(target) || !isTypeScript(target) || !existsSync(target))
        return [
          `${map} points to ${relative(folder, target)}, which is not a TypeScript file of the package`,
        ];
      return displacedNames(text, mapText, readFileSync(target, 'utf8')).map(
        (name) => `${map} does not point to the line of ${name}`,
      );
    });
  });
}

export { declarationMapFaults };
