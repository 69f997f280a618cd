import { archivePlace } from '../../../consumer/doctor/places/archive-place';
import { bucketArn, deliveryRole, s3, stream, streamWith } from '../healthy';

const backup = { ...s3, Prefix: 'records/', BufferingHints: { IntervalInSeconds: 300 } };
const conversion = { DataFormatConversionConfiguration: { Enabled: true } };

describe('the place of the records', () => {
  it('is the destination', () => {
    expect(archivePlace(stream)).toEqual({
      bucketArn,
      bucket: 'archive',
      prefix: s3.Prefix,
      errorPrefix: s3.ErrorOutputPrefix,
      roleArn: deliveryRole.arn,
      keyArn: undefined,
      bufferingSeconds: 60,
      logGroupName: undefined,
      hasColumnsOnly: false,
    });
  });

  it('is the backup if the destination has columns', () => {
    const place = archivePlace(
      streamWith({ ...conversion, S3BackupMode: 'Enabled', S3BackupDescription: backup }),
    );
    expect(place).toMatchObject({ prefix: 'records/', bufferingSeconds: 300, hasColumnsOnly: false });
  });

  it('is not the backup of a function, which has the records before the function', () => {
    const place = archivePlace(streamWith({ S3BackupMode: 'Enabled', S3BackupDescription: backup }));
    expect(place).toMatchObject({ prefix: s3.Prefix });
  });

  it('has the key of the stream, and the default buffering', () => {
    const EncryptionConfiguration = { KMSEncryptionConfig: { AWSKMSKeyARN: 'arn:aws:kms:x' } };
    const place = archivePlace(
      streamWith({ EncryptionConfiguration, BufferingHints: undefined, Prefix: undefined }),
    );
    expect(place).toMatchObject({ keyArn: 'arn:aws:kms:x', bufferingSeconds: 300, prefix: '' });
  });
});
