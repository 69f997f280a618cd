import { gzipSync } from 'node:zlib';
import { readErrorCodes } from '../../../consumer/doctor/arrivals/error-codes';
import { useSdkFixture } from '../../s3-server/sdk-fixture';

const fixture = useSdkFixture();

describe('the error codes', () => {
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

  it('are found in both spellings, the most frequent first', async () => {
    const conversion = record('ErrorCode', 'DataFormatConversion.InvalidSchema');
    const lambda = record('errorCode', 'Lambda.FunctionError');
    expect(await codes(lambda + conversion + conversion)).toEqual([
      'DataFormatConversion.InvalidSchema',
      'Lambda.FunctionError',
    ]);
  });

  it('are from the newest three objects', async () => {
    expect(await codes(...['A', 'B', 'C', 'D'].map((code) => record('errorCode', code)))).toEqual([
      'D',
      'C',
      'B',
    ]);
    expect(fixture.server.requests.map(({ key }) => key)).toEqual(['errors/3', 'errors/2', 'errors/1']);
  });

  it('do not contain text of a record, and are empty without codes', async () => {
    expect(await codes('', record('errorCode', 'ana@example.com'), record('errorMessage', 'x'))).toEqual([]);
  });

  it('are those before the damage of an object', async () => {
    const complete = gzipSync(record('errorCode', 'A') + 'x'.repeat(100_000));
    fixture.server.put('archive', 'errors/damaged', complete.subarray(0, complete.length - 20));
    const damaged = { key: 'errors/damaged', lastModified: new Date() };
    const reading = { s3Options: { endpoint: fixture.server.endpoint } };
    expect(await readErrorCodes(reading, 'archive', [damaged])).toEqual(['A']);
  });

  it('are empty for a deleted object', async () => {
    const gone = { key: 'errors/gone', lastModified: new Date() };
    const reading = { s3Options: { endpoint: fixture.server.endpoint } };
    expect(await readErrorCodes(reading, 'archive', [gone])).toEqual([]);
  });
});
