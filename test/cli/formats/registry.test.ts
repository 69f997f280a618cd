import type { LineFormat, Shape } from '../../../consumer/cli/formats/line-format';
import { listFormats, plainListFormats, textFormats } from '../../../consumer/cli/formats/registry';
import { CommandContext } from '../../../consumer/cli/process/context';
import { createProgram } from '../../../consumer/cli/program';

interface Pet {
  name: string;
  age?: number;
}

const shape: Shape<Pet> = {
  json: (pet) => JSON.stringify(pet),
  columns: ['name', 'age'],
  cells: ({ name, age }) => [name, age],
};

/** Writes a list in a format. */
function written({ head, between, line, lineEnd, tail }: LineFormat<Pet>, pets: readonly Pet[]): string {
  return head + pets.map((pet) => line(pet) + lineEnd).join(between) + tail;
}

/** Returns the choices of a command's `--format`. */
const choicesOf = (name: string) =>
  createProgram(new CommandContext(process))
    .commands.find((command) => command.name() === name)
    ?.options.find(({ long }) => long === '--format')?.argChoices;

describe('a list is written', () => {
  it.each<[format: keyof typeof textFormats, expected: string]>([
    ['ndjson', '{"name":"a,b","age":3}\n{"name":"=c"}\n'],
    ['json', '[\n{"name":"a,b","age":3},\n{"name":"=c"}\n]\n'],
    ['csv', 'name,age\r\n"a,b",3\r\n\'=c,\r\n'],
    ['markdown', '| name | age |\n| --- | --- |\n| a,b | 3 |\n| =c |  |\n'],
  ])('as %s', (format, expected) => {
    expect(written(textFormats[format].lines(shape), [{ name: 'a,b', age: 3 }, { name: '=c' }])).toBe(
      expected,
    );
  });

  it('as a table and in every format of the registry, by every command', () => {
    expect(listFormats).toEqual(['table', ...Object.keys(textFormats)]);
    for (const name of ['read', 'rejects', 'questions']) expect(choicesOf(name)).toEqual(listFormats);
    expect(choicesOf('trace')).toEqual([...listFormats, 'xlsx']);
    for (const name of ['ask', 'query']) expect(choicesOf(name)).toEqual([...listFormats, 'xlsx', 'parquet']);
  });

  it('only in formats without columns when its items have none', () => {
    expect(choicesOf('doctor')).toEqual(plainListFormats);
    expect(plainListFormats).toEqual(['table', 'json', 'ndjson']);
  });
});
