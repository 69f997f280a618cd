import { or } from '../cdktf/condition';
import { type BlockContent, blocks } from '../cdktf/optional-block';
import type { Configured } from '../settings/configure';
import type { deliveryStreamSettings } from './delivery-stream-settings';

type Settings = Configured<typeof deliveryStreamSettings.fields>;

/**
 * Creates the processing of records in the stream: a function, a newline after each record, or none.
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_Processor.html
 */
function processingBlocks({ processRecords, processorFunctionArn, appendDelimiter }: Settings): BlockContent {
  const processors = blocks(
    'processors',
    {
      condition: processRecords,
      content: {
        type: 'Lambda',
        parameters: { parameter_name: 'LambdaArn', parameter_value: processorFunctionArn },
      },
    },
    // Without parameters the delimiter is a newline; an explicit one is easily escaped twice by mistake.
    { condition: appendDelimiter, content: { type: 'AppendDelimiterToRecord' } },
  );
  return blocks('processing_configuration', {
    condition: or(processRecords, appendDelimiter),
    content: { enabled: true, ...processors },
  });
}

/**
 * Creates the conversion to Parquet.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/record-format-conversion.html
 */
function conversionBlocks(
  { parquetConversion, parquetDatabase, parquetTable }: Settings,
  roleArn: string,
): BlockContent {
  return blocks('data_format_conversion_configuration', {
    condition: parquetConversion,
    content: {
      enabled: true,
      input_format_configuration: { deserializer: { open_x_json_ser_de: {} } },
      output_format_configuration: { serializer: { parquet_ser_de: {} } },
      schema_configuration: {
        database_name: parquetDatabase,
        table_name: parquetTable,
        role_arn: roleArn,
      },
    },
  });
}

/**
 * Creates the backup of unchanged records, in addition to Parquet. AWS does not allow turning it off again.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/create-configure-backup.html
 */
function backupBlocks({ parquetConversion }: Settings, backup: BlockContent): BlockContent {
  return blocks('s3_backup_configuration', { condition: parquetConversion, content: backup });
}

export { backupBlocks, conversionBlocks, processingBlocks };
