import { currentObject } from '../../../consumer/sources/queue/current-object';

beforeAll(() => {
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'test';
});

describe('an object in a message', () => {
  const endpoint = 'http://127.0.0.1:1'; // a port without a listener

  it('is unreadable when its bucket name cannot be part of a hostname', async () => {
    expect(await currentObject({ bucket: 'foo--x-s3', key: 'a' }, { region: 'eu-west-1' })).toMatchObject({
      state: 'unreadable',
      uri: 's3://foo--x-s3/a',
      message: expect.stringContaining('EndpointError'),
    });
  });

  it('fails its source when S3 does not respond', async () => {
    await expect(currentObject({ bucket: 'bucket', key: 'a' }, { endpoint })).rejects.toMatchObject({
      name: 'SourceError',
      message: 'cannot read s3://bucket/a: ECONNREFUSED: check the endpoint: it refused the connection',
    });
  });
});
