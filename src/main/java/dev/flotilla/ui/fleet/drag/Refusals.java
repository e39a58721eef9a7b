package dev.flotilla.ui.fleet.drag;

import dev.flotilla.ui.kit.Texts;

/// Words for why a node can't take something.
public record Refusals(Texts texts) {
    public String text(Drag.Refusal refusal) {
        return switch (refusal) {
            case Drag.Refusal.Said(var why) -> why;
            case Drag.Refusal.NotReady() -> texts.get("refusal.not-ready");
            case Drag.Refusal.Cordoned() -> texts.get("refusal.cordoned");
            case Drag.Refusal.NothingReplacesIt() -> texts.get("refusal.bare");
        };
    }
}
