import { Fn, Token } from 'cdktf';
import { inExpression } from '../cdktf/condition';
import { terraformJson } from './terraform-json';

/**
 * Limit of EventBridge Scheduler for the input of a target, in bytes. Athena's limit for a statement is the same.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/scheduler-quotas.html
 */
const longestInput = 262_144;

/** Bytes that values of Terraform can add to the input: names, the location and numbers. */
const reserved = 4096;

/** A statement, and where Athena runs it. Every text may be a CDKTF token or contain one. */
interface StatementRun {
  sql: string;
  workgroup: string;
  database: string;
}

/**
 * Returns the request of a schedule to Athena, as JSON. In a token for Terraform, no value contains a character that JSON
 * escapes.
 *
 * It has no `ClientRequestToken`: Scheduler sends the request with an SDK, which creates one for each run.
 * @throws {Error} when the input is longer than the limit of EventBridge Scheduler
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_StartQueryExecution.html
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 */
function statementInput({ sql, workgroup, database }: StatementRun): string {
  const input = terraformJson({
    QueryExecutionContext: { Catalog: 'AwsDataCatalog', Database: database },
    // Terraform would evaluate other expressions than tokens.
    QueryString: sql.replace(/([$%])(?=\{(?!TfToken\[))/g, '$1$1'),
    WorkGroup: workgroup,
  });
  const bytes = Buffer.byteLength(input);
  if (bytes > longestInput - reserved)
    throw new Error(
      `the input of a schedule has ${bytes} bytes, but EventBridge Scheduler accepts ${longestInput}, of which ${reserved} are for values of Terraform: shorten the statement that begins with ${JSON.stringify(sql.slice(0, 60))}`,
    );
  return input;
}

/**
 * Returns the expression of a schedule that runs each day, some minutes after a time of day in UTC.
 * @param time as HH:MM; it may be a CDKTF token
 * @example dailyAfter('23:50', 20) // 'cron(10 0 * * ? *)'
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
 */
function dailyAfter(time: string, minutes: number): string {
  if (Token.isUnresolved(time)) {
    const at = Fn.timeadd(inExpression(`2000-01-01T${time}:00Z`), `${minutes}m`);
    return `cron(${Fn.formatdate('m h', at)} * * ? *)`;
  }
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const total = hour * 60 + minute + minutes;
  return `cron(${total % 60} ${Math.floor(total / 60) % 24} * * ? *)`;
}

export { dailyAfter, statementInput };
