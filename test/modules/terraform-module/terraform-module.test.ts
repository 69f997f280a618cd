import { moduleBlocks } from '../../../modules/terraform-module/module-blocks';
import { terraformModule } from '../../../modules/terraform-module/terraform-module';

const files = terraformModule();
const hcl = Object.entries(files).filter(([path]) => path.endsWith('.tf'));
const all = hcl.map(([, text]) => text).join('\n');

describe('the files of the Terraform module', () => {
  it('contain every resource, data source, variable, output and check once', () => {
    const { resource, data, variable, output, check } = moduleBlocks();
    const typed = (kind: string, group: typeof resource) =>
      Object.entries(group).flatMap(([type, named]) =>
        Object.keys(named).map((name) => `${kind} "${type}" "${name}"`),
      );
    const named = (kind: string, group: object) => Object.keys(group).map((name) => `${kind} "${name}"`);
    const heads = all.match(/^(resource|data|variable|output|check) "[^{]*"(?= \{)/gm) ?? [];
    expect([...heads].sort()).toEqual(
      [
        ...typed('resource', resource),
        ...typed('data', data),
        ...named('variable', variable),
        ...named('output', output),
        ...named('check', check),
      ].sort(),
    );
  });

  it('are short enough to read, except the queries', () => {
    const long = hcl.map(([path, text]) => [path, text.split('\n').length] as const);
    expect(long.filter(([, lines]) => lines > 400)).toEqual([]);
  });

  it('have a comment above each resource, data source and check', () => {
    const heads = all.match(/.*\n(resource|data|check) "/g) ?? [];
    expect(heads.length).toBeGreaterThan(80);
    expect(heads.filter((head) => !head.startsWith('# '))).toEqual([]);
  });

  it('have no interpolation alone, no empty dependencies and no other traces of JSON', () => {
    expect(all).not.toMatch(/"\$\{(?:[^"{}]|\{[^}]*\})*\}"(?!.*":")$/m);
    expect(all).not.toMatch(/depends_on\s*=\s*\[\]|"depends_on"|"Version" =|join\(""/);
  });

  it('have the trust policy of SES in one file, with the role', () => {
    expect(files['ses-role.tf']).toMatch(
      /resource "aws_iam_role" "ses" \{[\s\S]{0,400}assume_role_policy = \(/,
    );
    expect(all.match(/"ses\.amazonaws\.com"/g)).toHaveLength(2);
  });

  it('have the SQL of each view, saved query and schedule in a file that a resource reads', () => {
    const { resource } = moduleBlocks();
    const queries = Object.values(resource.aws_athena_named_query ?? {});
    const views = Object.values(resource.aws_glue_catalog_table ?? {}).filter(
      ({ table_type: type }) => type === 'VIRTUAL_VIEW',
    );
    const statements = Object.values(resource.aws_scheduler_schedule ?? {});
    const paths = [
      ...statements.map(({ name }) => `queries/archive/${name}.sql`),
      ...queries.map(({ name }) => `queries/saved/${name}.sql`),
      ...views.map(({ name }) => `queries/views/${name}.sql`),
      ...['arrivals', 'event_objects', 'events'].map((name) => `queries/views-with-archive/${name}.sql`),
    ];
    expect(
      Object.keys(files)
        .filter((path) => path.endsWith('.sql'))
        .sort(),
    ).toEqual(paths.sort());
    for (const { name } of queries)
      expect(all).toContain(`file("\${path.module}/queries/saved/${name}.sql")`);
    for (const { name } of statements) expect(all).toContain(`"\${path.module}/queries/archive/${name}.sql"`);
    for (const { name } of views) expect(all).toContain(`local.catalog_views.${name})`);
    expect(all).not.toMatch(/\b(SELECT|INSERT INTO)\b/);
  });

  it('name each local that they use', () => {
    const used = new Set(all.match(/(?<=\blocal\.)\w+/g));
    const declared = new Set(all.match(/^ {2}\w+(?= = )/gm)?.map((line) => line.trim()));
    expect([...used].filter((name) => !declared.has(name))).toEqual([]);
  });

  it('have no variables whose validations depend on each other, which OpenTofu rejects as a cycle', () => {
    const used = new Map(
      Object.entries(moduleBlocks().variable).map(([name, { validation = [] }]) => [
        name,
        new Set(
          JSON.stringify(validation)
            .match(/(?<=\bvar\.)\w+/g)
            ?.filter((other) => other !== name),
        ),
      ]),
    );
    // Removes variables that depend only on removed ones, until the rest is a cycle or nothing.
    for (let before = -1; before !== used.size; ) {
      before = used.size;
      for (const [name, others] of used) if (![...others].some((other) => used.has(other))) used.delete(name);
    }
    expect([...used.keys()]).toEqual([]);
  });
});
