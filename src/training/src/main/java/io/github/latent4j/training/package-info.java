/**
 * Training: plans, the trainer that follows one, and the engines that compute its steps.
 *
 * <p>{@link Trainer} is where to begin. It takes a {@link TrainingPlan}, which says how to train - {@link Optimisation}, how gradients
 * become steps; {@link Objective}, what is minimised; passes, batches and seed - and which {@link PlanFile} reads from YAML. It
 * gives a {@link TrainingResult} with the model of the best epoch. A {@link TrainingListener} hears how it goes on, and a
 * {@link RunFolder} keeps metrics and checkpoints, from which a training that was stopped goes on to the same bytes.
 * {@link AnomalyTrainer} trains and fits an anomaly detector too.
 *
 * <p>A {@link TrainingEngine} computes the steps: {@link TrainingEngine#fused()}, the default, or {@link TrainingEngine#dl4j()} on
 * DL4J's own layers. A mistake in a plan is a {@link PlanException}, one in its file a {@link PlanFormatException}, and a loss that
 * is no number a {@link TrainingDivergedException}.
 */
@NullMarked
package io.github.latent4j.training;

import org.jspecify.annotations.NullMarked;
