import { z } from 'zod';
import { describeField, field } from '../../../modules/settings/field';
import { streamVariable } from '../../../modules/settings/field-variable';
import { newStack, withoutComments } from '../synthesize';

/** Creates the variable of a test setting. */
function variableOf(schema: z.ZodType): Record<string, unknown> {
  const stack = newStack();
  streamVariable(stack, describeField('madeUp', field(schema, { description: 'It is made up.' })));
  return withoutComments(stack.toTerraform()).variable.made_up;
}

describe('the variable of a setting', () => {
  it.each<[string, z.ZodType, condition: string]>([
    ['a pattern', z.string().regex(/^a\/b$/), 'can(regex("^a/b$", var.made_up))'],
    ['a pattern with a backslash', z.string().regex(/^a\.b$/), 'can(regex("^a\\\\.b$", var.made_up))'],
    [
      'an expression or a directive of Terraform',
      z.string().regex(/^[a-z${}%{]+$/),
      'can(regex("^[a-z$${}%%{]+$", var.made_up))',
    ],
    ['such an expression in a choice', z.enum(['${a}', '%{b}']), 'contains(["$${a}","%%{b}"], var.made_up)'],
    ['a choice of numbers', z.literal([1, 3]), 'contains([1,3], var.made_up)'],
    [
      'limits of a whole number',
      z.number().int().min(1).max(9),
      'var.made_up >= 1 && var.made_up <= 9 && floor(var.made_up) == var.made_up',
    ],
    [
      'a list',
      z.array(z.string().regex(/^[${]$/)).min(1),
      'length(var.made_up) >= 1 && alltrue([for item in var.made_up : can(regex("^[$${]$", item))])',
    ],
  ])('has a validation for %s', (_, schema, condition) => {
    expect(variableOf(schema).validation).toEqual([
      { condition: `\${${condition}}`, error_message: expect.stringContaining('is not valid: expected') },
    ]);
  });

  it('can be null if the setting is optional, and is then not validated', () => {
    const { nullable, default: value, validation } = variableOf(z.string().regex(/^a$/).optional());
    expect([nullable, value]).toEqual([true, null]);
    expect(validation).toMatchObject([
      { condition: '${var.made_up == null ? true : can(regex("^a$", var.made_up))}' },
    ]);
  });

  it.each<[type: string, z.ZodType]>([
    ['bool', z.boolean().default(true)],
    ['map(string)', z.record(z.string(), z.string()).default({})],
    ['string', z.string().default('a')],
  ])('has no validation if its type is sufficient: %s', (type, schema) => {
    const variable = variableOf(schema);
    expect(variable).toMatchObject({ type, nullable: false });
    expect(variable).not.toHaveProperty('validation');
  });
});
