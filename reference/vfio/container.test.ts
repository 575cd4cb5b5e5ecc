import { expect } from 'chai';
import { Errno } from '../kernel/errno.js';
import { outcome, words } from '../vendors/device-fixture.js';
import { eras } from '../testing.js';
import { vfio } from './state.js';
import { vfioMachine } from './testing.js';
import type { VfioIommuDriver } from './types.js';

for (const era of eras) {
  describe(`a container on ${era}`, () => {
    /** A machine with a device, an open group and a container that is not set. */
    const opened = (without?: string) => {
      const machine = vfioMachine(era, {}, without);
      machine.register('a');
      const fd = machine.open('/dev/vfio/vfio');
      const group = machine.open('/dev/vfio/0');
      const set = (into = fd, of = group) =>
        outcome(machine.ioctl(of, 'VFIO_GROUP_SET_CONTAINER', words(into)));
      const unset = (of = group) => outcome(machine.ioctl(of, 'VFIO_GROUP_UNSET_CONTAINER'));
      const iommu = (type = 1, of = fd) => outcome(machine.ioctl(of, 'VFIO_SET_IOMMU', type));
      const status = () => {
        const arg = words(8, 0);
        const ret = outcome(machine.ioctl(group, 'VFIO_GROUP_GET_STATUS', arg));
        return ret === 0 ? arg[4] : ret;
      };
      return { ...machine, fd, groupFd: group, set, unset, iommu, status };
    };

    it('has version 0', () => {
      const { fd, ioctl } = opened();
      expect(ioctl(fd, 'VFIO_GET_API_VERSION')).to.equal(0);
    });

    it('knows the extensions of the backend', () => {
      const { fd, ioctl } = opened();
      const known = Array.from({ length: 12 }, (_, i) => i).filter(
        (i) => ioctl(fd, 'VFIO_CHECK_EXTENSION', i) === 1,
      );
      expect(known).to.include.members([1, 3, 6, 9]);
      expect(known).not.to.include(8);
    });

    it('knows more once it has one', () => {
      const { fd, ioctl, set, iommu } = opened();
      const coherency = () => ioctl(fd, 'VFIO_CHECK_EXTENSION', 4);
      const before = coherency();
      set();
      iommu();
      expect([before, coherency()]).to.deep.equal([0, 1]);
    });

    it('knows none without a backend, and cannot have one', () => {
      const { fd, ioctl, set, iommu } = opened('vfio_iommu_type1');
      expect(ioctl(fd, 'VFIO_CHECK_EXTENSION', 1)).to.equal(0);
      expect([set(), iommu()]).to.deep.equal([0, 'ENODEV']);
    });

    it('has a backend only with a group, of a type that there is, and once', () => {
      const { set, iommu } = opened();
      expect([iommu(), set(), iommu(8), iommu(77), iommu(), iommu()]).to.deep.equal([
        'EINVAL',
        0,
        'ENODEV',
        'ENODEV',
        0,
        'EINVAL',
      ]);
    });

    it('pins its backend until the last group is out', () => {
      const { module, set, unset, iommu } = opened();
      set();
      iommu();
      const during = module('vfio_iommu_type1').refcnt;
      expect([during, unset(), module('vfio_iommu_type1').refcnt]).to.deep.equal([1, 0, 0]);
    });

    it('has the first backend that takes all its groups, and pins no other', () => {
      const { k, owner, set, iommu, module } = opened();
      const picky: VfioIommuDriver = {
        name: 'picky',
        owner,
        open: () => ({
          attach_group: () => -Errno.EPERM,
          detach_group: () => {
            throw new Error('detached what was never attached');
          },
        }),
        check_extension: () => 1,
      };
      vfio(k).iommu_drivers.unshift(picky);
      expect([set(), iommu(), owner.refcnt, module('vfio_iommu_type1').refcnt]).to.deep.equal([
        0, 0, 0, 1,
      ]);
    });

    it('has none, and says why, where no backend takes its groups', () => {
      const { k, set, iommu } = opened();
      const { iommu_drivers } = vfio(k);
      const type1 = iommu_drivers[0]!;
      const taken = {
        ...type1,
        open: () => {
          const state = type1.open();
          state.attach_group([...vfio(k).group_list][0]!.iommu_group!);
          return state;
        },
      };
      iommu_drivers.splice(0, 1, taken);
      expect([set(), iommu()]).to.deep.equal([0, 'EINVAL']);
    });

    it('takes more groups with and without a backend, and keeps it until the last is out', () => {
      const { register, open, set, unset, iommu, module } = opened();
      register('b');
      register('c');
      const [b, c] = [open('/dev/vfio/1'), open('/dev/vfio/2')];
      expect([set(), set(undefined, b), iommu(), set(undefined, c)]).to.deep.equal([0, 0, 0, 0]);
      expect([unset(), unset(c), module('vfio_iommu_type1').refcnt]).to.deep.equal([0, 0, 1]);
      expect([unset(b), module('vfio_iommu_type1').refcnt]).to.deep.equal([0, 0]);
    });

    it('is in the status of its groups', () => {
      const { set, unset, status } = opened();
      expect([status(), set(), status(), unset(), status()]).to.deep.equal([1, 0, 3, 0, 1]);
    });

    it('answers what the backend does not know otherwise than what nobody knows', () => {
      const { fd, ioctl, set, iommu } = opened();
      const unknown = () => outcome(ioctl(fd, 'VFIO_IOMMU_DIRTY_PAGES'));
      const before = unknown();
      set();
      iommu();
      expect([before, unknown()]).to.deep.equal(['EINVAL', 'ENOTTY']);
    });

    it('is set once, and has to be a container', () => {
      const { groupFd, set } = opened();
      const wrong = era === 'linux-6.1' ? 'EINVAL' : 'EBADFD';
      expect([set(-1), set(99), set(groupFd), set(), set()]).to.deep.equal([
        'EBADF',
        'EBADF',
        wrong,
        0,
        'EINVAL',
      ]);
    });

    it('must be somewhere in memory, as a status must', () => {
      const { groupFd, ioctl } = opened();
      expect(ioctl(groupFd, 'VFIO_GROUP_SET_CONTAINER', 5)).to.equal(-Errno.EFAULT);
      expect(ioctl(groupFd, 'VFIO_GROUP_GET_STATUS', 5)).to.equal(-Errno.EFAULT);
      expect(ioctl(groupFd, 'VFIO_GROUP_GET_STATUS', words(7, 0))).to.equal(-Errno.EINVAL);
      expect(ioctl(groupFd, 'VFIO_GET_API_VERSION')).to.equal(-Errno.ENOTTY);
    });

    it('can only be left where there is one, and no device of the group is open', () => {
      const { groupFd, ioctl, close, set, unset, iommu } = opened();
      expect(unset()).to.equal('EINVAL');
      set();
      iommu();
      const device = ioctl(groupFd, 'VFIO_GROUP_GET_DEVICE_FD', 'a');
      expect(unset()).to.equal('EBUSY');
      close(device);
      expect(unset()).to.equal(0);
    });

    it('is left with the last descriptor of the group', () => {
      const { groupFd, close, open, set, iommu, module, fd } = opened();
      set();
      iommu();
      close(groupFd);
      expect(module('vfio_iommu_type1').refcnt).to.equal(0);
      expect(set(fd, open('/dev/vfio/0'))).to.equal(0);
    });
  });
}
