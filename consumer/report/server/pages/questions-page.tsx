import { questions } from '../../../queries/questions/question';
import { questionGroups } from '../../../queries/questions/question-groups';
import type { MakePage } from '../data/page';
import { Prose } from './prose';

/** The list of questions, by subject. */
const questionsPage: MakePage = () => {
  const all = questions();
  const groups = Object.entries(questionGroups).map(([group, names]) => (
    <section>
      <h2>{group}</h2>
      <dl>
        {all
          .filter(({ name }) => names.includes(name))
          .map(({ name, title, description }) => (
            <>
              <dt>
                <a href={`/questions/${name}`}>{title}</a>
              </dt>
              <dd>
                <Prose text={description} />
              </dd>
            </>
          ))}
      </dl>
    </section>
  ));
  return { title: 'Questions', parts: groups };
};

export { questionsPage };
