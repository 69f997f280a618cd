import { Fn, type IResolvable, Token } from 'cdktf';
import { type Condition, inExpression } from '../cdktf/condition';
import type { PolicyDocument } from '../policies/policy-documents';
import type { Rule } from './rule';

/** Whether a text is a JSON object; Terraform checks a text that only it knows. */
function isJsonObject(text: string): boolean {
  if (Token.isUnresolved(text)) return true;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Joins JSON texts that only Terraform knows to a list. */
const asList = (statements: readonly string[]) => Fn.join('', ['[', Fn.join(',', [...statements]), ']']);

/** Creates the rule for a list of statements, each a JSON object. */
function statementsAreJson<Name extends string>(setting: Name): Rule<Record<Name, readonly string[]>> {
  return {
    setting,
    message:
      'contains a text that is not a JSON object: write each statement with jsonencode or JSON.stringify',
    holds: (config): Condition => {
      const statements = config[setting];
      if (!Token.isUnresolved(statements)) return statements.every(isJsonObject);
      // Fn types its boolean functions by their result.
      return Fn.can(Fn.jsondecode(asList(statements))) as IResolvable;
    },
  };
}

/** Prepares all texts of a value for an expression. */
function textsInExpression(value: unknown): unknown {
  if (typeof value === 'string') return inExpression(value);
  if (Array.isArray(value)) return value.map(textsInExpression);
  if (typeof value !== 'object' || value === null || Token.isUnresolved(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, textsInExpression(item)]));
}

/** Encodes a policy with statements of the user after its own. */
function withStatements({ Version, Statement }: PolicyDocument, statements: readonly string[]): string {
  if (!Token.isUnresolved(statements)) {
    // The rule above has checked the texts.
    const added = statements.map((text) =>
      Token.isUnresolved(text) ? Fn.jsondecode(text) : JSON.parse(text),
    );
    return Fn.jsonencode({ Version, Statement: [...Statement, ...added] });
  }
  return Fn.jsonencode({
    Version,
    Statement: Fn.concat([Statement.map(textsInExpression), Fn.jsondecode(asList(statements))]),
  });
}

export { statementsAreJson, withStatements };
