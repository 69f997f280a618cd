import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** What these checks read of a declaration map. */
interface DeclarationMap {
  sourceRoot?: string;
  sources: readonly string[];
}

const isTypeScript = (path: string) => /\.ts$/.test(path) && !path.endsWith('.d.ts');

/**
 * What keeps an editor from following the types of an installed package to TypeScript: declarations without a map, and
 * maps whose source is no TypeScript file of the package.
 *
 * @param folder the package's
 */
function declarationMapFaults(folder: string): string[] {
  const paths = readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' });
  const declarations = paths.filter((path) => path.endsWith('.d.ts')).map((path) => join('dist', path));
  if (declarations.length === 0) return ['there is no declaration'];
  return declarations.flatMap((declaration) => {
    const text = readFileSync(join(folder, declaration), 'utf8');
    const [, name = ''] = /\/\/# sourceMappingURL=(.+)\s*$/.exec(text) ?? [];
    const map = join(dirname(declaration), name);
    if (name === '' || !existsSync(join(folder, map))) return [`${declaration} has no map`];
    // What the compiler wrote.
    const { sourceRoot = '', sources } = JSON.parse(
      readFileSync(join(folder, map), 'utf8'),
    ) as DeclarationMap;
    const targets = sources.map((source) => join(folder, dirname(map), sourceRoot, source));
    const isOfPackage = (target: string) => !relative(folder, target).startsWith('..');
    return targets
      .filter((target) => !isOfPackage(target) || !isTypeScript(target) || !existsSync(target))
      .map((target) => `${map} leads to ${relative(folder, target)}, which is not there`);
  });
}

export { declarationMapFaults };
