import { blockOfKind, type Column, columns } from '../../../consumer/archive/store/columns';
import { eventKinds, eventSchemas } from '../../../consumer/events';
import { schemaFields } from '../../events/schema-fields';

const all: readonly Column[] = columns;

/** Every field of every kind, except `eventType` and the two blocks themselves. */
const fields = [
  ...new Set(eventKinds.flatMap((kind) => schemaFields(eventSchemas[kind], '').map(({ path }) => path))),
].filter((path) => path !== 'eventType' && path !== 'mail' && !Object.values(blockOfKind).includes(path));

/** Objects without a column, because each of their fields has one. */
const containers = ['mail.commonHeaders'];

describe('the column table', () => {
  const paths = all.flatMap((column) => column.paths);

  it('has a block for each kind', () => {
    expect(Object.keys(blockOfKind)).toEqual(eventKinds);
    expect(Object.values(blockOfKind)).not.toContain('');
  });

  it.each(paths)('contains %s of the schemas', (path) => {
    expect(fields.filter((field) => field === path || field === `${path}[]`)).toHaveLength(1);
  });

  it.each(fields.filter((path) => !containers.includes(path)))('has a column for %s', (field) => {
    const holders = paths.filter(
      (path) => field === path || field.startsWith(`${path}[]`) || field.startsWith(`${path}.`),
    );
    expect(holders).toHaveLength(1);
  });

  it.each(all.flatMap(({ name, copiedFrom }) => (copiedFrom ? [[name, copiedFrom] as const] : [])))(
    'copies %s from a field of the schemas',
    (_, copiedFrom) => {
      expect(fields).toContain(copiedFrom.slice(0, 2).join('.'));
    },
  );

  it('names every column once, in snake_case, with a meaning', () => {
    const names = all.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, meaning } of all) {
      expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(meaning).toMatch(/^.{10,}\.$/s);
    }
  });
});
