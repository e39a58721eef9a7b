package dev.flotilla.schedule.facts;

/// The nodes, divided by the value of one label.
public final class Domains {
    private final int[] of;
    private final int count;

    /// @param of the number of each place's domain; -1 for a node without the label, or no node
    /// @param count how many domains there are
    public Domains(int[] of, int count) {
        this.of = of.clone();
        this.count = count;
    }

    /// The number of a place's domain; -1 for none.
    public int of(int place) {
        return of[place];
    }

    public int count() {
        return count;
    }
}
