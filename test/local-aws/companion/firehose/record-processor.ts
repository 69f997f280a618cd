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

/** A record that Firehose received. */
interface TakenRecord extends BufferedRecord {
  /** Whether it fails, whatever the result of a function. */
  isUnprocessable: boolean;
}

/** The result: records for the data prefix, and documents for the error prefix. */
interface ProcessedRecords {
  data: BufferedRecord[];
  failed: BufferedRecord[];
}

/** Runs the processors of a stream, in the order of AWS: a Lambda function, then the delimiter. */
class RecordProcessor {
  constructor(
    private readonly permissions: RolePermissions,
    private readonly functions: TransformationFunctions,
  ) {}

  /** @throws {Error} when the function of the stream is unknown */
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
      throw new Error(
        `the function ${functionArn} of the stream ${stream.name} is unknown: add it to the option functions`,
      );
    }
    return transform(call, stream, records, retries);
  }
}

export { RecordProcessor, type TakenRecord };
