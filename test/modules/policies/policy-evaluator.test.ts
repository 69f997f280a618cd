import fc from 'fast-check';
import { matchesArn, matchesPattern } from '../../../modules/policies/pattern';
import type { PolicyStatement } from '../../../modules/policies/policy-documents';
import {
  evaluate,
  type GivenPolicyDocument,
  type GivenStatement,
  isAllowed,
  PolicyEvaluationError,
  type PolicyRequest,
} from '../../../modules/policies/policy-evaluator';
import { runs } from '../../property-runs';

const stream = 'arn:aws:firehose:eu-west-1:111122223333:deliverystream/events';
const request: PolicyRequest = { action: 'firehose:PutRecordBatch', resource: stream };

const document = (...statements: readonly GivenStatement[]): GivenPolicyDocument => ({
  Version: '2012-10-17',
  Statement: statements,
});

/** A statement that allows everything, with some elements replaced. */
const allow = (given: Partial<GivenStatement> = {}): GivenStatement => ({
  Effect: 'Allow',
  Action: '*',
  Resource: '*',
  ...given,
});

const deny = (given: Partial<GivenStatement> = {}): GivenStatement => ({ ...allow(given), Effect: 'Deny' });

/** Whether an allowing statement with these elements applies to the request. */
const applies = (given: Partial<GivenStatement>, asked: Partial<PolicyRequest> = {}) =>
  isAllowed([document(allow(given))], { ...request, ...asked });

describe('the decision', () => {
  it('is an implicit deny without statements', () => {
    expect(evaluate([], request)).toEqual({ decision: 'implicit-deny', statements: [] });
    expect(evaluate([document()], request)).toEqual({ decision: 'implicit-deny', statements: [] });
  });

  it('is allowed by every statement that allows', () => {
    const [one, other] = [allow({ Sid: 'One' }), allow({ Sid: 'Other', Action: 'firehose:*' })];
    const statements = [one, allow({ Action: 's3:*' }), other];
    expect(evaluate([document(...statements)], request)).toEqual({
      decision: 'allowed',
      statements: [one, other],
    });
  });

  it('is an explicit deny by the statements that deny, even if others allow', () => {
    const denying = deny({ Action: 'firehose:Put*' });
    expect(evaluate([document(allow(), denying), document(allow())], request)).toEqual({
      decision: 'explicit-deny',
      statements: [denying],
    });
  });

  it('is not changed by a deny for another action', () => {
    expect(isAllowed([document(allow(), deny({ Action: 'firehose:Delete*' }))], request)).toBe(true);
  });

  it('combines documents', () => {
    expect(isAllowed([document(), document(allow())], request)).toBe(true);
  });
});

describe('an Action', () => {
  it.each([
    ['firehose:PutRecordBatch', true],
    ['FIREHOSE:putrecordbatch', true],
    ['firehose:PutRecord', false],
    ['firehose:PutRecord*', true],
    ['firehose:*', true],
    ['*', true],
    ['*:PutRecordBatch', true],
    ['firehose:PutRecordBatc?', true],
    ['firehose:PutRecordBatch?', false],
    ['s3:*', false],
    ['firehose.PutRecordBatch', false],
    ['', false],
  ])('%j matches firehose:PutRecordBatch: %s', (action, expected) => {
    expect(applies({ Action: action })).toBe(expected);
    expect(applies({ Action: ['s3:GetObject', action] })).toBe(expected);
  });
});

describe('a Resource', () => {
  it.each([
    [stream, true],
    [`${stream}2`, false],
    ['*', true],
    ['arn:aws:firehose:*', true],
    ['arn:aws:firehose:*:*:deliverystream/*', true],
    ['arn:aws:firehose:eu-west-?:111122223333:deliverystream/events', true],
    ['arn:aws:firehose:eu-west-1:111122223333:deliverystream/EVENTS', false],
    ['arn:aws:firehose:eu-west-2:*', false],
    ['arn:aws-cn:firehose:*', false],
  ])('%s matches the stream: %s', (resource, expected) => {
    expect(applies({ Resource: resource })).toBe(expected);
    expect(applies({ Resource: ['arn:aws:s3:::archive', resource] })).toBe(expected);
  });

  it('is not required in a trust policy', () => {
    const trust: GivenStatement = { Effect: 'Allow', Action: 'sts:AssumeRole' };
    expect(isAllowed([document(trust)], { action: 'sts:AssumeRole' })).toBe(true);
  });

  it('matches only as * if the action has no resource', () => {
    const asked: PolicyRequest = { action: 'iam:ListRoles' };
    expect(isAllowed([document(allow())], asked)).toBe(true);
    expect(isAllowed([document(allow({ Resource: 'arn:aws:iam::111122223333:role/*' }))], asked)).toBe(false);
  });
});

