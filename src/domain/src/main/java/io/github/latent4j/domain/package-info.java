/**
 * The thin layer over Deeplearning4j, and the files that leave it.
 *
 * <p>{@link ModelFile} writes model files, which DL4J loads as they are, and is where to begin. {@link Networks} makes networks of
 * DL4J's own layers from specifications and models, and models from networks. {@link OnnxFile} writes ONNX, for where there is no
 * JVM. {@link OpenBlasMultiplication} is a {@link io.github.latent4j.runtime.MultiplicationProvider} for batches, and
 * {@link Backend} and {@link OpenBlasKernel} tell what computes.
 *
 * <p>Reading a model file needs none of this: {@link io.github.latent4j.runtime.LatentModel} does it.
 */
@NullMarked
package io.github.latent4j.domain;

import org.jspecify.annotations.NullMarked;
