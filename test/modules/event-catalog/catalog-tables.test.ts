import { resourcesInConfigurations } from '../in-configurations';
import { isTable } from './catalog-parts';

describe('the tables of the catalog', () => {
  it('are in every configuration what they were', () => {
    expect(resourcesInConfigurations('catalog', isTable)).toMatchSnapshot();
  });
});
