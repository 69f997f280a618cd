/** A field of a form. */
interface TextField {
  /** The name of the parameter in the address. */
  name: string;
  label: string;
  value: string;
  example?: string;
}

/** A form of texts for the parameters of a page. */
function TextForm({ action, fields }: { action: string; fields: readonly TextField[] }) {
  return (
    <form method="get" action={action}>
      <div class="fields">
        {fields.map(({ name, label, value, example }) => (
          <div class="field">
            <label for={`field-${name}`}>{label}</label>
            <input
              id={`field-${name}`}
              name={name}
              value={value}
              placeholder={example}
              autocomplete="off"
              spellcheck={false}
            />
          </div>
        ))}
        <button type="submit">Show</button>
      </div>
    </form>
  );
}

export { TextForm };
