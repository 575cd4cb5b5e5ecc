import { expect } from 'chai';
import { loadedModules } from './base-modules.js';

const names = (modules?: readonly string[], drivers?: readonly string[]): string[] =>
  loadedModules(modules, drivers).map(({ module }) => module);

describe('the modules that a case finds loaded', () => {
  it('are the core, and the shim where an era has it as a module', () => {
    expect(names()).to.deep.equal(['vfio', 'vfio_iommu_type1', 'mdev', 'vfio_mdev']);
    const shim = loadedModules(undefined).find(({ module }) => module === 'vfio_mdev');
    expect(shim?.only).to.deep.equal(['linux-5.10', 'linux-5.13']);
  });

  it('are those of the case in their place, and its drivers behind', () => {
    expect(names([], ['mtty'])).to.deep.equal(['mtty']);
    expect(loadedModules(['vfio'], ['mscript max_inst=1 desc=1'])).to.deep.equal([
      { module: 'vfio' },
      { module: 'mscript', params: 'max_inst=1 desc=1' },
    ]);
  });
});
