/** Pictures, charts and the page that shows what was measured. */
@NullMarked
package io.github.latent4j.evaluation.report;

import org.jspecify.annotations.NullMarked;
