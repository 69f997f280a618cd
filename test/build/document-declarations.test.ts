import ts from 'typescript-api';
import { documentDeclarations } from '../../build/document-declarations';

/** Schemas as zod has them: the type argument is mapped, and lists contain schemas. */
const schema = `
interface Text { kind: 'text' }
interface Schema<Shape> { shape: Shape }
interface List<Item> { item: Item }
declare const text: Text;
declare function schema<Shape>(shape: Shape): Schema<{ [K in keyof Shape]: Shape[K] }>;
declare function list<Item>(item: Item): List<Item>;
declare function either<Items extends readonly unknown[]>(...items: Items): List<Items>;
export { either, list, schema, text, type List, type Schema, type Text };
`;

/** Documents the declarations of sources, with a map that has a mapping for each line. */
function documented(sources: Record<string, string>, declarations: Record<string, string>) {
  const files = new Map(Object.entries({ 'schema.d.ts': schema, ...sources }));
  const host = ts.createCompilerHost({});
  const program = ts.createProgram(
    [...files.keys()],
    { module: ts.ModuleKind.Node16, noLib: true, types: [] },
    {
      ...host,
      getCurrentDirectory: () => '/',
      fileExists: (path) => files.has(path.replace(/^\//, '')),
      readFile: (path) => files.get(path.replace(/^\//, '')),
      getSourceFile: (path, version) => {
        const content = files.get(path.replace(/^\//, ''));
        return content === undefined ? undefined : ts.createSourceFile(path, content, version, true);
      },
    },
  );
  const written = Object.entries(declarations).map(([source, text]) => ({
    source,
    text,
    map: JSON.stringify({
      version: 3,
      mappings: text
        .split('\n')
        .map(() => 'AACA')
        .join(';'),
    }),
  }));
  return documentDeclarations(program, written);
}

const texts = (sources: Record<string, string>, declarations: Record<string, string>) =>
  documented(sources, declarations).map(({ text }) => text);

const from = "import { either, list, schema, text } from './schema';\n";

describe('documentDeclarations', () => {
  it('writes the docstring above the field, as the source has it', () => {
    const source = `${from}const A = schema({\n  /** One. */\n  one: text,\n  two: text,\n  /**\n   * Three.\n   * And more.\n   */\n  'thr-ee': text,\n});`;
    const declaration =
      "declare const A: Schema<{\n    one: Text;\n    two: Text;\n    'thr-ee': Text;\n}>;\n";
    expect(texts({ 'a.ts': source }, { 'a.ts': declaration })).toEqual([
      "declare const A: Schema<{\n    /** One. */\n    one: Text;\n    two: Text;\n    /**\n     * Three.\n     * And more.\n     */\n    'thr-ee': Text;\n}>;\n",
    ]);
  });

  it('takes the docstring of the schema that contains the field, also from another source', () => {
    const inner = `${from}const Inner = schema({\n  /** Inner time. */\n  time: text,\n});\nexport { Inner };`;
    const outer = `${from}import { Inner } from './inner';\nconst Outer = schema({\n  /** Outer time. */\n  time: text,\n  items: list(Inner),\n  pair: either(text, Inner),\n});`;
    const timeOf = (indent: string, whose: string) =>
      `${indent}/** ${whose} time. */\n${indent}time: Text;\n`;
    const declare = (write: typeof timeOf) =>
      `declare const Outer: Schema<{\n${write('    ', 'Outer')}    items: List<Schema<{\n${write('        ', 'Inner')}    }>>;\n    pair: List<readonly [Text, Schema<{\n${write('        ', 'Inner')}    }>]>;\n}>;\n`;
    expect(
      texts(
        { 'inner.ts': inner, 'outer.ts': outer },
        { 'outer.ts': declare((indent) => `${indent}time: Text;\n`) },
      ),
    ).toEqual([declare(timeOf)]);
  });

  it('follows a field that is written without its value, and fields that are spread', () => {
    const source = `${from}const shared = {\n  /** Shared. */\n  text,\n};\nconst A = schema({ ...shared });`;
    expect(
      texts({ 'a.ts': source }, { 'a.ts': 'declare const A: Schema<{\n    text: Text;\n}>;\n' }),
    ).toEqual(['declare const A: Schema<{\n    /** Shared. */\n    text: Text;\n}>;\n']);
  });

  it('changes nothing when the declaration has the docstring', () => {
    const source = `${from}const A = schema({\n  /** One. */\n  one: text,\n});`;
    const declaration = 'declare const A: Schema<{\n    /** One. */\n    one: Text;\n}>;\n';
    expect(texts({ 'a.ts': source }, { 'a.ts': declaration })).toEqual([declaration]);
  });

  it('keeps the mappings of the lines in the declaration map', () => {
    const source = `${from}const A = schema({\n  /** One. */\n  one: text,\n});`;
    const [{ map = '' } = {}] = documented(
      { 'a.ts': source },
      { 'a.ts': 'declare const A: Schema<{\n    one: Text;\n}>;' },
    );
    expect(JSON.parse(map)).toEqual({ version: 3, mappings: 'AACA;;AACA;AACA' });
  });

  it.each([
    ['the constant', 'declare const B: Schema<{\n    one: Text;\n}>;\n'],
    ['the field', 'declare const A: Schema<{\n    other: Text;\n}>;\n'],
  ])('throws an error with the place when a declaration file lacks %s of a docstring', (_, declaration) => {
    const source = `${from}const A = schema({\n  /** One. */\n  one: text,\n});`;
    expect(() => documented({ 'a.ts': source }, { 'a.ts': declaration })).toThrow(
      /a\.ts:4: the docstring is in no declaration$/,
    );
  });

  it('throws an error for a field that is not first on its line', () => {
    const source = `${from}const A = schema({\n  /** One. */\n  one: text,\n});`;
    expect(() =>
      documented({ 'a.ts': source }, { 'a.ts': 'declare const A: Schema<{ one: Text }>;\n' }),
    ).toThrow(/a\.d\.ts:1: the field one is not first on its line$/);
  });

  it('throws an error for a source that the program does not contain', () => {
    expect(() => documented({}, { 'b.ts': '' })).toThrow('b.ts is not in the program');
  });
});
