"""What `import acl` finds in a process of its own whose PYTHONPATH holds this folder and tests/."""

import sys

from cann import acl

sys.modules["acl"] = acl
