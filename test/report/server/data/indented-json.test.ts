import fc from 'fast-check';
import { indentedJson } from '../../../../consumer/report/server/data/indented-json';
import { redactedText } from '../../../../consumer/texts/redacted-text';

describe('indentedJson', () => {
  it('writes a line for each value', () => {
    const json = '{"a":[1,{"b":"x, {y}: \\"z\\""}],"c":{},"d":[]}';
    expect(indentedJson(json)).toBe(JSON.stringify(JSON.parse(json), undefined, 2));
  });

  it('keeps the values as they are written', () => {
    expect(indentedJson('{ "size" :12345678901234567890, "share":1.50e1}')).toBe(
      '{\n  "size": 12345678901234567890,\n  "share": 1.50e1\n}',
    );
  });

  it('equals the form of JSON.stringify for any value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        const json = JSON.stringify(value);
        expect(indentedJson(json)).toBe(JSON.stringify(JSON.parse(json), undefined, 2));
      }),
    );
  });

  it('changes the texts of strings, and remains JSON', () => {
    const json = JSON.stringify({ to: ['"ana lopez"@example.com', 'b\\@example.com'], size: 1 });
    expect(JSON.parse(indentedJson(json, redactedText))).toEqual({
      to: ['***@example.com', 'b\\@example.com'],
      size: 1,
    });
  });

  it.each(['[', '"', '\\', ',', '{"a":', '1'])('takes linear time for repeated %j', (part) => {
    const started = performance.now();
    indentedJson(part.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
