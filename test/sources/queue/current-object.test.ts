import { currentObject } from '../../../consumer/sources/queue/current-object';

beforeAll(() => {
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'test';
});

describe('an object that a message names', () => {
  const endpoint = 'http://127.0.0.1:1'; // a port that nobody listens on

  it('is unreadable by itself when no host can be made of its bucket', async () => {
    expect(await currentObject({ bucket: 'foo--x-s3', key: 'a' }, { region: 'eu-west-1' })).toMatchObject({
      state: 'unreadable',
      uri: 's3://foo--x-s3/a',
      message: expect.stringContaining('EndpointError'),
    });
  });

  it('fails with its source when S3 does not answer', async () => {
    await expect(currentObject({ bucket: 'bucket', key: 'a' }, { endpoint })).rejects.toMatchObject({
      name: 'SourceError',
      message: 'cannot read s3://bucket/a: ECONNREFUSED: check the endpoint: it refused the connection',
    });
  });
});
