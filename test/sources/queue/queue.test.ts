import { Queue } from '../../../consumer/sources/queue/queue';

beforeAll(() => {
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'test';
});

describe('a queue', () => {
  it('that nobody answers for is a source that cannot be read', async () => {
    const url = 'http://127.0.0.1:1/123456789012/q'; // a port that nobody listens on
    const queue = new Queue(url);
    await expect(queue.receive({ waitSeconds: 0, visibilityTimeout: 60 })).rejects.toMatchObject({
      name: 'SourceError',
      message: `cannot receive from the queue ${url}: ECONNREFUSED: check the endpoint: nothing listens there`,
    });
  });
});
