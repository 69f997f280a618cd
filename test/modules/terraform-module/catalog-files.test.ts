import { catalogLocals, withFiles } from '../../../modules/terraform-module/catalog-files';
import { catalogLocalsText } from '../../../modules/terraform-module/locals-files';

const definition = (sql: string) =>
  `base64encode(jsonencode({"catalog" = "awsdatacatalog", "columns" = [{"name" = "line", "type" = "varchar"}], "originalSql" = "${sql}", "schema" = var.database}))`;

/** The body of a made-up view with an encoded definition. */
const viewOf = (encoded: string) => ({
  name: 'made_up',
  view_original_text: `/* Presto View: \${${encoded}} */`,
  storage_descriptor: { columns: [{ name: 'line', type: 'string' }] },
});

const filesOf = (encoded: string) => withFiles('aws_glue_catalog_table', viewOf(encoded));

describe('the files of a view', () => {
  it('are its columns and its SQL', () => {
    const { body, files } = filesOf(definition('SELECT \\"a\\"\\nFROM b'));
    expect(files).toEqual({
      'queries/columns/made_up.csv': 'name,type,view_type\nline,string,varchar\n',
      'queries/views/made_up.sql': 'SELECT "a"\nFROM b\n',
    });
    expect(body.view_original_text).toBe('/* Presto View: ${base64encode(local.catalog_views.made_up)} */');
  });

  it('are also its SQL with the archive, if that differs', () => {
    const { body, files } = filesOf(
      `var.archive_table ? ${definition('SELECT 2')} : ${definition('SELECT 1')}`,
    );
    expect(files).toMatchObject({
      'queries/views/made_up.sql': 'SELECT 1\n',
      'queries/views-with-archive/made_up.sql': 'SELECT 2\n',
    });
    expect(body.view_original_text).toBe('/* Presto View: ${base64encode(local.catalog_views.made_up)} */');
  });

  it('cannot depend on another setting', () => {
    expect(() => filesOf(`var.catalog ? ${definition('SELECT 2')} : ${definition('SELECT 1')}`)).toThrow(
      'a view depends on var.catalog, but only archive_table is supported',
    );
  });
});

describe('the definitions of views', () => {
  it('read the folder of the archive only if a view differs with it', () => {
    const folder = 'queries/views-with-archive/';
    expect(catalogLocals(false).catalog_views?.value).not.toContain('archive');
    expect(catalogLocalsText({ 'queries/views/made_up.sql': 'SELECT 1\n' })).not.toContain(folder);
    expect(catalogLocalsText({ [`${folder}made_up.sql`]: 'SELECT 2\n' })).toContain(
      'var.archive_table && fileexists("${path.module}/queries/views-with-archive/${name}")',
    );
  });
});
