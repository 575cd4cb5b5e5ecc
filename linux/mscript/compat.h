/* SPDX-License-Identifier: GPL-2.0-only */
/* What kernels of one era call differently. */
#ifndef MSCRIPT_COMPAT_H
#define MSCRIPT_COMPAT_H

#include <linux/device.h>
#include <linux/version.h>
#include <linux/vfio.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 4, 0)
#define ms_class_create(name) class_create(THIS_MODULE, name)
#else
#define ms_class_create(name) class_create(name)
#endif

/* Until 6.2 a driver's release frees the device that vfio_alloc_device() made; then vfio does it. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 2, 0)
#define ms_free_in_release(vfio) vfio_free_device(vfio)
#define MS_IOMMUFD_OPS
#else
#define ms_free_in_release(vfio) do { } while (0)
#define MS_IOMMUFD_OPS \
	.bind_iommufd = vfio_iommufd_emulated_bind, \
	.unbind_iommufd = vfio_iommufd_emulated_unbind, \
	.attach_ioas = vfio_iommufd_emulated_attach_ioas, \
	.detach_ioas = vfio_iommufd_emulated_detach_ioas,
#endif

#endif
