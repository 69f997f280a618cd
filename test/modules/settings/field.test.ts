import { z } from 'zod';
import { deploymentFields } from '../../../modules/app/deployment-settings';
import { describeField, field } from '../../../modules/settings/field';
import { describeFields, streamSettings } from '../../../modules/stream-settings';

const described = (schema: z.ZodType) => describeField('made', field(schema, { description: 'made up' }));

describe('a setting', () => {
  it.each<[string, z.ZodType, object]>([
    ['text', z.string().regex(/^a+$/), { kind: 'text', pattern: /^a+$/ }],
    ['a number', z.number().min(0).max(1), { kind: 'number', minimum: 0, maximum: 1, whole: false }],
    [
      'a whole number',
      z.number().int().min(1).max(9),
      { kind: 'number', minimum: 1, maximum: 9, whole: true },
    ],
    ['a switch', z.boolean(), { kind: 'switch' }],
    ['a choice', z.enum(['a', 'b']), { kind: 'choice', choices: ['a', 'b'] }],
    ['a choice of numbers', z.literal([1, 3]), { kind: 'choice', choices: [1, 3] }],
    ['a list', z.array(z.string()).min(1), { kind: 'list', of: { kind: 'text' }, minimum: 1 }],
    ['a map', z.record(z.string(), z.string()), { kind: 'map' }],
  ])('can be %s', (_, schema, form) => {
    expect(described(schema).form).toEqual(form);
    expect(described(schema.optional())).toMatchObject({ form, optional: true });
  });

  it('has its default', () => {
    expect(described(z.boolean().default(true))).toMatchObject({ default: true, optional: false });
  });

  it.each<[string, z.ZodType]>([
    ['a number without limits', z.number()],
    ['a number with one limit', z.number().min(1)],
    ['an exclusive limit', z.number().gt(1).max(2)],
    ['steps', z.number().min(0).max(10).multipleOf(2)],
    ['a refinement', z.string().refine((text) => text !== 'a')],
    ['a refinement of a switch', z.boolean().refine((on) => on)],
    ['a length', z.string().min(3)],
    ['two patterns', z.string().regex(/^a/).regex(/b$/)],
    ['a pattern with a lookahead', z.string().regex(/^(?!a)/)],
    ['a pattern with a lookbehind', z.string().regex(/(?<=a)b/)],
    ['a pattern with a backreference', z.string().regex(/(a)\1/)],
    ['a pattern with flags', z.string().regex(/a/i)],
    ['a maximum list length', z.array(z.string()).max(3)],
    ['an object', z.object({ a: z.string() })],
    ['a date', z.date()],
    ['a transformation', z.string().transform((text) => text.length)],
  ])('cannot have %s, which Terraform does not support', (_, schema) => {
    expect(() => described(schema)).toThrow(/made uses .*\. Supported are/);
  });

  it('requires a description', () => {
    expect(() => describeField('bare', z.string())).toThrow('has no description');
  });
});

describe.each(describeFields({ ...streamSettings.fields, ...deploymentFields }))(
  'the setting $name',
  (setting) => {
    it('has a form for Terraform and a description', () => {
      expect(setting.description).toMatch(/^[A-Z].*\.$/);
      expect(setting.form.kind).toBeDefined();
    });

    it('has a default or a text for omission, unless it is required', () => {
      const hasDefault =
        setting.default !== undefined || (setting.optional && setting.whenOmitted !== undefined);
      expect(hasDefault).toBe(setting.name !== 'region');
    });

    it('has a source for its limits', () => {
      const { form } = setting;
      const limited = form.kind === 'list' ? form.of : form;
      const hasLimits =
        limited.kind === 'number' || (limited.kind === 'text' && limited.pattern !== undefined);
      if (hasLimits) expect(setting.source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/|\w{3}/);
    });

    it('has a text for its pattern', () => {
      const { form } = setting;
      const pattern = form.kind === 'list' ? form.of : form;
      if (pattern.kind === 'text' && pattern.pattern !== undefined) expect(setting.allowed).toMatch(/\w{3}/);
    });
  },
);
