import { expect } from 'chai';
import fc from 'fast-check';
import { link_order } from './link-order.js';
import { holds } from './testing.js';

/** What kernels were seen to complain of, in their order. */
const recorded: Readonly<Record<string, readonly string[]>> = {
  'mtty on 6.1': [
    'vfio_set_irqs_validate_and_prepare',
    'vfio_free_device',
    'mdev_unregister_driver',
    'vfio_unregister_group_dev',
    'vfio_register_emulated_iommu_dev',
    'mdev_register_driver',
    'mdev_register_parent',
    '_vfio_alloc_device',
    'mdev_unregister_parent',
  ],
  'mtty on 6.12': [
    'vfio_set_irqs_validate_and_prepare',
    'mdev_unregister_driver',
    'vfio_unregister_group_dev',
    'vfio_register_emulated_iommu_dev',
    'vfio_mig_get_next_state',
    'mdev_register_driver',
    'mdev_register_parent',
    '_vfio_alloc_device',
    'mdev_unregister_parent',
  ],
  'mprop_vfio on 6.1': [
    '__class_create',
    'dev_set_name',
    'device_unregister',
    'class_destroy',
    'vfio_free_device',
    'put_device',
    'debugfs_remove',
    'vfio_unregister_group_dev',
    'device_register',
    'vfio_register_emulated_iommu_dev',
    'debugfs_create_file',
    'debugfs_create_dir',
    '_vfio_alloc_device',
  ],
  'mprop_vfio on 6.12': [
    'dev_set_name',
    'device_unregister',
    'class_destroy',
    'put_device',
    'class_create',
    'debugfs_remove',
    'vfio_unregister_group_dev',
    'device_register',
    'vfio_register_emulated_iommu_dev',
    'debugfs_create_file',
    'debugfs_create_dir',
    '_vfio_alloc_device',
  ],
};

describe('link order', () => {
  for (const [title, symbols] of Object.entries(recorded)) {
    it(`is that of ${title}, however the symbols are given`, () => {
      holds(
        fc.property(fc.shuffledSubarray([...symbols], { minLength: symbols.length }), (given) => {
          expect(link_order(given)).to.deep.equal(symbols);
        }),
        20,
      );
    });
  }

  it('keeps every symbol, and leaves what it was given alone', () => {
    holds(
      fc.property(fc.array(fc.string()), (symbols) => {
        const given = [...symbols];
        expect(link_order(symbols).sort()).to.deep.equal([...symbols].sort());
        expect(symbols).to.deep.equal(given);
      }),
    );
  });
});
