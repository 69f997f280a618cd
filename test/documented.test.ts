import { findImports, type Sources, targetOf } from './package/imports';
import { readSources } from './package/source-files';

/** A name that an entry file exports, and the file that declares it. */
interface Exported {
  name: string;
  file: string;
}

/** The names in the braces of `export { … }`. No entry file gives a name another one. */
function namesIn(braces: string): string[] {
  return braces
    .split(',')
    .map((part) => part.trim().replace(/^type\s+/, ''))
    .filter((part) => part !== '');
}

const declares = (source: string, name: string) => declaration(name).test(source);

/** Where a name is declared, with the comment that stands directly above it. */
function declaration(name: string): RegExp {
  return new RegExp(
    String.raw`(?:/\*\*((?:(?!\*/)[\s\S])*)\*/\s*\n)?^(?:export )?(?:declare )?(?:abstract )?(?:async )?(?:const|function\*?|class|type|interface) ${name}\b`,
    'm',
  );
}

/** The names that a file exports with the files that declare them, following what it takes from others. */
function exportsOf(sources: Sources, file: string): Exported[] {
  const source = sources.get(file) ?? '';
  return [...source.matchAll(/^export (?:type )?(?:\{([^}]*)\}|\*)(?: from '([^']+)')?/gm)].flatMap(
    ([, braces, specifier]) => {
      const from = specifier === undefined ? file : (targetOf(sources, file, specifier) ?? specifier);
      const names = braces === undefined ? undefined : namesIn(braces);
      if (from === file) return names?.map((name) => ({ name, file: declaredIn(sources, file, name) })) ?? [];
      const all = exportsOf(sources, from);
      return names?.map((name) => all.find((one) => one.name === name) ?? { name, file: from }) ?? all;
    },
  );
}

/** The file that declares a name which another file exports: itself, or the one that it imports the name from. */
function declaredIn(sources: Sources, file: string, name: string): string {
  const source = sources.get(file) ?? '';
  if (declares(source, name)) return file;
  const imported = findImports(source)
    .flatMap(({ specifier }) => targetOf(sources, file, specifier) ?? [])
    .flatMap((target) => exportsOf(sources, target));
  return imported.find((one) => one.name === name)?.file ?? file;
}

/** The comment above a name's declaration in the file that declares it, without its stars. */
function docstring(sources: Sources, { name, file }: Exported): string | undefined {
  return declaration(name)
    .exec(sources.get(file) ?? '')?.[1]
    ?.replace(/^\s*\* ?/gm, '')
    .trim();
}

/** The words of a text, in lower case and without an ending that tells one form of a word from another. */
function wordsOf(text: string): string[] {
  const words = text.replace(/([a-z0-9])([A-Z])/g, '$1 $2').match(/[A-Za-z][A-Za-z0-9]*/g) ?? [];
  return words.map((word) => word.toLowerCase().replace(/(?<=...)(?:s|es|ed|ing)$/, ''));
}

const articles = ['a', 'an', 'the', 'of', 'for', 'to', 'and', 'or', 'in', 'is', 'it'];

/** What is missing in a comment: undefined where it says more than the name does. */
function missing(name: string, comment: string | undefined): string | undefined {
  if (comment === undefined) return 'a comment above the declaration';
  const text = comment.replace(/^@[\s\S]*/m, '').trim();
  if (!/[.:!?)]$/.test(text)) return 'a sentence with its end';
  const known = [...wordsOf(name), ...articles];
  const more = new Set(wordsOf(text).filter((word) => !known.includes(word)));
  return more.size < 2 ? 'anything that the name does not say' : undefined;
}

const sources = readSources(['consumer', 'modules']);
const entries = ['consumer/index.ts', 'consumer/queries/index.ts', 'modules/index.ts'];

describe('documentation', () => {
  it.each(entries.flatMap((entry) => exportsOf(sources, entry)))(
    'says what $name of $file is',
    (exported) => {
      expect(missing(exported.name, docstring(sources, exported))).toBeUndefined();
    },
  );

  it.each(
    exportsOf(sources, 'consumer/events/index.ts').filter(
      ({ name }) => name.endsWith('EventSchema') && name !== 'KnownEventSchema',
    ),
  )('gives an example of $name and names the AWS page that it rests on', (exported) => {
    expect(docstring(sources, exported)).toMatch(/@example\s[\s\S]*"eventType"/);
    expect(docstring(sources, exported)).toContain('@see https://docs.aws.amazon.com/ses/');
  });

  it.each<[what: string, name: string, comment: string | undefined, fault: string | undefined]>([
    ['there is none', 'ArchiveBucket', undefined, 'a comment above the declaration'],
    ['it repeats the name', 'ArchiveBucket', 'The archive bucket.', 'anything that the name does not say'],
    [
      'it repeats it in another form',
      'openedArchives',
      'Opens an archive.',
      'anything that the name does not say',
    ],
    ['it says a word', 'ArchiveBucket', 'Bucket todo.', 'anything that the name does not say'],
    ['it breaks off', 'ArchiveBucket', 'The bucket that events are delivered', 'a sentence with its end'],
    ['it is tags alone', 'ArchiveBucket', '@see https://docs.aws.amazon.com/s3/', 'a sentence with its end'],
    ['nothing', 'ArchiveBucket', 'The bucket that events are delivered to.\n\n@see https://x', undefined],
  ])('is missed where %s', (_, name, comment, fault) => {
    expect(missing(name, comment)).toBe(fault);
  });

  it('is that of the declaration which is exported, and not of another one of that name', () => {
    const made: Sources = new Map([
      ['modules/index.ts', "export { near, type Far } from './a';\nexport * from './b';"],
      [
        'modules/a.ts',
        "/** It is of a. */\nconst near = 1;\nimport { type Far } from './c';\nexport { type Far, near };",
      ],
      ['modules/b.ts', '/** It is far away. */\nconst other = 1;\nconst bare = 2;\nexport { bare, other };'],
      ['modules/c.ts', '/** It is of c. */\ninterface Far {}\nexport { type Far };'],
      ['modules/0.ts', '/** It is of nothing. */\nconst near = 0;\n/** So is this. */\nconst bare = 0;'],
    ]);
    const found = exportsOf(made, 'modules/index.ts');
    expect(found.map(({ name, file }) => [name, file])).toEqual([
      ['near', 'modules/a.ts'],
      ['Far', 'modules/c.ts'],
      ['bare', 'modules/b.ts'],
      ['other', 'modules/b.ts'],
    ]);
    expect(found.map((one) => docstring(made, one))).toEqual([
      'It is of a.',
      'It is of c.',
      undefined,
      'It is far away.',
    ]);
  });
});
