"""Qt's translator over the product's own catalogue, so that tr() and Message speak alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QObject, QTranslator

from app.language import Catalogue, Message, catalogue, system_language

LANGUAGES = ("zh_CN", "en")


def tr(text: str) -> str:
    """Translate one literal into the language of the window."""
    return QCoreApplication.translate("", text)


def told(message: Message) -> str:
    """Return a core message in the language of the window."""
    return message.text(INSTALLED)


class CatalogueTranslator(QTranslator):
    """Answers every source text from one catalogue, whatever its context."""

    def __init__(self, entries: Catalogue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries = entries

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        """Never empty: Qt would not send LanguageChange for an empty translator."""
        return False

    def translate(
        self,
        context: str,  # noqa: ARG002 - one catalogue for all contexts
        sourceText: str,  # noqa: N803 - Qt's name
        disambiguation: str | None = None,  # noqa: ARG002 - Qt's name
        n: int = -1,  # noqa: ARG002 - Qt's name
    ) -> str:
        """Return the translation; None, Qt's null string, makes Qt ask the next translator."""
        return self._entries.get(sourceText)  # type: ignore[return-value]


class Tongue:
    """The language of the window, switched while it runs."""

    def __init__(self, application: QCoreApplication) -> None:
        self._application = application
        self._translators: list[QTranslator] = []
        self.language = "en"
        self.choice: str | None = None

    def speak(self, choice: str) -> None:
        """Switch to ``zh_CN`` or ``en``; nothing chosen means the system's language."""
        self.fall_silent()
        self.choice = choice
        self.language = choice or system_language()
        ours = CatalogueTranslator(catalogue(self.language), self._application)
        self._translators = [self._qt_words(), ours]
        for translator in self._translators:
            self._application.installTranslator(translator)

    def fall_silent(self) -> None:
        """Take the translators back."""
        for translator in self._translators:
            self._application.removeTranslator(translator)
        self._translators = []

    def _qt_words(self) -> QTranslator:
        words = QTranslator(self._application)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        words.load(f"qtbase_{self.language}", folder)
        return words


class _Installed(Mapping[str, str]):
    """The catalogue of whatever translators the application has now."""

    def __getitem__(self, template: str) -> str:
        return tr(template)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


INSTALLED = _Installed()
