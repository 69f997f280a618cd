import { Queue, queueRegion } from '../../../consumer/sources/queue/queue';

beforeAll(() => {
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'test';
});

describe('a queue', () => {
  it('without a response is an unreadable source', async () => {
    const url = 'http://127.0.0.1:1/123456789012/q'; // a port without a listener
    const queue = new Queue(url);
    await expect(queue.receive({ waitSeconds: 0, visibilityTimeout: 60 })).rejects.toMatchObject({
      name: 'SourceError',
      message: `cannot receive from the queue ${url}: ECONNREFUSED: check the endpoint: it refused the connection`,
    });
  });
});

describe("a queue's region", () => {
  it.each([
    ['https://sqs.eu-west-1.amazonaws.com/123456789012/q', 'eu-west-1'],
    ['https://sqs.cn-north-1.amazonaws.com.cn/123456789012/q', 'cn-north-1'],
    ['https://sqs-fips.us-gov-west-1.amazonaws.com/123456789012/q', 'us-gov-west-1'],
    ['https://sqs.eu-west-1.api.aws/123456789012/q', 'eu-west-1'],
    ['https://vpce-0a-1b.sqs.eu-west-1.vpce.amazonaws.com/123456789012/q', 'eu-west-1'],
    ['https://eu-west-1.queue.amazonaws.com/123456789012/q', 'eu-west-1'],
    ['https://queue.amazonaws.com/123456789012/q', 'us-east-1'],
    ['http://127.0.0.1:5000/123456789012/q', undefined],
    ['https://sqs.eu-west-1.amazonaws.com.example.org/123456789012/q', undefined],
    ['https://example.org/sqs.eu-west-1.amazonaws.com/q', undefined],
  ])('of %s is %s', (url, region) => {
    expect(queueRegion(url)).toBe(region);
  });
});
