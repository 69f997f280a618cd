import { catalogLocals, viewFolders } from './catalog-files';
import { commentLines } from './hcl/block';
import type { Expression } from './hcl/expression';
import { assignments, layout } from './hcl/layout';
import { parseExpression, parseJson } from './hcl/parse';
import { simplify } from './hcl/simplify';
import type { ModuleBlocks } from './module-blocks';
import { namedExpressions, names, prefix, withNames } from './named-expressions';

/** Writes locals, each with its comment. */
function localsBlock(all: readonly { name: string; comment: string; value: Expression }[]): string {
  const written = all.map(({ name, comment, value }) => {
    const text = layout(value, '  ', name.length + 3);
    return `${commentLines(comment, '  ')}\n${assignments([{ name, value: text }], '  ')}`;
  });
  return `locals {\n${written.join('\n')}}\n`;
}

/** The comments of the locals that the constructs create. */
const environment: Readonly<Record<string, string>> = {
  account_id: 'A given value is known in every plan; a value of a data source can be unknown.',
  region: 'The region, in the same way.',
  partition: 'The partition, in the same way.',
  dns_suffix: 'The suffix of service principals in policies.',
  sets_event_types: 'The recorded event types. OPEN and CLICK are in it only where tracking is requested.',
};

/** Writes the locals: those of the constructs, and the named expressions. */
function localsFile({ locals }: ModuleBlocks): string {
  const ofConstructs = Object.entries(locals).map(([full, value]) => {
    const name = full.replace(prefix, '');
    const comment = environment[name];
    if (comment === undefined) throw new Error(`the local ${name} has no comment: add it to locals-files.ts`);
    return { name, comment, value: withNames(simplify(parseJson(value))) };
  });
  const ofModule = [...names.values].map(([name, value]) => ({
    ...{ name, value },
    comment: namedExpressions[name]?.comment ?? name,
  }));
  return localsBlock([...ofConstructs, ...ofModule]);
}

/**
 * Writes the locals of the catalog.
 * @param files the files that they read, by path
 */
function catalogLocalsText(files: Readonly<Record<string, string>>): string {
  const hasArchive = Object.keys(files).some((path) => path.startsWith(`${viewFolders.archive}/`));
  const all = Object.entries(catalogLocals(hasArchive)).map(([name, { comment, value }]) => ({
    ...{ name, comment },
    value: parseExpression(value),
  }));
  return localsBlock(all);
}

export { catalogLocalsText, localsFile };