describe('a Principal', () => {
  const role = 'arn:aws:iam::111122223333:role/ses';
  const root = 'arn:aws:iam::111122223333:root';

  it.each<
    [
      principal: NonNullable<GivenStatement['Principal']>,
      asking: PolicyRequest['principal'],
      expected: boolean,
    ]
  >([
    ['*', undefined, true],
    ['*', { Service: 's3.amazonaws.com' }, true],
    ['*', { AWS: role }, true],
    [{ AWS: '*' }, undefined, true],
    [{ AWS: '*' }, { AWS: role }, true],
    [{ Service: 's3.amazonaws.com' }, { Service: 's3.amazonaws.com' }, true],
    [{ Service: ['s3.amazonaws.com', 'ses.amazonaws.com'] }, { Service: 'ses.amazonaws.com' }, true],
    [{ Service: 's3.amazonaws.com' }, { Service: 'ses.amazonaws.com' }, false],
    [{ Service: 's3.amazonaws.com' }, { AWS: role }, false],
    [{ Service: 's3.amazonaws.com' }, undefined, false],
    [{ AWS: role, Service: 's3.amazonaws.com' }, { Service: 's3.amazonaws.com' }, true],
    [{ AWS: role }, { AWS: role }, true],
    [{ AWS: role }, { AWS: `${role}2` }, false],
    [{ AWS: role }, { AWS: root }, false],
    [{ AWS: role }, { Service: role }, false],
    [{ AWS: root }, { AWS: role }, true],
    [{ AWS: root }, { AWS: root }, true],
    [{ AWS: root }, { AWS: '111122223333' }, true],
    [{ AWS: root }, { AWS: 'arn:aws:iam::444455556666:role/ses' }, false],
    [{ AWS: root }, { AWS: 'arn:aws-cn:iam::111122223333:role/ses' }, false],
    [{ AWS: root }, { Service: 's3.amazonaws.com' }, false],
    [{ AWS: '111122223333' }, { AWS: role }, true],
    [{ AWS: '111122223333' }, { AWS: root }, true],
    [{ AWS: ['444455556666', '111122223333'] }, { AWS: 'arn:aws-cn:iam::111122223333:user/a' }, true],
    [{ AWS: '111122223333' }, { AWS: '111122223334' }, false],
    [{ Federated: 'cognito-identity.amazonaws.com' }, { Service: 'cognito-identity.amazonaws.com' }, false],
  ])('%j covers %j: %s', (principal, asking, expected) => {
    expect(applies({ Principal: principal }, { principal: asking })).toBe(expected);
  });

  it('covers every caller if it is missing, as in identity policies', () => {
    for (const principal of [undefined, { AWS: role }, { Service: 'ses.amazonaws.com' }]) {
      expect(isAllowed([document(allow())], { ...request, principal })).toBe(true);
    }
  });
});

