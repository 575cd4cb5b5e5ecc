// SPDX-License-Identifier: GPL-2.0-only
/*
 * mscript: a mediated device whose driver does as its module parameters say. Every callback logs.
 * For kernels with mdev_register_parent(), 6.1 and later.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/mdev.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/vfio.h>

#include "compat.h"

#define MAX_PARENTS 4
#define MAX_TYPES 3

/* What callbacks return and how long they take; can be changed at any time. */
#define LIVE 0644
/* The shape of the driver and of what it registers; fixed when the module is loaded. */
#define SHAPE 0444

#define INT_PARAM(name, usual, mode, text) \
	static int name = usual; module_param(name, int, mode); MODULE_PARM_DESC(name, text)
#define BOOL_PARAM(name, usual, text) \
	static bool name = usual; module_param(name, bool, SHAPE); MODULE_PARM_DESC(name, text)

INT_PARAM(probe_ret, 0, LIVE, "what probe returns instead of doing anything");
INT_PARAM(init_ret, 0, LIVE, "what init of the vfio device returns");
INT_PARAM(late_ret, 0, LIVE, "what probe returns after it has registered with vfio, and undone that");
INT_PARAM(open_ret, 0, LIVE, "what open_device returns");
INT_PARAM(probe_delay_ms, 0, LIVE, "how long probe sleeps first");
INT_PARAM(remove_delay_ms, 0, LIVE, "how long remove sleeps first");
INT_PARAM(avail, 3, LIVE, "what get_available returns, if use_avail is set");
BOOL_PARAM(use_vfio, true, "probe registers a vfio device");
BOOL_PARAM(use_request, false, "the vfio device has a request callback");
BOOL_PARAM(use_avail, false, "the driver has get_available");
BOOL_PARAM(no_probe, false, "the driver has no probe");
BOOL_PARAM(no_remove, false, "the driver has no remove");
BOOL_PARAM(no_api, false, "the driver names no device_api");
BOOL_PARAM(dup_type, false, "all types have the name of the first");
BOOL_PARAM(desc, false, "types have a description");
INT_PARAM(max_inst, 2, SHAPE, "devices for each parent");
INT_PARAM(nr_parents, 1, SHAPE, "parents, 4 at most");
INT_PARAM(nr_types, 3, SHAPE, "types of each parent, 3 at most");
BOOL_PARAM(bus_collide, false, "parents are of no class");

static char *collide = "";
module_param(collide, charp, SHAPE);
MODULE_PARM_DESC(collide, "name of an attribute that the driver adds to its devices");

struct ms_parent {
	struct device dev;
	struct mdev_parent mdev;
	struct mdev_type types[MAX_TYPES];
	struct mdev_type *type_list[MAX_TYPES];
	bool registered;
};

struct ms_device {
	struct vfio_device vfio;
};

static struct ms_parent *parents[MAX_PARENTS];
static struct class *ms_class;
static struct dentry *ms_debugfs;

/* The vfio device. */

static int ms_init(struct vfio_device *vfio)
{
	dev_info(vfio->dev, "ms_init -> %d\n", init_ret);
	return init_ret;
}

static void ms_release(struct vfio_device *vfio)
{
	dev_info(vfio->dev, "ms_release\n");
	ms_free_in_release(vfio);
}

static int ms_open(struct vfio_device *vfio)
{
	dev_info(vfio->dev, "ms_open -> %d\n", open_ret);
	return open_ret;
}

static void ms_close(struct vfio_device *vfio)
{
	dev_info(vfio->dev, "ms_close\n");
}

static long ms_ioctl(struct vfio_device *vfio, unsigned int cmd, unsigned long arg)
{
	dev_info(vfio->dev, "ms_ioctl cmd=%#x\n", cmd);
	return -ENOTTY;
}

static void ms_request(struct vfio_device *vfio, unsigned int count)
{
	dev_info(vfio->dev, "ms_request count=%u\n", count);
}

