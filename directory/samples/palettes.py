"""Colours of the sample logos: a ground and three inks that stand out from it."""

from __future__ import annotations

Palette = tuple[str, str, str, str]

# Ground, first ink, second ink, third ink. The first two carry a mark, the third accents it.
PALETTES: tuple[Palette, ...] = (
    ("#12343b", "#e7f1ee", "#9fc4b7", "#e0b36a"),
    ("#ffffff", "#7a1f2b", "#b98264", "#d8b7a0"),
    ("#f5efe2", "#27401b", "#5b7d41", "#8fae74"),
    ("#ffffff", "#2b2b2b", "#8a8478", "#c8553d"),
    ("#1f2a44", "#f2efe6", "#a9b7d6", "#e3a857"),
    ("#eef3f4", "#0b5c74", "#4a90a4", "#d97742"),
    ("#2d1e2f", "#f3e9e4", "#c79aa6", "#e6b655"),
    ("#fbf6ec", "#8a3a1c", "#c07a3e", "#3f5d57"),
    ("#e9efe6", "#1f4d3a", "#5b8a70", "#c2703d"),
    ("#ffffff", "#1b3a6b", "#5f83b5", "#c9a227"),
    ("#3b2a20", "#f4e8d8", "#c8a27a", "#7fa38f"),
    ("#f4f1ee", "#4b2e59", "#85649a", "#d08a3c"),
    ("#0f2f2a", "#e5f2ea", "#7fb69c", "#d9c46b"),
    ("#fdf4ee", "#a5371f", "#d0705a", "#2f4858"),
    ("#eef0f6", "#2b2f77", "#6a70b8", "#c2527a"),
    ("#ffffff", "#0f5f4b", "#55988a", "#e0a03a"),
    ("#263238", "#eceff1", "#90a4ae", "#ef9a6b"),
    ("#f7f3e8", "#5a4a12", "#9a8434", "#3c6e71"),
    ("#f2f5f0", "#30475e", "#6f8ba3", "#c86b4a"),
    ("#5c1f2e", "#f8ece6", "#d3a29a", "#e8c37b"),
    ("#ffffff", "#3a3a5c", "#7d7da3", "#5aa489"),
    ("#fff7e0", "#7a4b00", "#b5832f", "#2f5d62"),
    ("#e8eef7", "#123c69", "#5680a8", "#ac3b61"),
    ("#203a2f", "#f0ead8", "#a9bd9a", "#d98e5f"),
)
