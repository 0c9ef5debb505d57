"""A strict emulation of CANN for machines without an NPU: `acl`, `atc` and `npu-smi`.

Whatever it says of itself (name of the chip, versions, converted files) holds the word
"emulation", so that nothing it did can be mistaken for a device's work. It is never packaged.
Import `acl` from here only as `cann.acl`; `cann/path/acl.py` gives it its real name.
"""

SUFFIX = "_emulation"
"""Behind every name of a chip; the characters are those a SoC version may have."""
