import fc from 'fast-check';
import { statementInput } from '../../../modules/event-catalog/schedule-arguments';
import { withStatementFile } from '../../../modules/terraform-module/statement-files';

const scheduleOf = (input: string) => ({ name: 'made-up', target: { arn: 'arn', input } });

const inputOf = (sql: string, workgroup = '${one(aws_athena_workgroup.catalog[*].name)}') =>
  statementInput({ sql, workgroup, database: 'mail' });

/** Reads a template as Terraform does, with some values. */
const rendered = (template: string) =>
  template.replaceAll(/([$%])\1\{|\$\{(\w+)\}/g, (_, sign, name) => (sign ? `${sign}{` : `<${name}>`));

describe('the file of the statement of a schedule', () => {
  it('is a template with the variables that it contains', () => {
    // statementInput would escape the expressions, which CDKTF has as tokens.
    const input = inputOf('DELETE FROM a WHERE at < -(1) AND place = (2)')
      .replace('(1)', '${var.late}')
      .replace('(2)', '${var.archive_prefix}/${var.late}');
    const { body, files } = withStatementFile(scheduleOf(input));
    expect(files).toEqual({
      'queries/archive/made-up.sql':
        'DELETE FROM a WHERE at < -${late} AND place = ${archive_prefix}/${late}\n',
    });
    expect(body.target).toMatchObject({
      arn: 'arn',
      input: expect.stringContaining(
        'trimspace(templatefile("${path.module}/queries/archive/made-up.sql", { archive_prefix = var.archive_prefix, late = var.late }))',
      ),
    });
  });

  it('is a plain file if the statement contains no variable', () => {
    const { body, files } = withStatementFile(scheduleOf(inputOf('VACUUM a', 'mail')));
    expect(files).toEqual({ 'queries/archive/made-up.sql': 'VACUUM a\n' });
    expect(body.target).toEqual({
      arn: 'arn',
      input:
        '${jsonencode({ QueryExecutionContext = { Catalog = "AwsDataCatalog", Database = "mail" }, QueryString = trimspace(file("${path.module}/queries/archive/made-up.sql")), WorkGroup = "mail" })}',
    });
  });

  it('has the statement unchanged, whatever its characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (part) => {
        fc.pre(!/[\uE000$%]/.test(part));
        const sql = `SELECT '${part} $\{x} %{if} <&> "\\ \n'`;
        const input = inputOf(`${sql} (1)`).replace('(1)', '${var.late}');
        const { files } = withStatementFile(scheduleOf(input));
        expect(rendered(files['queries/archive/made-up.sql'] ?? '')).toBe(`${sql} <late>\n`);
      }),
    );
  });

  it('cannot contain an expression without a name', () => {
    const input = inputOf('SELECT (1)').replace('(1)', '${var.late + 1}');
    expect(() => withStatementFile(scheduleOf(input))).toThrow(
      'name var.late + 1 in named-expressions.ts: a statement contains it',
    );
  });
});
