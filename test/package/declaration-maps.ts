import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** The properties of a declaration map that the checks use. */
interface DeclarationMap {
  sourceRoot?: string;
  sources: readonly string[];
}

const isTypeScript = (path: string) => /\.ts$/.test(path) && !path.endsWith('.d.ts');

/**
 * Returns problems that prevent an editor from navigating from the types of an installed package to TypeScript:
 * declarations without a map, and maps whose source is not a TypeScript file of the package.
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
    // The compiler wrote the file.
    const { sourceRoot = '', sources } = JSON.parse(
      readFileSync(join(folder, map), 'utf8'),
    ) as DeclarationMap;
    const targets = sources.map((source) => join(folder, dirname(map), sourceRoot, source));
    const isInPackage = (target: string) => !relative(folder, target).startsWith('..');
    return targets
      .filter((target) => !isInPackage(target) || !isTypeScript(target) || !existsSync(target))
      .map(
        (target) =>
          `${map} points to ${relative(folder, target)}, which is not a TypeScript file of the package`,
      );
  });
}

export { declarationMapFaults };
