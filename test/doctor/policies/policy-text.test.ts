import fc from 'fast-check';
import { parsePolicy } from '../../../consumer/doctor/policies/policy-text';
import { firehoseTrustPolicy } from '../../../modules/delivery-stream/delivery-policies';

const policy = firehoseTrustPolicy({ accountId: '111122223333' });

describe('a policy document', () => {
  it('is parsed percent-encoded, as IAM returns it, and plain', () => {
    for (const text of [JSON.stringify(policy), JSON.stringify(policy, null, 2)]) {
      expect(parsePolicy(text)).toEqual(policy);
      expect(parsePolicy(encodeURIComponent(text))).toEqual(policy);
    }
  });

  it('keeps unknown elements, which the evaluator rejects', () => {
    const statement = { Effect: 'Allow', NotAction: 's3:*', Resource: '*' };
    expect(parsePolicy(JSON.stringify({ Statement: statement }))).toEqual({ Statement: statement });
  });

  it.each(['', 'null', '[]', '{}', '{"Statement":1}', '{"Statement":[{"Effect":1}]}', '%', '{'])(
    'is rejected: %j',
    (text) => {
      expect(() => parsePolicy(text)).toThrow();
    },
  );

  it('is parsed with any content, encoded or not', () => {
    const text = fc.string({ minLength: 1 });
    const statement = fc.record({
      Sid: text,
      Effect: fc.constant('Allow'),
      Action: fc.array(text),
      Resource: text,
    });
    fc.assert(
      fc.property(fc.record({ Statement: fc.array(statement) }), (document) => {
        const json = JSON.stringify(document);
        expect(parsePolicy(json)).toEqual(document);
        expect(parsePolicy(encodeURIComponent(json))).toEqual(document);
      }),
    );
  });
});
