"""`kentongan up`: the whole system on one machine, set up, watched and ended as one."""

from shared.supervise.command import up

__all__ = ["up"]
