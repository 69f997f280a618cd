import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

(async () => {
  const [, , archive = ''] = process.argv;
  const T = (n: string, t: bigint) => console.log(n, (Number(process.hrtime.bigint() - t) / 1e6).toFixed(1));
  const c = await (await DuckDBInstance.create(':memory:')).connect();
  let t = process.hrtime.bigint();
  await c.run(`ATTACH '${archive}' AS ses_events (READ_ONLY); USE ses_events`);
  T('attach', t);
  const all = readFileSync('bench/.data/views.sql', 'utf8');
  const i = all.indexOf('CREATE OR REPLACE TEMP VIEW');
  t = process.hrtime.bigint();
  await c.run("select count(*) from event_rows where origin='legacy-notification'");
  T('legacy count', t);
  t = process.hrtime.bigint();
  await c.run(all.slice(0, i));
  T('twins', t);
  t = process.hrtime.bigint();
  await c.run(all.slice(i));
  T('views', t);
  for (const n of ['trace', 'subscriptions', 'late-events', 'scan']) {
    t = process.hrtime.bigint();
    (await c.runAndReadAll(readFileSync(`bench/.data/${n}.sql`, 'utf8'))).getRows();
    T(n, t);
  }
})();
