import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

(async () => {
  const [, , archive, name] = process.argv;
  const c = await (await DuckDBInstance.create(':memory:')).connect();
  await c.run(`ATTACH '${archive}' AS ses_events (READ_ONLY); USE ses_events`);
  await c.run(readFileSync('/work/main/bench/.data/views.sql', 'utf8'));
  const sql = readFileSync(`/work/main/bench/.data/${name}.sql`, 'utf8');
  for (let i = 0; i < 3; i++) {
    const t = process.hrtime.bigint();
    const u = process.cpuUsage();
    (await c.runAndReadAll(sql)).getRows();
    const v = process.cpuUsage(u);
    console.log('ms', Number(process.hrtime.bigint() - t) / 1e6, 'cpu', (v.user + v.system) / 1e3);
  }
  await c.run("PRAGMA enable_profiling='no_output'; SET profiling_mode='detailed'");
  await c.run(`PRAGMA enable_profiling='json'; PRAGMA profiling_output='/tmp/prof.json'`);
  (await c.runAndReadAll(sql)).getRows();
  await c.run('PRAGMA disable_profiling');
  const p = JSON.parse(readFileSync('/tmp/prof.json', 'utf8'));
  const out: any[] = [];
  const walk = (n: any, d: number) => {
    if (n.operator_timing > 0.01)
      out.push(
        [
          n.operator_timing.toFixed(3),
          ' '.repeat(d) + n.operator_type,
          n.operator_cardinality,
          JSON.stringify(n.extra_info).slice(0, 150),
        ].join(' '),
      );
    (n.children ?? []).forEach((x: any) => walk(x, d + 1));
  };
  walk(p, 0);
  console.log(out.join('\n'));
})();
