package io.github.latent4j.data;

/** How many texts all columns of a table together may still count, beyond the few that each one may. */
final class TextRoom {
    /** How many different texts of a column are counted in any case. */
    static final int LEAST = 32;

    /** How many different texts of a column are counted at most. */
    static final int MOST = 10_000;

    private int left;

    TextRoom(int left) {
        this.left = left;
    }

    /** Takes room for one more text of a column, if there is some. */
    boolean take(int counted) {
        boolean free = counted < LEAST;
        if (counted >= MOST || (!free && left == 0)) {
            return false;
        }
        left -= free ? 0 : 1;
        return true;
    }

    /** Gives back the room of a column that counts no longer. */
    void giveBack(int counted) {
        left += Math.max(0, counted - LEAST);
    }
}
