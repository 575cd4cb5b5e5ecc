"""Errors by number and by name. The table is Linux's own, since the machine underneath may be another."""
from __future__ import annotations

_NAMES = """
EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES EFAULT ENOTBLK EBUSY EEXIST EXDEV
ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM ERANGE EDEADLK
ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY ELOOP - ENOMSG EIDRM ECHRNG EL2NSYNC EL3HLT EL3RST ELNRNG EUNATCH ENOCSI EL2HLT
EBADE EBADR EXFULL ENOANO EBADRQC EBADSLT - EBFONT ENOSTR ENODATA ETIME ENOSR ENONET ENOPKG EREMOTE ENOLINK EADV ESRMNT
ECOMM EPROTO EMULTIHOP EDOTDOT EBADMSG EOVERFLOW ENOTUNIQ EBADFD EREMCHG ELIBACC ELIBBAD ELIBSCN ELIBMAX ELIBEXEC
EILSEQ ERESTART ESTRPIPE EUSERS ENOTSOCK EDESTADDRREQ EMSGSIZE EPROTOTYPE ENOPROTOOPT EPROTONOSUPPORT ESOCKTNOSUPPORT
EOPNOTSUPP EPFNOSUPPORT EAFNOSUPPORT EADDRINUSE EADDRNOTAVAIL ENETDOWN ENETUNREACH ENETRESET ECONNABORTED ECONNRESET
ENOBUFS EISCONN ENOTCONN ESHUTDOWN ETOOMANYREFS ETIMEDOUT ECONNREFUSED EHOSTDOWN EHOSTUNREACH EALREADY EINPROGRESS
ESTALE EUCLEAN ENOTNAM ENAVAIL EISNAM EREMOTEIO EDQUOT ENOMEDIUM EMEDIUMTYPE ECANCELED ENOKEY EKEYEXPIRED EKEYREVOKED
EKEYREJECTED EOWNERDEAD ENOTRECOVERABLE ERFKILL EHWPOISON
"""

#: Errors that are meant to stay inside the kernel, and don't always.
_INTERNAL = {512: "ERESTARTSYS", 517: "EPROBE_DEFER", 524: "ENOTSUPP"}

NAME_OF = {number: name for number, name in enumerate(_NAMES.split(), 1) if name != "-"}
NAME_OF.update(_INTERNAL)
NUMBER_OF = {name: number for number, name in NAME_OF.items()}

#: The largest number that user space takes for an error; what is beyond it comes back as a value.
MAX_ERRNO = 4095


class Errno(Exception):
    """The kernel refuses. `Errno("EINVAL")`, or a number, if a driver made it up."""

    def __init__(self, error: str | int) -> None:
        super().__init__(error)
        self.number: int = NUMBER_OF[error] if isinstance(error, str) else error


def answer_of(error: Errno) -> dict:
    """What user space sees of an error: its name, or a negative value, if it is too large to be an error."""
    if error.number > MAX_ERRNO:
        return {"ret": -error.number}
    return {"errno": NAME_OF.get(error.number, f"E{error.number}")}
