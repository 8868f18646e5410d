"""The messages that translators translate: gathered from the code, kept in the catalogues."""
