package dev.flotilla.ui.fleet;

import dev.flotilla.ui.kit.Texts;

/// Words for why a node can't take something.
record Refusals(Texts texts) {
    String text(Drag.Refusal refusal) {
        return switch (refusal) {
            case Drag.Refusal.Said(var why) -> why;
            case Drag.Refusal.NotReady() -> texts.get("refusal.not-ready");
            case Drag.Refusal.Cordoned() -> texts.get("refusal.cordoned");
            case Drag.Refusal.NothingReplacesIt() -> texts.get("refusal.bare");
        };
    }
}
