// SPDX-License-Identifier: GPL-2.0-only
#include "names.h"

#include <linux/vfio.h>
#include <stdio.h>
#include <string.h>

/* Errors that the kernel keeps to itself, and that drivers let out now and then (include/linux/errno.h). */
static const struct {
	int error;
	const char *name;
} internal[] = {
	{ 512, "ERESTARTSYS" },
	{ 513, "ERESTARTNOINTR" },
	{ 517, "EPROBE_DEFER" },
	{ 524, "ENOTSUPP" },
};

void errno_name(int error, char *name, size_t room)
{
	const char *known = strerrorname_np(error);

	for (size_t i = 0; i < sizeof(internal) / sizeof(internal[0]) && !known; i++)
		if (internal[i].error == error)
			known = internal[i].name;
	if (known)
		snprintf(name, room, "%s", known);
	else
		snprintf(name, room, "E%d", error);
}

#define REQUEST(name) { #name, name, false }
static const struct request requests[] = {
	REQUEST(VFIO_GET_API_VERSION),
	REQUEST(VFIO_CHECK_EXTENSION),
	REQUEST(VFIO_SET_IOMMU),
	REQUEST(VFIO_GROUP_GET_STATUS),
	REQUEST(VFIO_GROUP_SET_CONTAINER),
	REQUEST(VFIO_GROUP_UNSET_CONTAINER),
	{ "VFIO_GROUP_GET_DEVICE_FD", VFIO_GROUP_GET_DEVICE_FD, true },
	REQUEST(VFIO_DEVICE_GET_INFO),
	REQUEST(VFIO_DEVICE_GET_REGION_INFO),
	REQUEST(VFIO_DEVICE_GET_IRQ_INFO),
	REQUEST(VFIO_DEVICE_SET_IRQS),
	REQUEST(VFIO_DEVICE_RESET),
	REQUEST(VFIO_DEVICE_PCI_HOT_RESET),
	REQUEST(VFIO_DEVICE_QUERY_GFX_PLANE),
	{ "VFIO_DEVICE_GET_GFX_DMABUF", VFIO_DEVICE_GET_GFX_DMABUF, true },
	REQUEST(VFIO_DEVICE_IOEVENTFD),
	REQUEST(VFIO_DEVICE_FEATURE),
	REQUEST(VFIO_IOMMU_GET_INFO),
	REQUEST(VFIO_IOMMU_MAP_DMA),
	REQUEST(VFIO_IOMMU_UNMAP_DMA),
	REQUEST(VFIO_IOMMU_DIRTY_PAGES),
};

const struct request *request_named(const char *name)
{
	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++)
		if (strcmp(requests[i].name, name) == 0)
			return &requests[i];
	return NULL;
}
