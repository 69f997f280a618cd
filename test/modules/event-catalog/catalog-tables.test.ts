import { resourcesInConfigurations } from '../in-configurations';
import { isTable } from './catalog-parts';

describe('the tables of the catalog', () => {
  it('match their snapshot in every configuration', () => {
    expect(resourcesInConfigurations('catalog', isTable)).toMatchSnapshot();
  });
});
