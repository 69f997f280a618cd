import { scheduledStatements } from '../../consumer/queries/iceberg/scheduled-statements';
import { isAllowed } from '../../modules/policies/policy-evaluator';
import { account, configurations, key } from '../modules/configurations';
import { addresses, resourceAt, synthesizeStack } from '../modules/synthesize';
import { type AppliedResource, applyMocked, applyWithOutputs, stackFiles } from './applied';
import { viewDefinition } from './catalog';
import { describeWithTerraform } from './describe-with-terraform';
import { differences } from './differences';
import { callingModule } from './module-files';
import { bucketRefuses, deliveryRolePermits, sesMayAssume, sesRolePermits } from './permissions';

const otherAccount = '999999999999';

/** The address of a resource without the module, with the key of a for_each: `aws_s3_bucket.archive`. */
const identityOf = ({ type, name, index }: AppliedResource) =>
  typeof index === 'string' ? `${type}.${name}[${index}]` : `${type}.${name}`;

describeWithTerraform('the synthesized stack', () => {
  describe.each(Object.entries(configurations))('%s', (_, props) => {
    const stack = synthesizeStack(props);
    const { createSesRole, createStream, createDeliveryRole, createBucket, encryption } = props;
    const { name = 'email-events', streamName = name, trustMode } = props;
    const sets = [...(props.configurationSets ?? [name]), ...(props.existingConfigurationSets ?? [])];
    const streamArn =
      createStream === false
        ? `arn:aws:firehose:eu-west-1:${account}:deliverystream/${streamName}`
        : `arn:aws:firehose:eu-west-1:${account}:deliverystream/made-stream`;
    let applied: AppliedResource[] = [];
    let outputs: Record<string, unknown> = {};

    beforeAll(() => {
      ({ resources: applied, outputs } = applyWithOutputs(stackFiles(stack)));
    });

    it('is valid for Terraform and the provider, and creates every resource', () => {
      const made = new Set(applied.map(({ address }) => address.replace(/\[.*$/, '')));
      expect([...made].sort()).toEqual(addresses(stack));
    });

    it('has the same resources with the same arguments as the Terraform module', () => {
      const fromModule = applyMocked(callingModule({ email_events: props }));
      expect(fromModule.map(identityOf).sort()).toEqual(applied.map(identityOf).sort());
      const found = applied.flatMap((resource) => {
        const other = fromModule.find((each) => identityOf(each) === identityOf(resource));
        const written = resourceAt(stack, `${resource.type}.${resource.name}`);
        return differences(identityOf(resource), resource.values, other?.values, written);
      });
      expect(found).toEqual([]);
    });

    it('allows SES to assume the role for its account and sets only', () => {
      const isCreated = createSesRole !== false;
      for (const set of sets) {
        expect(sesMayAssume(applied, account, set)).toBe(isCreated);
        expect(sesMayAssume(applied, otherAccount, set)).toBe(false);
      }
      expect(sesMayAssume(applied, account, 'another')).toBe(isCreated && trustMode === 'external-id');
    });

    it('allows the role to put records into its stream only, and to use the key if there is one', () => {
      const isCreated = createSesRole !== false;
      expect(sesRolePermits(applied, 'firehose:PutRecordBatch', streamArn)).toBe(isCreated);
      expect(sesRolePermits(applied, 'firehose:DescribeDeliveryStream', streamArn)).toBe(isCreated);
      expect(sesRolePermits(applied, 'firehose:PutRecordBatch', `${streamArn}-2`)).toBe(false);
      expect(sesRolePermits(applied, 'firehose:DeleteDeliveryStream', streamArn)).toBe(false);
      const hasKey = isCreated && encryption !== undefined;
      expect(sesRolePermits(applied, 'kms:GenerateDataKey', key)).toBe(hasKey);
      expect(sesRolePermits(applied, 'kms:Decrypt', key)).toBe(hasKey);
      expect(sesRolePermits(applied, 'kms:CreateGrant', key)).toBe(false);
      expect(sesRolePermits(applied, 'kms:Decrypt', key, 's3')).toBe(false);
    });

    it('allows the stream to write to its bucket only', () => {
      const isCreated = createStream !== false && createDeliveryRole !== false;
      const bucket = createBucket === false ? props.bucketName : 'made-bucket';
      const { bucketAccountId: owner = account } = props;
      const may = (action: string, key: string, ofAccount = owner) =>
        deliveryRolePermits(applied, action, `arn:aws:s3:::${key}`, ofAccount);
      const mayPut = (key: string, ofAccount?: string) => may('s3:PutObject', key, ofAccount);
      for (const folder of ['events', 'errors']) {
        expect(mayPut(`${bucket}/${folder}/one`)).toBe(isCreated);
        expect(may('s3:PutObjectAcl', `${bucket}/${folder}/one`)).toBe(isCreated && owner !== account);
      }
      expect(mayPut(`${bucket}/parquet/one`)).toBe(isCreated && props.parquetConversion === true);
      expect(mayPut(`${bucket}/athena/one`)).toBe(false);
      expect(mayPut(`${bucket}/one`)).toBe(false);
      expect(mayPut(`${bucket}/events/one`, '444455556666')).toBe(false);
      expect(mayPut('another/events/one')).toBe(false);
      expect(may('s3:DeleteObject', `${bucket}/events/one`)).toBe(false);
    });

    it('prints the policies for a bucket in another account, and none for its own', () => {
      const { bucketAccountId, bucketKmsKeyArn, bucketName } = props;
      expect('central_bucket_policy_json' in outputs).toBe(bucketAccountId !== undefined);
      expect('central_bucket_key_policy_json' in outputs).toBe(bucketKmsKeyArn !== undefined);
      if (bucketAccountId === undefined || bucketKmsKeyArn === undefined) return;
      const role = applied.find(({ address }) => address === 'aws_iam_role.stream_delivery');
      const principal = { AWS: String(role?.values.arn) };
      const write = {
        ...{ principal, action: 's3:PutObjectAcl', resource: `arn:aws:s3:::${bucketName}/events/one` },
        context: { 'aws:SecureTransport': true },
      };
      const ofBucket = JSON.parse(String(outputs.central_bucket_policy_json));
      expect(isAllowed([ofBucket], write)).toBe(true);
      expect(isAllowed([ofBucket], { ...write, principal: { AWS: `${principal.AWS}-2` } })).toBe(false);
      const encrypt = {
        ...{ principal, action: 'kms:GenerateDataKey', resource: bucketKmsKeyArn },
        context: {
          'kms:ViaService': 's3.eu-central-1.amazonaws.com',
          'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::${bucketName}`,
        },
      };
      const ofKey = JSON.parse(String(outputs.central_bucket_key_policy_json));
      expect(isAllowed([ofKey], encrypt)).toBe(true);
      expect(isAllowed([ofKey], { ...encrypt, context: {} })).toBe(false);
    });

    it('denies requests without TLS to a created bucket', () => {
      expect(bucketRefuses(applied, false)).toBe(createBucket !== false);
      expect(bucketRefuses(applied, true)).toBe(false);
    });

    it('starts the statements of the archive each day only with archiveSchedule', () => {
      const { archiveSchedule, archiveLateDays = 2, archiveRetentionDays, catalogDatabase } = props;
      const schedules = applied.filter(({ type }) => type === 'aws_scheduler_schedule');
      expect('catalog_writer_policy_json' in outputs).toBe(props.archiveTable === true);
      const statements = scheduledStatements({
        ...{ location: 's3://made-bucket/archive/', lateDays: archiveLateDays },
        retentionDays: archiveRetentionDays,
      });
      const requests = (all: readonly AppliedResource[]) =>
        Object.fromEntries(
          all.map(({ values }) => {
            const [target] = values.target as { input: string }[]; // as the provider has it
            return [values.name, JSON.parse(target?.input ?? '')];
          }),
        );
      const expected = statements.map(({ name: statement, sql }) => [
        statement,
        {
          ...{ QueryString: sql, WorkGroup: name },
          QueryExecutionContext: { Catalog: 'AwsDataCatalog', Database: catalogDatabase },
        },
      ]);
      expect(requests(schedules)).toEqual(archiveSchedule === undefined ? {} : Object.fromEntries(expected));
    });

    it('has a catalog of its bucket with the setting catalog, and outputs for queries', () => {
      const tables = applied.filter(({ type }) => type === 'aws_glue_catalog_table');
      expect(tables.length > 0).toBe(props.catalog === true);
      if (props.catalog !== true) {
        expect(outputs).not.toHaveProperty('catalog_database');
        return;
      }
      const database = props.catalogDatabase ?? name.replaceAll('-', '_');
      const bucketName = createBucket === false ? props.bucketName : 'made-bucket';
      expect(outputs).toMatchObject({ catalog_database: database, athena_workgroup: name });
      const [lines] = tables.filter(({ values }) => values.name === 'event_lines');
      expect(lines?.values).toMatchObject({
        database_name: database,
        parameters: {
          'storage.location.template': `s3://${bucketName}/events/dt=\${dt}/hour=\${hour}/`,
          'projection.dt.range': '2026-03-01,NOW+1DAY',
        },
      });
      expect(JSON.stringify(lines?.values.storage_descriptor)).toContain('"field.delim":"\\u0001"');
      const views = tables.filter(({ values }) => values.table_type === 'VIRTUAL_VIEW');
      expect(views.length).toBeGreaterThan(10);
      for (const { values } of views) {
        expect(viewDefinition(values)).toMatchObject({ catalog: 'awsdatacatalog', schema: database });
      }
      const policy = JSON.parse(String(outputs.catalog_reader_policy_json));
      const ask = (workgroup: string) => ({
        action: 'athena:StartQueryExecution',
        resource: `arn:aws:athena:eu-west-1:${account}:workgroup/${workgroup}`,
      });
      const events = { action: 's3:GetObject', resource: `arn:aws:s3:::${bucketName}/events/one.gz` };
      const decrypt = {
        action: 'kms:Decrypt',
        resource: key,
        context: {
          'kms:ViaService': 's3.eu-west-1.amazonaws.com',
          'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::${bucketName}`,
        },
      };
      for (const [request, allowed] of [
        [ask(name), true],
        [ask('primary'), false],
        [events, true],
        [{ ...events, action: 's3:PutObject' }, false],
        [decrypt, encryption !== undefined],
      ] as const) {
        expect([request, isAllowed([policy], request)]).toEqual([request, allowed]);
      }
    });
  });
});
