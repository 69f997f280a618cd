import { messageStatuses } from '../../../archive/views/messages';
import { countedOutcomes } from '../../../archive/views/outcome';
import { type ParameterName, periods } from '../../../queries/questions/parameters';
import { columnLabel } from '../../components/answer-table';
import { fieldName } from '../data/address-parameters';
import { maxRows, usualRows } from '../data/parameter-texts';

/** Examples of the texts that a parameter takes. */
const examples: Readonly<Partial<Record<ParameterName, string>>> = {
  since: '7d, 2026-03-01, yesterday',
  until: '24h, 2026-03-31',
  tag: 'campaign=welcome',
  domain: 'example.com',
  recipient: 'ana@example.com, @example.com',
  timezone: 'UTC',
  limit: `${usualRows}, up to ${maxRows}`,
};

/** The values that a parameter can have, where they are few. */
const choices: Readonly<Partial<Record<ParameterName, readonly string[]>>> = {
  by: periods,
  status: messageStatuses,
  outcome: countedOutcomes,
};

interface FieldProps {
  name: ParameterName;
  value: string;
}

function Field({ name, value }: FieldProps) {
  const field = fieldName(name);
  const label = columnLabel(field.replaceAll('-', '_'));
  const options = choices[name];
  const id = `field-${field}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {options === undefined ? (
        <input
          id={id}
          name={field}
          value={value}
          placeholder={examples[name]}
          autocomplete="off"
          spellcheck={false}
        />
      ) : (
        <select id={id} name={field}>
          <option value="">–</option>
          {options.map((option) => (
            <option value={option} selected={option === value}>
              {option}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

/** Parameters that few requests have. Their fields are closed until one of them has a value. */
const rare: ReadonlySet<ParameterName> = new Set([
  'configurationSet',
  'tenant',
  'sourceRegion',
  'account',
  'tagName',
  'timezone',
  'limit',
]);

interface ParameterFormProps {
  /** The address of the page. */
  action: string;
  parameters: readonly ParameterName[];
  /** The parameters of the request. */
  query: URLSearchParams;
}

/** A form for the parameters of a page. Its address, with the values, can be shared. */
function ParameterForm({ action, parameters, query }: ParameterFormProps) {
  const typed = (name: ParameterName) => query.get(fieldName(name)) ?? '';
  const fieldsOf = (names: readonly ParameterName[]) =>
    names.map((name) => <Field name={name} value={typed(name)} />);
  const rareNames = parameters.filter((name) => rare.has(name));
  return (
    <form method="get" action={action}>
      <div class="fields">
        {fieldsOf(parameters.filter((name) => !rare.has(name)))}
        <button type="submit">Show</button>
      </div>
      <details open={rareNames.some((name) => typed(name) !== '')}>
        <summary>More filters</summary>
        <div class="fields">{fieldsOf(rareNames)}</div>
      </details>
    </form>
  );
}

export { ParameterForm };
