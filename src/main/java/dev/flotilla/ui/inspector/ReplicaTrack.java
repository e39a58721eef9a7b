package dev.flotilla.ui.inspector;

import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;

import java.util.function.IntConsumer;

/// The track with the replica handle: drag it, click beside it, or use the arrow keys. Nothing is
/// asked for before it is let go; Esc lets go without asking.
final class ReplicaTrack extends Region {
    private static final double THUMB = 18;
    private static final double LINE = 6;

    /// Up to this end the numbers stand at even distances.
    private static final int STRAIGHT = 40;

    private final Region line = part("line");
    private final Region fill = part("fill");
    private final Region thumb = part("thumb");
    private final IntegerProperty value = new SimpleIntegerProperty();
    private final IntegerProperty most = new SimpleIntegerProperty(1);
    private final IntConsumer preview;
    private final IntConsumer commit;
    private @Nullable Integer dragged;

    /// @param preview called while the handle is held, with the number it is at
    /// @param commit called when it is let go at another number
    ReplicaTrack(IntConsumer preview, IntConsumer commit) {
        this.preview = preview;
        this.commit = commit;
        getStyleClass().add("replica-track");
        getChildren().addAll(line, fill, thumb);
        setMinHeight(THUMB);
        setPrefHeight(THUMB);
        setMaxHeight(THUMB);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.SLIDER);
        setId("replica-track");
        setOnMousePressed(this::drag);
        setOnMouseDragged(this::drag);
        setOnMouseReleased(_ -> letGo());
        setOnKeyPressed(this::key);
        value.subscribe(this::requestLayout);
        most.subscribe(this::requestLayout);
    }

    /// Whether the handle is in someone's hand.
    boolean held() {
        return dragged != null;
    }

    /// Shows the number that is true now; while the handle is held it stays with the hand.
    void show(int replicas, int end) {
        value.set(replicas);
        most.set(Math.max(1, Math.max(replicas, end)));
    }

    private void drag(MouseEvent e) {
        requestFocus();
        double room = Math.max(1, getWidth() - THUMB);
        double share = Math.clamp((e.getX() - THUMB / 2) / room, 0, 1);
        dragged = (int) Math.round(Math.pow(share, curve()) * most.get());
        preview.accept(dragged);
        requestLayout();
        e.consume();
    }

    private void letGo() {
        var at = dragged;
        dragged = null;
        if (at != null) {
            ask(at);
        }
        requestLayout();
    }

    private void ask(int replicas) {
        if (replicas != value.get()) {
            commit.accept(replicas);
        } else {
            preview.accept(replicas);
        }
    }

    private void key(KeyEvent e) {
        switch (e.getCode()) {
            case LEFT, DOWN -> ask(Math.max(0, value.get() - 1));
            case RIGHT, UP -> ask(value.get() + 1);
            case ESCAPE -> {
                if (dragged == null) {
                    return;
                }
                dragged = null;
                preview.accept(value.get());
                requestLayout();
            }
            default -> {
                return;
            }
        }
        e.consume();
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        int at = dragged == null ? value.get() : dragged;
        double share = Math.pow(Math.clamp((double) at / most.get(), 0, 1), 1 / curve());
        double x = share * Math.max(0, width - THUMB);
        double top = (getHeight() - LINE) / 2;
        line.resizeRelocate(0, top, width, LINE);
        fill.resizeRelocate(0, top, x + THUMB / 2, LINE);
        thumb.resizeRelocate(x, (getHeight() - THUMB) / 2, THUMB, THUMB);
    }

    /// A long track gives the small numbers more room: each is to be hit by hand.
    private double curve() {
        return most.get() > STRAIGHT ? 2 : 1;
    }

    private static Region part(String name) {
        var part = new Region();
        part.getStyleClass().add(name);
        part.setMouseTransparent(true);
        return part;
    }
}
