import {
  type AthenaEngine,
  type AthenaOptions,
  athenaEngine,
} from '../../../../consumer/queries/engines/athena/athena-engine';
import type { QueryResult } from '../../../../consumer/queries/engines/engine';
import type { PlainValue } from '../../../../consumer/queries/engines/plain-value';
import { FakeAthena } from './fake-athena';

/** AWS settings of the machine that tests must not use. */
const settings = /^AWS_/;

/** A new fake Athena for each test of a file, and engines that use it. */
class AthenaFixture {
  /** Undefined before the first test. */
  athena = undefined as unknown as FakeAthena;
  private readonly engines: AthenaEngine[] = [];
  private environment: NodeJS.ProcessEnv = {};

  constructor() {
    beforeEach(async () => {
      this.environment = { ...process.env };
      for (const name of Object.keys(process.env).filter((key) => settings.test(key)))
        delete process.env[name];
      Object.assign(process.env, {
        AWS_ACCESS_KEY_ID: 'any',
        AWS_SECRET_ACCESS_KEY: 'any',
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      });
      this.athena = await FakeAthena.start();
    });
    afterEach(async () => {
      for (const engine of this.engines.splice(0)) engine.close();
      await this.athena.close();
      process.env = this.environment;
      expect(this.athena.mistakes).toEqual([]);
    });
  }

  /** Creates an engine that reads only the lines, unless options name another source. */
  async engine(options: Partial<AthenaOptions> = {}): Promise<AthenaEngine> {
    const engine = await athenaEngine({
      workgroup: 'email-events',
      database: 'email_events',
      endpoint: this.athena.endpoint,
      source: 'lines',
      ...options,
    });
    this.engines.push(engine);
    return engine;
  }
}

/** Returns all rows of a result. */
async function allRows({ rows }: QueryResult): Promise<(readonly PlainValue[])[]> {
  const found: (readonly PlainValue[])[] = [];
  for await (const page of rows) found.push(...page);
  return found;
}

export { AthenaFixture, allRows };
