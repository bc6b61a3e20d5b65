package io.github.latent4j.training;

/** A field of a plan has a value that it cannot have, or that another field contradicts. */
public final class PlanException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** Which field it is, as plan files write it. */
    private final String field;

    /**
     * Says what is wrong with a field.
     *
     * @param field as plan files write it
     * @param found its value
     * @param expected what it may be
     */
    public PlanException(String field, Object found, String expected) {
        super("%s: found %s, expected %s".formatted(field, found, expected));
        this.field = field;
    }

    /**
     * The field, as plan files write it.
     *
     * @return such as {@code batchSize}
     */
    public String field() {
        return field;
    }

    /** Says what is wrong with a field unless a condition holds. A range is written so that NaN does not hold. */
    static void require(boolean holds, String field, Object found, String expected) {
        if (!holds) {
            throw new PlanException(field, found, expected);
        }
    }
}
