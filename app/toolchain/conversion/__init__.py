"""Model packs converted for the chip of an NPU, with CANN's compiler ATC."""
