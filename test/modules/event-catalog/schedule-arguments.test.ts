import { TerraformOutput, TerraformVariable } from 'cdktf';
import fc from 'fast-check';
import { dailyAfter, statementInput } from '../../../modules/event-catalog/schedule-arguments';
import { synthesizeWith } from '../synthesize';

const run = { workgroup: 'events', database: 'mail' };

/** Reads a text as Terraform does: `$${` and `%%{` are a literal `${` and `%{`. */
const evaluated = (text: string) => text.replaceAll('$${', '${').replaceAll('%%{', '%{');

describe('the input of a schedule', () => {
  it('is a request to Athena', () => {
    expect(JSON.parse(statementInput({ ...run, sql: 'VACUUM event_archive' }))).toEqual({
      QueryString: 'VACUUM event_archive',
      WorkGroup: 'events',
      QueryExecutionContext: { Catalog: 'AwsDataCatalog', Database: 'mail' },
    });
  });

  it('contains every statement unchanged, whatever its characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (part) => {
        const sql = `SELECT '${part} $\{x} %{if} <&> "\\ \n'`;
        expect(JSON.parse(evaluated(statementInput({ ...run, sql }))).QueryString).toBe(sql);
      }),
    );
  });

  it('is refused if it is longer than EventBridge Scheduler accepts', () => {
    const sql = (length: number) => `SELECT '${'a'.repeat(length)}'`;
    expect(() => statementInput({ ...run, sql: sql(250_000) })).not.toThrow();
    expect(() => statementInput({ ...run, sql: sql(260_000) })).toThrow(
      /^the input of a schedule has 26\d{4} bytes, but EventBridge Scheduler accepts 262144, .* begins with "SELECT 'aaa/,
    );
  });
});

describe('the time of a schedule', () => {
  it.each([
    ['02:00', 0, 'cron(0 2 * * ? *)'],
    ['02:05', 90, 'cron(35 3 * * ? *)'],
    ['23:50', 10, 'cron(0 0 * * ? *)'],
    ['23:59', 1440, 'cron(59 23 * * ? *)'],
    ['00:00', 59, 'cron(59 0 * * ? *)'],
  ])('is every day after %s by %d minutes: %s', (time, minutes, expected) => {
    expect(dailyAfter(time, minutes)).toBe(expected);
  });

  it('is computed by Terraform if only Terraform knows the time', () => {
    const { output } = synthesizeWith((scope) => {
      const time = new TerraformVariable(scope, 'time', {}).stringValue;
      new TerraformOutput(scope, 'cron', { value: dailyAfter(time, 90) });
    });
    expect(output.cron?.value).toBe(
      'cron(${formatdate("m h", timeadd(join("", ["2000-01-01T", var.time, ":00Z"]), "90m"))} * * ? *)',
    );
  });
});
