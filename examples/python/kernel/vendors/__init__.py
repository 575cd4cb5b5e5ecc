"""The vendor drivers, one file each."""
from .mbochs import Mbochs
from .mdpy import Mdpy
from .mprop_mdev import MpropMdev
from .mprop_vfio import MpropVfio
from .mscript import Mscript
from .mtty import Mtty

ALL = (Mtty, Mdpy, Mbochs, Mscript, MpropMdev, MpropVfio)
