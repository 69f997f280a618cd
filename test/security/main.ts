// Scans the synthesized stack, and its policies as Terraform renders them, with Checkov. docs/security.md must list every
// failed check with a reason, and no other checks.
//
//     npx tsx test/security/main.ts

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../consumer/cli/process/package-root';
import type { StreamProps } from '../../modules/settings/stream-props.generated';
import { configurations } from '../modules/configurations';
import { synthesizeStack } from '../modules/synthesize';
import { pythonExecutables, skipWithoutPython } from '../python/environment';
import { type AppliedResource, applyMocked, stackFiles } from '../terraform/applied';
import { missingTerraform, removeFolders } from '../terraform/terraform';
import { readSuppressions } from './suppressions';

/** Checkov's result of one check for one resource. */
interface Finding {
  check_id: string;
  check_name: string;
  resource: string;
}

interface Report {
  results: { passed_checks: Finding[]; failed_checks: Finding[]; parsing_errors: string[] };
  summary: { parsing_errors: number };
}

/** The scanned configurations: the default, and one with every feature. */
const scanned: Readonly<Record<string, StreamProps>> = {
  default: {},
  everything: configurations.everything ?? {},
};

/** Runs Checkov over one document. */
function scan(executables: string, framework: string, name: string, document: object): Report {
  const folder = mkdtempSync(join(tmpdir(), 'ses-events-security-'));
  try {
    const file = join(folder, name);
    writeFileSync(file, JSON.stringify(document, null, 2));
    const { status, stdout, stderr, error } = spawnSync(
      join(executables, 'checkov'),
      ['--file', file, '--framework', framework, '--output', 'json', '--skip-download', '--soft-fail'],
      { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env: { ...process.env, LOG_LEVEL: 'ERROR' } },
    );
    if (status !== 0) throw new Error(`checkov failed with ${status}: ${error?.message ?? stderr}`);
    const report = JSON.parse(stdout) as Report; // Checkov's documented output
    if (report.summary.parsing_errors > 0) throw new Error(`checkov cannot read ${name}`);
    return report;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Policies are expressions in the synthesized stack. A scanner can read them after Terraform has rendered them. */
const holdsPolicy = /^aws_(iam_|kms_key$|sqs_queue_policy$|s3_bucket_policy$)/;

/** Resources after an apply, in the form of a plan, which Checkov reads. */
function asPlan(resources: readonly AppliedResource[]): object {
  return {
    format_version: '1.2',
    terraform_version: '1.11.0',
    planned_values: { root_module: { resources } },
    resource_changes: resources.map(({ values, ...resource }) => ({
      ...resource,
      change: { actions: ['create'], before: null, after: values },
    })),
  };
}

/** Returns the failed checks of a configuration, by id. */
function failedChecks(executables: string, name: string, props: StreamProps): Map<string, Finding[]> {
  const stack = synthesizeStack(props);
  // Checkov cannot parse a version as a string, and has no checks of versions.
  const { terraform: _versions, ...resources } = stack;
  const policies = applyMocked(stackFiles(stack)).filter(({ type }) => holdsPolicy.test(type));
  const reports = [
    scan(executables, 'terraform_json', 'cdk.tf.json', resources),
    scan(executables, 'terraform_plan', 'plan.json', asPlan(policies)),
  ];
  const failed = new Map<string, Finding[]>();
  for (const [index, { results }] of reports.entries()) {
    const { passed_checks: passed, failed_checks: notPassed } = results;
    console.log(
      `${name}, ${index === 0 ? 'the synthesized stack' : 'the rendered policies'}: ` +
        `${passed.length} checks passed, ${notPassed.length} failed`,
    );
    if (passed.length < 20) throw new Error(`checkov has run almost no checks on ${name}`);
    for (const finding of notPassed)
      failed.set(finding.check_id, [...(failed.get(finding.check_id) ?? []), finding]);
  }
  return failed;
}

function main(): void {
  const missing = missingTerraform();
  const executables = pythonExecutables();
  if (executables === undefined) {
    skipWithoutPython('the security scan');
    return;
  }
  if (missing !== undefined) {
    const required = process.env.REQUIRE_TERRAFORM === '1';
    console.log(`security scan: skipped, there is no usable Terraform: ${missing}`);
    if (required) process.exitCode = 1;
    return;
  }
  const suppressions = readSuppressions(readFileSync(join(packageRoot(), 'docs', 'security.md'), 'utf8'));
  const problems: string[] = [];
  for (const [name, props] of Object.entries(scanned)) {
    const failed = failedChecks(executables, name, props);
    const suppressed = suppressions.filter((each) => each.configurations.includes(name));
    for (const [check, findings] of failed) {
      if (suppressed.some((each) => each.check === check)) continue;
      for (const { check_name: text, resource } of findings)
        problems.push(`${name}: ${check} ${resource}: ${text}`);
    }
    for (const { check } of suppressed) {
      if (!failed.has(check)) problems.push(`${name}: ${check} passes: remove it from docs/security.md`);
    }
  }
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else
    console.log(
      `no check fails except the ${suppressions.length} checks that docs/security.md lists with reasons`,
    );
}

try {
  main();
} finally {
  removeFolders();
}
