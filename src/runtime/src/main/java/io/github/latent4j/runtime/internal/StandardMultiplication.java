package io.github.latent4j.runtime.internal;

import io.github.latent4j.runtime.MultiplicationProvider;

/** The choice between the two providers in Java, made once. */
public final class StandardMultiplication {
    /** With vectors where the Java runtime was started with their module and the processor multiplies and adds in one. */
    public static final MultiplicationProvider INSTANCE =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() && MultiplyAdd.FUSED
                    ? new VectorMultiplication()
                    : PlainMultiplication.INSTANCE;

    private StandardMultiplication() {}
}