#define MS_OPS \
	.name = "vfio-mscript", \
	.init = ms_init, \
	.release = ms_release, \
	.open_device = ms_open, \
	.close_device = ms_close, \
	.ioctl = ms_ioctl, \
	MS_IOMMUFD_OPS

static const struct vfio_device_ops plain_ops = { MS_OPS };
static const struct vfio_device_ops request_ops = { MS_OPS .request = ms_request };

/* The mdev driver. */

static int ms_add_vfio(struct mdev_device *mdev)
{
	const struct vfio_device_ops *ops = use_request ? &request_ops : &plain_ops;
	struct ms_device *device;
	int ret;

	device = vfio_alloc_device(ms_device, vfio, &mdev->dev, ops);
	if (IS_ERR(device))
		return PTR_ERR(device);
	ret = vfio_register_emulated_iommu_dev(&device->vfio);
	if (ret)
		goto put;
	if (late_ret) {
		ret = late_ret;
		goto unregister;
	}
	dev_set_drvdata(&mdev->dev, device);
	return 0;

unregister:
	vfio_unregister_group_dev(&device->vfio);
put:
	vfio_put_device(&device->vfio);
	return ret;
}

static int ms_probe(struct mdev_device *mdev)
{
	dev_info(&mdev->dev, "ms_probe type=%s probe_ret=%d\n", mdev->type->sysfs_name, probe_ret);
	if (probe_delay_ms)
		msleep(probe_delay_ms);
	if (probe_ret)
		return probe_ret;
	return use_vfio ? ms_add_vfio(mdev) : 0;
}

static void ms_remove(struct mdev_device *mdev)
{
	struct ms_device *device = dev_get_drvdata(&mdev->dev);

	dev_info(&mdev->dev, "ms_remove begin\n");
	if (remove_delay_ms)
		msleep(remove_delay_ms);
	if (device) {
		vfio_unregister_group_dev(&device->vfio);
		vfio_put_device(&device->vfio);
	}
	dev_info(&mdev->dev, "ms_remove end\n");
}

static unsigned int ms_get_available(struct mdev_type *type)
{
	return avail;
}

static ssize_t ms_show_description(struct mdev_type *type, char *buf)
{
	return sprintf(buf, "scripted type %s\n", type->sysfs_name);
}

/* The attribute of which `collide` is the name. */
static ssize_t vattr_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sprintf(buf, "x\n");
}

static struct device_attribute vattr = {
	.attr = { .name = "vattr", .mode = 0444 },
	.show = vattr_show,
};
static struct attribute *vendor_attrs[] = { &vattr.attr, NULL };
static const struct attribute_group vendor_group = { .attrs = vendor_attrs };
static const struct attribute_group *vendor_groups[] = { &vendor_group, NULL };

static struct mdev_driver ms_driver = {
	.device_api = VFIO_DEVICE_API_PCI_STRING,
	.driver = {
		.name = "mscript",
		.owner = THIS_MODULE,
		.mod_name = KBUILD_MODNAME,
	},
	.probe = ms_probe,
	.remove = ms_remove,
};

static void ms_shape_driver(void)
{
	ms_driver.max_instances = max_inst;
	if (use_avail)
		ms_driver.get_available = ms_get_available;
	if (desc)
		ms_driver.show_description = ms_show_description;
	if (no_probe)
		ms_driver.probe = NULL;
	if (no_remove)
		ms_driver.remove = NULL;
	if (no_api)
		ms_driver.device_api = NULL;
	if (*collide) {
		vattr.attr.name = collide;
		ms_driver.driver.dev_groups = vendor_groups;
	}
}

/* The parents. */

static int ms_register(struct ms_parent *parent)
{
	static const char * const names[MAX_TYPES] = { "a", "b", "c" };
	static const char * const pretty[MAX_TYPES] = { "Type A", "Type B", NULL };
	int count = clamp(nr_types, 0, MAX_TYPES), i, ret;

	/* The core expects types as new as the registration. */
	memset(parent->types, 0, sizeof(parent->types));
	for (i = 0; i < count; i++) {
		parent->types[i].sysfs_name = names[dup_type ? 0 : i];
		parent->types[i].pretty_name = pretty[i];
		parent->type_list[i] = &parent->types[i];
	}
	ret = mdev_register_parent(&parent->mdev, &parent->dev, &ms_driver, parent->type_list, count);
	pr_info("mdev_register_parent(%s) = %d\n", dev_name(&parent->dev), ret);
	parent->registered = !ret;
	return ret;
}