describe('a condition operator', () => {
  const set = 'arn:aws:ses:eu-west-1:111122223333:configuration-set/news';

  /** The operator, the values in the policy and in the request, and whether the condition is met. */
  type Row = [operator: string, wanted: string | string[], found: string | boolean | string[], met: boolean];

  it.each<Row>([
    ['StringEquals', 'a', 'a', true],
    ['StringEquals', 'a', 'A', false],
    ['StringEquals', ['a', 'b'], 'b', true],
    ['StringEquals', 'a*', 'ab', false],
    ['StringEquals', 'a*', 'a*', true],
    ['StringEquals', 'a', ['a'], true],
    ['StringNotEquals', 'a', 'b', true],
    ['StringNotEquals', 'a', 'a', false],
    ['StringNotEquals', ['a', 'b'], 'b', false],
    ['StringEqualsIgnoreCase', 'aB', 'Ab', true],
    ['StringEqualsIgnoreCase', 'a', 'b', false],
    ['StringNotEqualsIgnoreCase', 'aB', 'Ab', false],
    ['StringNotEqualsIgnoreCase', 'a', 'b', true],
    ['StringLike', 'a*', 'a:b/c', true],
    ['StringLike', 'a?', 'ab', true],
    ['StringLike', 'a?', 'a', false],
    ['StringLike', 'a*', 'Ab', false],
    ['StringNotLike', 'a*', 'ab', false],
    ['StringNotLike', ['a*', 'b*'], 'c', true],
    ['ArnEquals', set, set, true],
    ['ArnEquals', 'arn:aws:ses:*:111122223333:configuration-set/*', set, true],
    ['ArnLike', 'arn:aws:ses:*:111122223333:configuration-set/*', set, true],
    ['ArnLike', 'arn:aws:ses:eu-west-1:111122223333:*', set, true],
    ['ArnLike', 'arn:aws:ses:eu-west-1:*:*', set, true],
    ['ArnLike', 'arn:aws:ses:*:*:configuration-set/other', set, false],
    ['ArnLike', 'arn:*:*:configuration-set/news:*:*', set, false], // a * matches within one part
    ['ArnLike', 'arn:aws:logs:*:*:log-group:*', 'arn:aws:logs:eu-west-1:1:log-group:a:log-stream:b', true],
    ['ArnLike', set, 'news', false],
    ['ArnNotLike', 'arn:aws:ses:*:*:configuration-set/other', set, true],
    ['ArnNotLike', 'arn:aws:ses:*:*:*', set, false],
    ['ArnNotEquals', set, set, false],
    ['Bool', 'false', false, true],
    ['Bool', 'false', 'False', true],
    ['Bool', 'false', true, false],
    ['Bool', 'true', 'true', true],
    ['Null', 'true', 'a', false],
    ['Null', 'false', 'a', true],
    ['Null', 'true', [], true],
    ['StringEqualsIfExists', 'a', 'a', true],
    ['StringEqualsIfExists', 'a', 'b', false],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['b', 'c'], true],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'd'], false],
    ['ForAnyValue:StringEquals', 'a', [], false],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'c'], true],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'b'], false],
    ['ForAnyValue:StringLike', 'a*', 'ab', true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
    ['ForAllValues:StringEquals', 'a', [], true],
    ['ForAllValues:StringEquals', 'a', '', true],
    ['ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'd'], true],
    ['ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'a'], false],
    ['ForAllValues:ArnLike', 'arn:aws:ses:*:*:*', [set, 'arn:aws:s3:::archive'], false],
  ])('%s %j of %j: %s', (operator, wanted, found, met) => {
    const condition = { [operator]: { 'aws:Key': wanted } };
    expect(applies({ Condition: condition }, { context: { 'AWS:key': found } })).toBe(met);
  });

  it.each([
    ['StringEquals', false],
    ['StringLike', false],
    ['StringEqualsIgnoreCase', false],
    ['ArnEquals', false],
    ['ArnLike', false],
    ['Bool', false],
    ['ForAnyValue:StringEquals', false],
    ['ForAnyValue:StringNotEquals', false],
    ['StringNotEquals', true],
    ['StringNotLike', true],
    ['StringNotEqualsIgnoreCase', true],
    ['ArnNotEquals', true],
    ['ArnNotLike', true],
    ['ForAllValues:StringEquals', true],
    ['ForAllValues:StringNotEquals', true],
    ['StringEqualsIfExists', true],
    ['StringNotEqualsIfExists', true],
    ['ArnLikeIfExists', true],
    ['BoolIfExists', true],
    ['ForAnyValue:StringEqualsIfExists', true],
    ['ForAllValues:StringEqualsIfExists', true],
  ])('%s is met when the request lacks the key: %s', (operator, met) => {
    expect(applies({ Condition: { [operator]: { 'aws:Key': 'true' } } })).toBe(met);
    expect(
      applies({ Condition: { [operator]: { 'aws:Key': 'true' } } }, { context: { other: 'true' } }),
    ).toBe(met);
  });

  it.each([
    ['true', true],
    ['false', false],
    ['True', true],
  ])('Null %s is met when the request lacks the key: %s', (wanted, met) => {
    expect(applies({ Condition: { Null: { 'aws:Key': wanted } } })).toBe(met);
  });

  it('treats booleans and numbers as strings, as AWS does', () => {
    const condition = { Bool: { a: false }, StringEquals: { b: 1 } };
    expect(applies({ Condition: condition }, { context: { a: 'false', b: '1' } })).toBe(true);
  });
});

describe('conditions', () => {
  const context = { a: '1', b: '2' };

  it.each([
    ['two keys of an operator, both met', { StringEquals: { a: '1', b: '2' } }, true],
    ['two keys of an operator, one met', { StringEquals: { a: '1', b: '3' } }, false],
    ['two operators, both met', { StringEquals: { a: '1' }, StringLike: { b: '*' } }, true],
    ['two operators, one met', { StringEquals: { a: '2' }, StringLike: { b: '*' } }, false],
    ['none', {}, true],
  ])('must all be met: %s', (_, condition, met) => {
    expect(applies({ Condition: condition }, { context })).toBe(met);
  });
});

