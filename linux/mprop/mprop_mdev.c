// SPDX-License-Identifier: GPL-2.0-only
/*
 * mprop_mdev: a driver that tells the kernel it is proprietary, and uses nothing but plain exports: those
 * of mdev, none of vfio. Its parent is a misc device. (The source is free; what is tested is the loader.)
 * For kernels with mdev_register_parent(), 6.1 and later.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/fs.h>
#include <linux/mdev.h>
#include <linux/miscdevice.h>
#include <linux/module.h>

static const struct file_operations mprop_fops = { .owner = THIS_MODULE };

static struct miscdevice mprop_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "mprop",
	.fops = &mprop_fops,
};

static struct mdev_parent mprop_parent;
static struct mdev_type mprop_type = { .sysfs_name = "p", .pretty_name = "proprietary type" };
static struct mdev_type *mprop_types[] = { &mprop_type };

static int pr_probe(struct mdev_device *mdev)
{
	pr_info("probe\n");
	return 0;
}

static void pr_remove(struct mdev_device *mdev)
{
	pr_info("remove\n");
}

static struct mdev_driver mprop_driver = {
	.device_api = "vfio-pci",
	.max_instances = 2,
	.probe = pr_probe,
	.remove = pr_remove,
	.driver = {
		.name = "mprop_mdev",
		.owner = THIS_MODULE,
		.mod_name = KBUILD_MODNAME,
	},
};

static int __init mprop_init(void)
{
	int ret = misc_register(&mprop_misc);

	if (ret)
		return ret;
	ret = mdev_register_driver(&mprop_driver);
	if (ret)
		goto deregister;
	ret = mdev_register_parent(&mprop_parent, mprop_misc.this_device, &mprop_driver, mprop_types,
				   ARRAY_SIZE(mprop_types));
	if (ret)
		goto unregister;
	return 0;

unregister:
	mdev_unregister_driver(&mprop_driver);
deregister:
	misc_deregister(&mprop_misc);
	return ret;
}

static void __exit mprop_exit(void)
{
	mdev_unregister_parent(&mprop_parent);
	mdev_unregister_driver(&mprop_driver);
	misc_deregister(&mprop_misc);
}

module_init(mprop_init);
module_exit(mprop_exit);
MODULE_LICENSE("Proprietary");
MODULE_DESCRIPTION("mediated device without vfio, proprietary");
