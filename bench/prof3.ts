import { DuckDBInstance } from '@duckdb/node-api';

(async () => {
  const [, , archive = ''] = process.argv;
  const c = await (await DuckDBInstance.create(':memory:')).connect();
  await c.run(`ATTACH '${archive}' AS ses_events (READ_ONLY); USE ses_events`);
  const time = async (n: string, sql: string) => {
    const t = process.hrtime.bigint();
    const r = (await c.runAndReadAll(sql)).getRows().length;
    console.log(n, (Number(process.hrtime.bigint() - t) / 1e6).toFixed(1), r);
  };
  await time(
    'legacy',
    `CREATE TEMP TABLE legacy AS SELECT event_id, event_type, message_id, event_time, feedback_id FROM event_rows WHERE origin = 'legacy-notification'`,
  );
  for (let i = 0; i < 2; i++) {
    await time(
      'fb',
      `SELECT legacy.event_id FROM legacy JOIN event_rows published USING (event_type, feedback_id) WHERE published.origin = 'event-publishing' AND published.feedback_id IS NOT NULL`,
    );
    await time(
      'fb2',
      `SELECT legacy.event_id FROM legacy WHERE feedback_id IN (SELECT feedback_id FROM event_rows WHERE origin='event-publishing')`,
    );
    await time('fb3', `SELECT feedback_id FROM event_rows SEMI JOIN legacy USING (feedback_id)`);
    await time(
      'tm',
      `SELECT legacy.event_id FROM legacy JOIN event_rows published USING (event_type, event_time) WHERE published.origin = 'event-publishing' AND legacy.message_id = published.message_id`,
    );
    await time(
      'tm2',
      `SELECT message_id, event_type FROM event_rows SEMI JOIN legacy USING (event_time) WHERE event_rows.origin='event-publishing'`,
    );
    await time('tm3', `SELECT message_id, event_type FROM event_rows SEMI JOIN legacy USING (event_time)`);
    await time(
      'inlist',
      `SELECT message_id, event_type FROM event_rows WHERE event_time IN (getvariable('x'), TIMESTAMP '2026-08-05 10:00:00') `,
    );
  }
})();