describe('a document in another form', () => {
  it('can have a single statement', () => {
    expect(isAllowed([{ Statement: allow() }], request)).toBe(true);
  });

  it('can have the version of 2008, or none', () => {
    expect(isAllowed([{ Version: '2008-10-17', Statement: [allow()] }], request)).toBe(true);
  });
});

describe('the evaluator rejects', () => {
  const rejected: [what: string, given: Record<string, unknown>, message: string][] = [
    ['NotAction', { NotAction: 's3:*' }, 'NotAction of the statement "S" is not supported'],
    ['NotResource', { NotResource: '*' }, 'NotResource of the statement "S" is not supported'],
    ['NotPrincipal', { NotPrincipal: '*' }, 'NotPrincipal of the statement "S" is not supported'],
    ['a misspelt element', { Conditions: {} }, 'Conditions of the statement "S" is not supported'],
    [
      'an unknown effect',
      { Effect: 'allow' },
      'the Effect "allow" of the statement "S" is neither Allow nor Deny',
    ],
    ['no action', { Action: undefined }, 'the statement "S" has no Action'],
    ['a policy variable in a resource', { Resource: `${stream}/\${aws:username}` }, 'the policy variable in'],
    [
      'a policy variable in a condition',
      { Condition: { StringEquals: { a: '$' + '{aws:username}' } } },
      'the policy variable in',
    ],
    [
      'an unresolved token',
      { Resource: `$${'{TfToken[TOKEN.3]}'}` },
      'TfToken[TOKEN.3]}" is not supported: use its value',
    ],
    [
      'dates',
      { Condition: { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } } },
      'the condition operator "DateGreaterThan" of aws:CurrentTime is not supported. Supported are StringEquals,',
    ],
    ['addresses', { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }, '"IpAddress"'],
    ['numbers', { Condition: { NumericEquals: { a: '1' } } }, '"NumericEquals"'],
    ['a misspelt operator', { Condition: { stringEquals: { a: '1' } } }, '"stringEquals"'],
    ['Null with a set operator', { Condition: { 'ForAnyValue:Null': { a: 'true' } } }, '"ForAnyValue:Null"'],
    ['NullIfExists', { Condition: { NullIfExists: { a: 'true' } } }, '"NullIfExists"'],
    [
      'an unknown operator in addition to an unmet one',
      { Condition: { Bool: { a: 'true' }, Date: { a: '1' } } },
      '"Date"',
    ],
    ['an incomplete ARN', { Condition: { ArnLike: { a: 'arn:aws:ses:*' } } }, 'fewer than six parts'],
    [
      'several values for a single-valued operator',
      { Condition: { StringEquals: { many: 'a' } } },
      'many has 2 values in the request',
    ],
    [
      'a wildcard in a principal',
      { Principal: { AWS: 'arn:aws:iam::111122223333:role/*' } },
      'has a wildcard',
    ],
    ['a wildcard for services', { Principal: { Service: '*' } }, 'has a wildcard'],
    ['a principal as a string', { Principal: '111122223333' }, 'the only supported string is "*"'],
    ['a canonical user', { Principal: { CanonicalUser: 'abc' } }, 'principals of the type CanonicalUser'],
  ];

  it.each(rejected)('%s', (_, given, message) => {
    // Rejected elements are not in the type.
    const statement = { ...allow({ Sid: 'S' }), ...given } as GivenStatement;
    const asked = { ...request, context: { a: 'arn:aws:s3:::archive', many: ['a', 'b'] } };
    const evaluating = () => evaluate([document(statement)], asked);
    expect(evaluating).toThrow(PolicyEvaluationError);
    expect(evaluating).toThrow(message);
  });

  it('a role session', () => {
    const asking = { AWS: 'arn:aws:sts::111122223333:assumed-role/ses/session' };
    expect(() => applies({ Principal: { AWS: '111122223333' } }, { principal: asking })).toThrow(
      'is a role session: use the role',
    );
  });

  it('no conditions of a statement for another action or resource', () => {
    const dated = { Condition: { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } } };
    expect(isAllowed([document(allow(), deny({ ...dated, Action: 's3:*' }))], request)).toBe(true);
    expect(isAllowed([document(allow(), deny({ ...dated, Resource: 'arn:aws:s3:::a' }))], request)).toBe(
      true,
    );
  });
});

