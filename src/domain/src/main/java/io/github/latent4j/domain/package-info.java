/**
 * The thin layer over Deeplearning4j: networks on its built-in layers made from specifications and models, models made from
 * networks, and the writing of model files that both can load.
 */
@NullMarked
package io.github.latent4j.domain;

import org.jspecify.annotations.NullMarked;
