package io.github.latent4j.training;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file is no plan; the message says where in it, what was found and what was expected. */
public final class PlanFormatException extends IOException {
    private static final long serialVersionUID = 1;

    PlanFormatException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