static void ms_parent_release(struct device *dev)
{
	pr_info("parent %s released\n", dev_name(dev));
	kfree(container_of(dev, struct ms_parent, dev));
}

static int ms_add_parent(int i)
{
	struct ms_parent *parent = kzalloc(sizeof(*parent), GFP_KERNEL);
	int ret;

	if (!parent)
		return -ENOMEM;
	if (!bus_collide)
		parent->dev.class = ms_class;
	parent->dev.release = ms_parent_release;
	dev_set_name(&parent->dev, "mscript%d", i);
	ret = device_register(&parent->dev);
	if (ret) {
		put_device(&parent->dev);
		return ret;
	}
	parents[i] = parent;
	return ms_register(parent);
}

static void ms_remove_parents(void)
{
	int i;

	for (i = 0; i < MAX_PARENTS; i++) {
		if (!parents[i])
			continue;
		if (parents[i]->registered)
			mdev_unregister_parent(&parents[i]->mdev);
		device_unregister(&parents[i]->dev);
		parents[i] = NULL;
	}
}

/* Two files in debugfs take the number of a parent: it is registered, or it is not any more. */

static struct ms_parent *parent_from_user(const char __user *buf, size_t count)
{
	int i;

	if (kstrtoint_from_user(buf, count, 0, &i) || i < 0 || i >= MAX_PARENTS)
		return NULL;
	return parents[i];
}

static ssize_t register_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct ms_parent *parent = parent_from_user(buf, count);
	int ret;

	if (!parent)
		return -EINVAL;
	if (parent->registered)
		return -EALREADY;
	ret = ms_register(parent);
	return ret ? ret : count;
}

static ssize_t unregister_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct ms_parent *parent = parent_from_user(buf, count);

	if (!parent)
		return -EINVAL;
	if (!parent->registered)
		return -EALREADY;
	parent->registered = false;
	mdev_unregister_parent(&parent->mdev);
	pr_info("mdev_unregister_parent(%s) done\n", dev_name(&parent->dev));
	return count;
}

static const struct file_operations register_fops = {
	.owner = THIS_MODULE,
	.write = register_write,
};
static const struct file_operations unregister_fops = {
	.owner = THIS_MODULE,
	.write = unregister_write,
};

static void ms_cleanup(void)
{
	debugfs_remove_recursive(ms_debugfs);
	ms_remove_parents();
	class_destroy(ms_class);
	mdev_unregister_driver(&ms_driver);
}

static int __init ms_module_init(void)
{
	int i, ret;

	ms_shape_driver();
	ret = mdev_register_driver(&ms_driver);
	if (ret) {
		pr_info("mdev_register_driver = %d\n", ret);
		return ret;
	}
	ms_class = ms_class_create("mscript");
	if (IS_ERR(ms_class)) {
		mdev_unregister_driver(&ms_driver);
		return PTR_ERR(ms_class);
	}
	ms_debugfs = debugfs_create_dir("mscript", NULL);
	debugfs_create_file("register", 0200, ms_debugfs, NULL, &register_fops);
	debugfs_create_file("unregister", 0200, ms_debugfs, NULL, &unregister_fops);
	for (i = 0; i < nr_parents && i < MAX_PARENTS && !ret; i++)
		ret = ms_add_parent(i);
	if (ret)
		ms_cleanup();
	return ret;
}

static void __exit ms_module_exit(void)
{
	ms_cleanup();
}

module_init(ms_module_init);
module_exit(ms_module_exit);
MODULE_LICENSE("Dual BSD/GPL");
MODULE_DESCRIPTION("mediated device that does as its parameters say");
