import { writeBlock } from '../../../../modules/terraform-module/hcl/block';
import { bodyOf } from '../../../../modules/terraform-module/hcl/from-json';

const written = (json: Record<string, unknown>, maps: string[] = []) =>
  writeBlock({
    ...{ type: 'resource', labels: ['a', 'b'], comment: 'What it is.' },
    body: bodyOf(json, { isMap: (name) => maps.includes(name) }),
  });

describe('a block', () => {
  it('has its meta-arguments first, then arguments, blocks, the lifecycle and dependencies', () => {
    const json = {
      tags: '${var.tags}',
      lifecycle: { ignore_changes: ['name'] },
      depends_on: ['aws_x.y'],
      rule: { status: 'Enabled' },
      policy: '${jsonencode({"Version" = "1", "Statement" = []})}',
      arn: 'x',
      name: 'n',
      count: '${var.a ? 1 : 0}',
    };
    expect(written(json)).toBe(`# What it is.
resource "a" "b" {
  count = var.a ? 1 : 0

  name = "n"
  arn  = "x"
  tags = var.tags

  policy = jsonencode({
    Version   = "1"
    Statement = []
  })

  rule {
    status = "Enabled"
  }

  lifecycle {
    ignore_changes = [name]
  }

  depends_on = [aws_x.y]
}
`);
  });

  it('omits empty dependencies', () => {
    expect(written({ depends_on: [], arn: 'x' })).not.toContain('depends_on');
  });

  it('has an argument for a map, and a block for another object', () => {
    const json = { parameters: { 'a.b': '1', c: '2' }, filter: [{}], other: [{ d: 1 }, { d: 2 }] };
    expect(written(json, ['parameters'])).toContain(`  parameters = {
    "a.b" = "1"
    c     = "2"
  }

  filter {}

  other {
    d = 1
  }

  other {
    d = 2
  }
`);
  });

  it('has dynamic blocks, also several of one name and in each other', () => {
    const inner = {
      dynamic: {
        y: [
          { for_each: '${[1]}', content: {} },
          { for_each: '${[]}', content: {} },
        ],
      },
    };
    const text = written({ dynamic: { x: [{ for_each: '${[1]}', content: inner }] } });
    expect(text.match(/dynamic "\w"/g)).toEqual(['dynamic "x"', 'dynamic "y"', 'dynamic "y"']);
    expect(text).toContain('    for_each = [1]\n\n    content {\n      dynamic "y" {\n');
  });

  it('keeps a condition above its message', () => {
    const long = 'a'.repeat(60);
    const text = written({ postcondition: { condition: `\${${long} == ${long}}`, error_message: 'm' } });
    expect(text).toContain(
      `    condition = (
      ${long} == ${long}
    )
    error_message = "m"
`.replace(`${long} == ${long}`, `${long}\n      == ${long}`),
    );
  });
});
