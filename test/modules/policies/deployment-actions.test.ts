import { deploymentActions } from '../../../modules/policies/deployment-actions';
import { configurations } from '../configurations';
import { synthesizeStack } from '../synthesize';

describe('the actions of a deployment', () => {
  it('are known for every type of resource that the constructs create, and for no other type', () => {
    const types = Object.values(configurations).flatMap((props) =>
      Object.keys(synthesizeStack(props).resource),
    );
    const ofAws = [...new Set(types)].filter((type) => type.startsWith('aws_'));
    expect(Object.keys(deploymentActions).sort()).toEqual(ofAws.sort());
  });

  it.each(Object.entries(deploymentActions))('are each listed once for %s', (_, { grants }) => {
    const actions = grants.flatMap(({ on, actions: required, changes = [] }) =>
      [...required, ...changes].map((action) => `${action} on ${on}`),
    );
    expect(actions).toEqual([...new Set(actions)]);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });
});
