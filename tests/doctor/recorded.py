"""Machines as they were found: their files under another root, and what their commands said."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.doctor import Finding, Level, Machine, examine
from app.doctor._machine import Answer

DRIVER = """Version=25.0.rc1.1
ascendhal_version=7.35.23
aicpu_version=1.0
Innerversion=V100R001C21SPC002B220
compatible_version=[V100R001C17],[V100R001C18]
compatible_version_fw=[7.0.0,7.7.99]
package_version=25.0.rc1.1
"""
FIRMWARE = "Version=7.7.0.1.231\nfirmware_version=1.0\n"
TOOLKIT = "package_name=Ascend-cann-toolkit\nversion=8.0.0\narch=aarch64\n"
TOOLKIT_AT = "/usr/local/Ascend/ascend-toolkit/latest/aarch64-linux"
KYLIN = 'NAME="Kylin"\nVERSION_ID="v10"\nPRETTY_NAME="Kylin V10 SP1"\n'
TABLES = {
    path.stem: path.read_text(encoding="utf-8")
    for path in (Path(__file__).parent / "tables").glob("*.txt")
}
"""What ``npu-smi info`` printed, by chip."""
HEALTHY: Mapping[str, str] = {
    "/etc/os-release": KYLIN,
    "/etc/ascend_install.info": "UserName=HwHiAiUser\n",
    "/proc/cpuinfo": "processor\t: 0\nHardware\t: Phytium D2000\n",
    "/proc/modules": "drv_devmng 1 0 - Live 0x0\n",
    "/dev/davinci0": "",
    "/dev/davinci_manager": "",
    "/dev/video0": "",
    "/usr/local/Ascend/driver/version.info": DRIVER,
    "/usr/local/Ascend/firmware/version.info": FIRMWARE,
    f"{TOOLKIT_AT}/ascend_toolkit_install.info": TOOLKIT,
    f"{TOOLKIT_AT}/version.info": "required_driver_ascendhal_version=7.35.19\n",
    "/usr/share/fonts/opentype/NotoSansCJK-Regular.ttc": "",
    "/usr/lib/aarch64-linux-gnu/libsane.so.1": "",
    "/usr/lib/aarch64-linux-gnu/libxcb-cursor.so.0": "",
}


SET = {"ASCEND_HOME_PATH": "/usr/local/Ascend"}


class Recorded(Machine):
    """A machine of files and answers; ``changes`` are files put over a healthy one's, None gone."""

    libc = "2.31"
    kernel = "5.4.18-85-generic"
    processor = "aarch64"
    cores = 8
    is_root = False
    groups = frozenset({"HwHiAiUser", "video"})

    def __init__(
        self,
        root: Path,
        changes: Mapping[str, str | None] | None = None,
        *,
        smi: str | None = TABLES["310P3"],
        variables: Mapping[str, str] | None = None,
        **facts: Any,
    ) -> None:
        super().__init__(root)
        for path, content in {**HEALTHY, **(changes or {})}.items():
            if content is not None:
                self.at(path).parent.mkdir(parents=True, exist_ok=True)
                self.at(path).write_text(content)
        self.smi = smi
        self.status: int | None = 0
        self.variables = (
            {"ASCEND_HOME_PATH": "/usr/local/Ascend"} if variables is None else variables
        )
        for name, value in facts.items():
            setattr(self, name, value)

    shut: tuple[str, ...] = ()

    def has(self, command: str) -> bool:
        return command == "npu-smi" and self.smi is not None

    def ask(self, *words: str) -> Answer | None:
        if words[0] != "npu-smi" or self.smi is None:
            return None
        return Answer(self.smi, self.status)

    def may_use(self, path: str) -> bool:
        return path not in self.shut

    @property
    def environment(self) -> Mapping[str, str]:
        return self.variables


def wrong(machine: Machine) -> dict[str, Finding]:
    """What is not fine, by its code; the packs of the product are looked at elsewhere."""
    return {
        each.code: each
        for each in examine(machine)
        if each.level in (Level.WARNING, Level.FAULT) and not each.code.startswith(("pack", "disk"))
    }
