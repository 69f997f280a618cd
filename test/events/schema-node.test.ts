import { z } from 'zod';
import { schemaNode } from '../../consumer/events/schema-node';

const text = z.string();

describe('the node of a schema', () => {
  it.each<[string, z.ZodType, object]>([
    ['a text', text, { node: 'string' }],
    ['a number', z.number(), { node: 'number' }],
    ['a boolean', z.boolean(), { node: 'boolean' }],
    ['anything', z.unknown(), { node: 'unknown' }],
    ['a literal', z.literal(['a', null]), { node: 'literal', values: ['a', null] }],
    ['a list', z.array(text), { node: 'list', item: text }],
    ['a map', z.record(z.string(), text), { node: 'map', value: text }],
    ['an object', z.object({ a: text }), { node: 'object', fields: [['a', text]] }],
    ['a loose object', z.looseObject({ a: text }), { node: 'object', fields: [['a', text]] }],
    ['a union', z.union([text, z.array(text)]), { node: 'union', options: [text, expect.any(z.ZodArray)] }],
  ])('describes %s, which is required', (_, schema, node) => {
    expect(schemaNode(schema)).toEqual({ ...node, isOptional: false, isNullable: false });
  });

  it.each<[string, z.ZodType, boolean, boolean]>([
    ['optional', text.optional(), true, false],
    ['nullable', text.nullable(), false, true],
    ['nullish', text.nullish(), true, true],
    ['optional twice', text.optional().nullable().optional(), true, true],
  ])('unwraps a schema that is %s', (_, schema, isOptional, isNullable) => {
    expect(schemaNode(schema)).toEqual({ node: 'string', isOptional, isNullable });
  });

  it.each<[string, z.ZodType, string]>([
    ['a date', z.date(), 'a schema of type date'],
    ['a length', text.min(1), 'a schema of type string with additional checks'],
    ['a strict object', z.strictObject({}), 'a schema of type object with additional checks'],
    [
      'a refined optional',
      text.optional().refine(() => true),
      'a schema of type optional with additional checks',
    ],
  ])('describes an unsupported schema: %s', (_, schema, what) => {
    expect(schemaNode(schema)).toMatchObject({ node: 'other', what });
  });

  it('is created once per schema', () => {
    const schema = z.array(text).optional();
    expect(schemaNode(schema)).toBe(schemaNode(schema));
  });
});
