import { findImports, type Sources, targetOf } from './package/imports';
import { readSources } from './package/source-files';

/** An exported name of an entry file, and the file that declares it. */
interface Exported {
  name: string;
  file: string;
}

/** Returns the names in the braces of `export { … }`. No entry file renames an export. */
function namesIn(braces: string): string[] {
  return braces
    .split(',')
    .map((part) => part.trim().replace(/^type\s+/, ''))
    .filter((part) => part !== '');
}

const declares = (source: string, name: string) => declaration(name).test(source);

/** Returns a pattern for the declaration of a name with the comment directly above it. */
function declaration(name: string): RegExp {
  return new RegExp(
    String.raw`(?:/\*\*((?:(?!\*/)[\s\S])*)\*/\s*\n)?^(?:export )?(?:declare )?(?:abstract )?(?:async )?(?:const|function\*?|class|type|interface) ${name}\b`,
    'm',
  );
}

/** Returns the exports of a file with the files that declare them. Follows exports from other files. */
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

/** Returns the file that declares an exported name: the file, or the file from which it imports the name. */
function declaredIn(sources: Sources, file: string, name: string): string {
  const source = sources.get(file) ?? '';
  if (declares(source, name)) return file;
  const imported = findImports(source)
    .flatMap(({ specifier }) => targetOf(sources, file, specifier) ?? [])
    .flatMap((target) => exportsOf(sources, target));
  return imported.find((one) => one.name === name)?.file ?? file;
}

/** Returns the comment above the declaration of a name, without asterisks. */
function docstring(sources: Sources, { name, file }: Exported): string | undefined {
  return declaration(name)
    .exec(sources.get(file) ?? '')?.[1]
    ?.replace(/^\s*\* ?/gm, '')
    .trim();
}

/** Returns the words of a text, in lower case and without endings such as -s and -ing. */
function wordsOf(text: string): string[] {
  const words = text.replace(/([a-z0-9])([A-Z])/g, '$1 $2').match(/[A-Za-z][A-Za-z0-9]*/g) ?? [];
  return words.map((word) => word.toLowerCase().replace(/(?<=...)(?:s|es|ed|ing)$/, ''));
}

const articles = ['a', 'an', 'the', 'of', 'for', 'to', 'and', 'or', 'in', 'is', 'it'];

/** Returns the missing part of a comment. Undefined when the comment adds information to the name. */
function missing(name: string, comment: string | undefined): string | undefined {
  if (comment === undefined) return 'a comment above the declaration';
  const text = comment.replace(/^@[\s\S]*/m, '').trim();
  if (!/[.:!?)]$/.test(text)) return 'a complete sentence';
  const known = [...wordsOf(name), ...articles];
  const more = new Set(wordsOf(text).filter((word) => !known.includes(word)));
  return more.size < 2 ? 'information that the name does not contain' : undefined;
}

const sources = readSources(['consumer', 'modules']);
const entries = ['consumer/index.ts', 'consumer/queries/index.ts', 'modules/index.ts'];

describe('documentation', () => {
  it.each(entries.flatMap((entry) => exportsOf(sources, entry)))('describes $name of $file', (exported) => {
    expect(missing(exported.name, docstring(sources, exported))).toBeUndefined();
  });

  it.each(
    exportsOf(sources, 'consumer/events/index.ts').filter(
      ({ name }) => name.endsWith('EventSchema') && name !== 'KnownEventSchema',
    ),
  )('has an example of $name and a link to the AWS page', (exported) => {
    expect(docstring(sources, exported)).toMatch(/@example\s[\s\S]*"eventType"/);
    expect(docstring(sources, exported)).toContain('@see https://docs.aws.amazon.com/ses/');
  });

  it.each<[label: string, name: string, comment: string | undefined, fault: string | undefined]>([
    ['there is no comment', 'ArchiveBucket', undefined, 'a comment above the declaration'],
    [
      'the comment repeats the name',
      'ArchiveBucket',
      'The archive bucket.',
      'information that the name does not contain',
    ],
    [
      'the comment repeats the name in another form',
      'openedArchives',
      'Opens an archive.',
      'information that the name does not contain',
    ],
    [
      'the comment adds one word',
      'ArchiveBucket',
      'Bucket todo.',
      'information that the name does not contain',
    ],
    [
      'the comment is incomplete',
      'ArchiveBucket',
      'The bucket that events are delivered',
      'a complete sentence',
    ],
    [
      'the comment has only tags',
      'ArchiveBucket',
      '@see https://docs.aws.amazon.com/s3/',
      'a complete sentence',
    ],
    [
      'the comment is complete (no report)',
      'ArchiveBucket',
      'The bucket that events are delivered to.\n\n@see https://x',
      undefined,
    ],
  ])('is reported as missing when %s', (_, name, comment, fault) => {
    expect(missing(name, comment)).toBe(fault);
  });

  it('is read from the exported declaration, not from another declaration with the same name', () => {
    const example: Sources = new Map([
      ['modules/index.ts', "export { near, type Far } from './a';\nexport * from './b';"],
      [
        'modules/a.ts',
        "/** It is of a. */\nconst near = 1;\nimport { type Far } from './c';\nexport { type Far, near };",
      ],
      ['modules/b.ts', '/** It is far away. */\nconst other = 1;\nconst bare = 2;\nexport { bare, other };'],
      ['modules/c.ts', '/** It is of c. */\ninterface Far {}\nexport { type Far };'],
      ['modules/0.ts', '/** It is of nothing. */\nconst near = 0;\n/** So is this. */\nconst bare = 0;'],
    ]);
    const found = exportsOf(example, 'modules/index.ts');
    expect(found.map(({ name, file }) => [name, file])).toEqual([
      ['near', 'modules/a.ts'],
      ['Far', 'modules/c.ts'],
      ['bare', 'modules/b.ts'],
      ['other', 'modules/b.ts'],
    ]);
    expect(found.map((one) => docstring(example, one))).toEqual([
      'It is of a.',
      'It is of c.',
      undefined,
      'It is far away.',
    ]);
  });

  /** The fields of the schemas in a source that have no docstring. Each is on its own line. */
  function undocumentedFields(source: string): string[] {
    const lines = source.split('\n');
    return lines.flatMap((line, index) => {
      const [, field] = /^ +(\w+)(?:: (?:z\.|openEnum\(|timestamp\b|[A-Z]\w+[,.])|,$)/.exec(line) ?? [];
      return field === undefined || lines[index - 1]?.endsWith('*/') === true ? [] : [field];
    });
  }

  const kinds = [...sources].filter(([path]) =>
    /^consumer\/events\/(?:bounce|click|complaint|delivery|delivery-delay|mail|open|reject|rendering-failure|send|subscription)\.ts$/.test(
      path,
    ),
  );

  it('shows an editor the meaning of every field of the events', () => {
    expect(kinds).toHaveLength(11);
    expect(
      kinds.flatMap(([path, source]) => undocumentedFields(source).map((field) => `${path}: ${field}`)),
    ).toEqual([]);
  });

  it.each([
    ['z.looseObject({\n  /** A. */\n  a: z.string(),\n  b: z.string(),\n})', ['b']],
    ['const engagement = {\n  timestamp,\n};', ['timestamp']],
    ['z.looseObject({\n  /** A. */\n  a: z.looseObject({\n    b: Item.nullish(),\n  }),\n})', ['b']],
  ])('misses a docstring in %j', (source, fields) => {
    expect(undocumentedFields(source)).toEqual(fields);
  });
});
