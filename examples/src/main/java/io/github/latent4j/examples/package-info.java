/** Classes to run from an IDE, each a short lesson. */
@NullMarked
package io.github.latent4j.examples;

import org.jspecify.annotations.NullMarked;
