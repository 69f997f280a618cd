import type { BufferedRecord } from './record-buffer';
import type { RolePermissions } from './role-permissions';
import type { StreamConfiguration } from './stream-configuration';
import {
  failedRecord,
  failures,
  type TransformationFunctions,
  type Transformed,
  transform,
} from './transformation';

/** A record that Firehose has taken. */
interface TakenRecord extends BufferedRecord {
  /** Whether it is to fail, whatever a function makes of it. */
  isUnprocessable: boolean;
}

/** What comes out: records for the data's prefix, and documents for the error prefix. */
interface ProcessedRecords {
  data: BufferedRecord[];
  failed: BufferedRecord[];
}

/** Does to records what a stream's processors do, in AWS's order: a Lambda function, then the delimiter. */
class RecordProcessor {
  constructor(
    private readonly permissions: RolePermissions,
    private readonly functions: TransformationFunctions,
  ) {}

  /** @throws {Error} when the stream's function is not among those that are known */
  async process(
    stream: StreamConfiguration,
    records: readonly TakenRecord[],
    now: () => Date,
  ): Promise<ProcessedRecords> {
    const { functionArn, retries, delimiter } = stream.processing;
    const transformed = await this.transform(stream, records);
    const processed: ProcessedRecords = { data: [], failed: [] };
    for (const [index, record] of records.entries()) {
      const result = record.isUnprocessable ? { failure: failures.functionError } : transformed[index];
      if (result === undefined) continue;
      if ('failure' in result) {
        const bytes = failedRecord(record, result.failure, { functionArn, retries, now: now() });
        processed.failed.push({ ...record, bytes });
      } else {
        const { length } = delimiter;
        const bytes = length === 0 ? result.bytes : Buffer.concat([result.bytes, delimiter]);
        processed.data.push({ ...record, bytes });
      }
    }
    return processed;
  }

  private async transform(
    stream: StreamConfiguration,
    records: readonly BufferedRecord[],
  ): Promise<Transformed[]> {
    const { functionArn, retries } = stream.processing;
    if (functionArn === undefined) return [...records];
    const request = { action: 'lambda:InvokeFunction', resource: functionArn };
    if (!(await this.permissions.allow(stream.data.roleArn, request))) {
      return records.map(() => ({ failure: failures.accessDenied }));
    }
    const call = this.functions[functionArn];
    if (call === undefined) {
      throw new Error(`the function ${functionArn} of the stream ${stream.name} is not known; give it`);
    }
    return transform(call, stream, records, retries);
  }
}

export { RecordProcessor, type TakenRecord };