describe('a pattern', () => {
  /** Texts with many special characters of patterns and regular expressions. */
  const text = fc.string({ unit: fc.constantFrom(...'ab:/*?.[](){}^$|+-\\é\n', '😀') });
  const arn = fc.array(fc.string({ unit: fc.constantFrom(...'ab/-*.') }), { minLength: 6, maxLength: 8 });

  it('matches itself, and as * everything', () => {
    fc.assert(
      fc.property(text, (own) => {
        expect(matchesPattern(own, own)).toBe(true);
        expect(matchesPattern('*', own)).toBe(true);
        expect(matchesPattern(own.replaceAll(/[*?]/g, 'x'), own.replaceAll(/[*?]/g, 'x'))).toBe(true);
      }),
    );
  });

  it('matches only itself without wildcards', () => {
    const plain = text.filter((value) => !/[*?]/.test(value));
    fc.assert(
      fc.property(plain, text, (own, other) => {
        expect(matchesPattern(own, other)).toBe(own === other);
      }),
    );
  });

  it('matches any text for * and any character for ?', () => {
    const one = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 1 })
      .filter((a) => [...a].length === 1);
    fc.assert(
      fc.property(text, text, text, one, (before, middle, after, letter) => {
        expect(matchesPattern(`${before}*${after}`, `${before}${middle}${after}`)).toBe(true);
        expect(matchesPattern(`${before}?${after}`, `${before}${letter}${after}`)).toBe(true);
      }),
    );
  });

  it('is equivalent to the regular expression', () => {
    const short = (units: string) => fc.string({ unit: fc.constantFrom(...units), maxLength: 8 });
    fc.assert(
      fc.property(short('ab*?'), short('ab'), (pattern, found) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
        expect(matchesPattern(pattern, found)).toBe(expression.test(found));
      }),
      { numRuns: runs(2000) },
    );
  });

  it('is fast with many wildcards', () => {
    expect(matchesPattern(`${'a*'.repeat(500)}b`, 'a'.repeat(5000))).toBe(false);
    expect(matchesPattern(`${'?*'.repeat(500)}b`, `${'a'.repeat(5000)}b`)).toBe(true);
  });

  it('of an ARN matches part by part', () => {
    fc.assert(
      fc.property(arn, fc.nat({ max: 5 }), (parts, index) => {
        expect(matchesArn(parts.join(':'), parts.join(':'))).toBe(true);
        expect(matchesArn(parts.with(index, '*').join(':'), parts.join(':'))).toBe(true);
        expect(matchesArn(parts.join(':'), parts.with(Math.min(index, 4), 'c').join(':'))).toBe(
          matchesPattern(parts[Math.min(index, 4)] ?? '', 'c'),
        );
      }),
    );
  });
});

describe('for any statements', () => {
  const statement = fc.record({
    Effect: fc.constantFrom('Allow' as const, 'Deny' as const),
    Action: fc.constantFrom('*', 'firehose:*', 'firehose:Put*', 's3:*'),
    Resource: fc.constantFrom('*', stream, 'arn:aws:s3:::archive'),
    Condition: fc.constantFrom({}, { StringEquals: { a: '1' } }, { StringNotEquals: { a: '1' } }),
  });
  const statements = fc.array<PolicyStatement>(statement, { maxLength: 6 });
  const asked: PolicyRequest = { ...request, context: { a: '1' } };
  const decide = (...given: readonly PolicyStatement[]) => evaluate([document(...given)], asked).decision;

  it('their order does not change the decision', () => {
    const shuffled = statements.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
    );
    fc.assert(
      fc.property(shuffled, ([given, other]) => {
        expect(decide(...other)).toBe(decide(...given));
      }),
    );
  });

  it('the number of documents does not change the decision', () => {
    fc.assert(
      fc.property(statements, statements, (one, other) => {
        const apart = evaluate([document(...one), document(...other)], asked);
        expect(apart).toEqual(evaluate([document(...one, ...other)], asked));
      }),
    );
  });

  it('another deny never allows, and another allow never overrides a deny', () => {
    fc.assert(
      fc.property(statements, statement, (given, more) => {
        const [before, after] = [decide(...given), decide(...given, more)];
        if (more.Effect === 'Deny' && before !== 'allowed') expect(after).not.toBe('allowed');
        if (before === 'explicit-deny') expect(after).toBe('explicit-deny');
        if (more.Effect === 'Allow' && before === 'allowed') expect(after).toBe('allowed');
      }),
    );
  });

  it('the returned statements decide on their own, and an implicit deny returns none', () => {
    fc.assert(
      fc.property(statements, (given) => {
        const { decision, statements: decided } = evaluate([document(...given)], asked);
        expect(decided.length > 0).toBe(decision !== 'implicit-deny');
        for (const one of decided) {
          expect(given).toContain(one);
          expect(evaluate([document(one)], asked).decision).toBe(decision);
        }
      }),
    );
  });
});
