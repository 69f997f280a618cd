import { gzipSync } from 'node:zlib';
import { readErrorCodes } from '../../../consumer/doctor/arrivals/error-codes';
import { useSdkFixture } from '../../s3-server/sdk-fixture';

const fixture = useSdkFixture();

describe('the codes of errors', () => {
  const record = (name: string, code: string) => `${JSON.stringify({ [name]: code, rawData: 'e30=' })}\n`;

  beforeEach(() => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' });
  });

  async function codes(...texts: string[]): Promise<string[]> {
    const objects = texts.map((text, index) => {
      const lastModified = new Date(Date.UTC(2026, 0, 1, index));
      fixture.server.put('archive', `errors/${index}`, Buffer.from(text), { lastModified });
      return { key: `errors/${index}`, lastModified };
    });
    return readErrorCodes({ s3Options: { endpoint: fixture.server.endpoint } }, 'archive', objects);
  }

  it('are told in both of their spellings, the most frequent first', async () => {
    const conversion = record('ErrorCode', 'DataFormatConversion.InvalidSchema');
    const lambda = record('errorCode', 'Lambda.FunctionError');
    expect(await codes(lambda + conversion + conversion)).toEqual([
      'DataFormatConversion.InvalidSchema',
      'Lambda.FunctionError',
    ]);
  });

  it('are those of the newest three objects', async () => {
    expect(await codes(...['A', 'B', 'C', 'D'].map((code) => record('errorCode', code)))).toEqual([
      'D',
      'C',
      'B',
    ]);
    expect(fixture.server.requests.map(({ key }) => key)).toEqual(['errors/3', 'errors/2', 'errors/1']);
  });

  it('are no words of a record, and none where there are none', async () => {
    expect(await codes('', record('errorCode', 'ana@example.com'), record('errorMessage', 'x'))).toEqual([]);
  });

  it('are told up to a damage', async () => {
    const whole = gzipSync(record('errorCode', 'A') + 'x'.repeat(100_000));
    fixture.server.put('archive', 'errors/damaged', whole.subarray(0, whole.length - 20));
    const damaged = { key: 'errors/damaged', lastModified: new Date() };
    const reading = { s3Options: { endpoint: fixture.server.endpoint } };
    expect(await readErrorCodes(reading, 'archive', [damaged])).toEqual(['A']);
  });

  it('are none of an object that is gone', async () => {
    const gone = { key: 'errors/gone', lastModified: new Date() };
    const reading = { s3Options: { endpoint: fixture.server.endpoint } };
    expect(await readErrorCodes(reading, 'archive', [gone])).toEqual([]);
  });
});
