import fc from 'fast-check';
import { writeBlock } from '../../modules/terraform-module/hcl/block';
import type { Expression } from '../../modules/terraform-module/hcl/expression';
import { bodyOf } from '../../modules/terraform-module/hcl/from-json';
import { flat } from '../../modules/terraform-module/hcl/print';
import { anyExpression, rawText, textValue } from '../modules/terraform-module/hcl/arbitrary-expression';
import { describeWithTerraform } from './describe-with-terraform';
import { terraform, terraformFolder, writeFiles } from './terraform';

/** A different one in each run; the name of the tests shows it. */
const seed = Number(process.env.HCL_SEED ?? Date.now() % 2 ** 31);

/** The values that the generated expressions use. */
const given = `locals {
  one = "1\${"$"}{"
  two = "zwei"
  yes = true
  no  = false
}
`;

const asHcl = (labels: string[], value: unknown) =>
  writeBlock({ type: 'output', labels, body: bodyOf({ value }, { isMap: () => true }) });

/** Runs Terraform, and returns the values of the outputs of the two modules. */
function evaluated(values: readonly unknown[]) {
  const folder = terraformFolder();
  const named = values.map((value, at) => [`value_${at}`, value] as const);
  const output = Object.fromEntries(named.map(([name, value]) => [name, { value }]));
  writeFiles(folder, {
    'json/outputs.tf.json': JSON.stringify({ output }),
    'json/given.tf': given,
    'hcl/outputs.tf': named.map(([name, value]) => asHcl([name], value)).join('\n'),
    'hcl/given.tf': given,
    'main.tf': `module "json" {
  source = "./json"
}

module "hcl" {
  source = "./hcl"
}

output "json" {
  value = module.json
}

output "hcl" {
  value = module.hcl
}
`,
  });
  for (const args of [
    ['init', '-no-color'],
    ['apply', '-auto-approve', '-no-color', '-input=false'],
  ]) {
    const { code, stdout, stderr } = terraform(folder, ...args);
    if (code !== 0) throw new Error(stdout + stderr);
  }
  const { json, hcl } = JSON.parse(terraform(folder, 'output', '-json').stdout);
  return { folder, json: json.value, hcl: hcl.value };
}

/** Whether no constant has an index or an attribute, or is one; `terraform fmt` formats those in its own way. */
const isUsual = (expression: Expression) => !/["\d})][[.]|\[(?:null|true|false)\]/.test(flat(expression));

describeWithTerraform(`HCL that is written from JSON (seed ${seed})`, () => {
  it('has the value that Terraform reads from the JSON, and the format of terraform fmt', () => {
    const texts = fc.sample(textValue, { numRuns: 200, seed }).map((text) => `\${${text}}`);
    const literals = fc.sample(rawText, { numRuns: 50, seed });
    const escaped = literals.map((text) => text.replaceAll(/[$%](?=\{)/g, (sign) => sign + sign));
    const nested = escaped.map((text, at) => ({
      [`key ${at}`]: [text, { other: 'x${local.two}', n: null }],
    }));
    const { folder, json, hcl } = evaluated([...texts, ...escaped, ...nested]);
    expect(Object.keys(hcl)).toHaveLength(300);
    expect(hcl).toEqual(json);
    // The escapes are correct too, and not only the same.
    expect(literals.map((_, at) => hcl[`value_${texts.length + at}`])).toEqual(literals);
    expect(terraform(folder, 'fmt', '-check', '-diff', '-recursive')).toMatchObject({ code: 0, stdout: '' });
  });

  it('has the format of terraform fmt for any expression, except some with an index', () => {
    const folder = terraformFolder();
    const blocks = fc.sample(anyExpression.filter(isUsual), { numRuns: 300, seed }).map((value, at) =>
      writeBlock({
        ...{ type: 'output', labels: [`value_${at}`] },
        body: {
          attributes: [
            { name: 'value', value },
            { name: 'sensitive', value: 'false' },
          ],
          blocks: [],
        },
      }),
    );
    writeFiles(folder, { 'outputs.tf': blocks.join('\n') });
    expect(terraform(folder, 'fmt', '-check', '-diff')).toMatchObject({ code: 0, stdout: '' });
  });
});
