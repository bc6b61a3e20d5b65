package io.github.latent4j.runtime.internal;

import io.github.latent4j.runtime.MultiplicationProvider;

/** The choice between the two providers in Java, made once. */
public final class StandardMultiplication {
    /** With vectors where the Java runtime was started with their module and the processor multiplies and adds in one. */
    public static final MultiplicationProvider INSTANCE =
            MultiplyAdd.FUSED && vectors() ? vector() : PlainMultiplication.INSTANCE;

    private StandardMultiplication() {}

    private static MultiplicationProvider vector() {
        try {
            return new VectorMultiplication();
        } catch (LinkageError e) {
            return PlainMultiplication.INSTANCE; // the module is incubating: a later Java may have another one
        }
    }

    /** Asks for a class, since asking for the module makes Java load a hundred more where there is none. */
    private static boolean vectors() {
        try {
            Class.forName("jdk.incubator.vector.FloatVector", false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
