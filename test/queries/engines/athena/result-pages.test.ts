import { athenaValue } from '../../../../consumer/queries/engines/athena/result-pages';
import type { PlainValue } from '../../../../consumer/queries/engines/plain-value';

describe('a value of Athena is converted', () => {
  it.each<[type: string, text: string | undefined, value: PlainValue]>([
    ['varchar', undefined, null],
    ['bigint', undefined, null],
    ['array', undefined, null],
    ['varchar', '', ''],
    ['varchar', 'null', 'null'],
    ['varchar', '12', '12'],
    ['char', 'a ', 'a '],
    ['json', '{"a":1}', '{"a":1}'],
    ['tinyint', '-1', -1],
    ['smallint', '300', 300],
    ['integer', '0', 0],
    ['bigint', '9007199254740991', 9007199254740991],
    ['bigint', '9007199254740993', '9007199254740993'],
    ['bigint', '-9223372036854775808', '-9223372036854775808'],
    ['double', '0.25', 0.25],
    ['double', '1.0E-4', 0.0001],
    ['double', 'Infinity', Number.POSITIVE_INFINITY],
    ['double', 'NaN', Number.NaN],
    ['float', '0.5', 0.5],
    ['decimal', '12.50', 12.5],
    ['boolean', 'true', true],
    ['boolean', 'false', false],
    ['date', '2026-08-04', '2026-08-04'],
    ['timestamp', '2026-08-04 07:00:01.250', new Date('2026-08-04T07:00:01.250Z')],
    ['timestamp', '2026-08-04 07:00:01', new Date('2026-08-04T07:00:01Z')],
    ['timestamp', '2026-08-04 07:00:01.123456', new Date('2026-08-04T07:00:01.123Z')],
    ['timestamp', 'yesterday', 'yesterday'],
    ['timestamp with time zone', '2026-08-04 07:00:01.250 UTC', new Date('2026-08-04T07:00:01.250Z')],
    ['timestamp with time zone', '2026-08-04 07:00:01.250 +02:00', new Date('2026-08-04T05:00:01.250Z')],
    ['timestamp with time zone', '2026-08-04 07:00:01 Europe/Oslo', '2026-08-04 07:00:01 Europe/Oslo'],
    ['array', '[]', []],
    ['array', '[ana@example.com]', ['ana@example.com']],
    ['array', '[a, b,c]', ['a', 'b,c']],
    ['array', 'a', 'a'],
    ['varbinary', '53 45 53', 'U0VT'],
    ['row', '{a=1, b=2}', '{a=1, b=2}'],
    ['map', '{a=1}', '{a=1}'],
  ])('of type %s: %j', (type, text, value) => {
    expect(athenaValue(text, type)).toEqual(value);
  });
});
