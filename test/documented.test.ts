import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..');

/** The names that an entry file exports, following `export *`. */
function exportedNames(entry: string): string[] {
  const text = readFileSync(join(root, entry), 'utf8');
  const own = [...text.matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, names = '']) =>
    names.split(',').map((name) => name.replace(/^\s*type\s/, '').trim()),
  );
  const followed = [...text.matchAll(/export \* from '\.\/([^']+)'/g)].flatMap(([, path]) =>
    exportedNames(`${dirname(entry)}/${path}/index.ts`),
  );
  return [...own, ...followed].filter((name) => name !== '');
}

const sources = ['consumer', 'modules'].flatMap((half) =>
  readdirSync(join(root, half), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('index.ts'))
    .map((name) => readFileSync(join(root, half, name), 'utf8')),
);

/** The comment that stands directly above a name's declaration. */
function docstring(name: string, texts: readonly string[]): string | undefined {
  const declaration = new RegExp(
    `/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*\\n(?:export )?(?:async )?(?:const|function\\*?|class|type|interface) ${name}\\b`,
  );
  for (const text of texts) {
    const match = declaration.exec(text);
    if (match !== null) return match[1];
  }
  return undefined;
}

describe('documentation', () => {
  it.each(['consumer', 'consumer/archive', 'modules'].flatMap((entry) => exportedNames(`${entry}/index.ts`)))(
    'says what %s is',
    (name) => {
      expect(docstring(name, sources)?.trim()).toMatch(/\w{3}/);
    },
  );

  it.each(
    exportedNames('consumer/events/index.ts').filter(
      (name) => name.endsWith('EventSchema') && name !== 'KnownEventSchema',
    ),
  )('gives an example of %s and names the AWS page that it rests on', (name) => {
    expect(docstring(name, sources)).toMatch(/@example\s[\s\S]*"eventType"/);
    expect(docstring(name, sources)).toContain('@see https://docs.aws.amazon.com/ses/');
  });

  it('is missed where it is missing', () => {
    expect(docstring('bare', ['const bare = 1;'])).toBeUndefined();
    expect(docstring('far', ['/** near */\nconst near = 1;\nconst far = 2;'])).toBeUndefined();
    expect(docstring('near', ['/** it is near */\nconst near = 1;'])).toBe(' it is near ');
  });
});
